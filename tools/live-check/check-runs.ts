import type { RunResult, DograhClient } from '@dograh/shared';
import { differs, works } from './finding';
import type { Check } from './report';
import { firstRuns } from './first-runs';

/** Dograh sends this many at once. */
const MAX_RUNS = 100;

/** Lists the newest runs, reads one of them by its ID, and finds it again by its time. */
export function runsCheck(client: DograhClient): Check<readonly RunResult[]> {
  return {
    name: 'runs',
    expected: 'the list of runs, and one of its runs',
    run: async () => {
      const runs = await firstRuns(client, { limit: MAX_RUNS });
      const [newest] = runs;
      if (newest === undefined) return works('There is no call yet.', runs);
      const { workflow_run_id: id } = newest;
      await client.getRun(id);
      if (newest.started_at === null) return differs(`when run ${id} began`, 'no time.');
      const sameTime = await firstRuns(client, { ...timeOf(newest), limit: MAX_RUNS });
      if (!sameTime.some((run) => run.workflow_run_id === id)) {
        return differs(`run ${id} by its time ${newest.started_at}`, idsOf(sameTime));
      }
      return works(`Newest runs: ${runs.length}. Run ${id} was read by its ID and its time.`, runs);
    },
  };
}

/** Dograh's times are more exact than ours. */
function timeOf({ started_at: start }: RunResult): { startDate?: string; endDate?: string } {
  if (start === null) return {};
  return { startDate: start, endDate: new Date(Date.parse(start) + 1_000).toISOString() };
}

function idsOf(runs: readonly RunResult[]): string {
  return runs.length === 0 ? 'no run.' : `only other runs: ${runs.length}.`;
}
