import type { Session } from '../connection/session';
import type { RunResult } from '../runs/call-result';
import { resultOfListedRun } from '../runs/listed-run';
import { certainOrAll } from './drop-unfinished';
import { matches, readCriteria, type FinishedRunFilters } from './filters';
import { finishedAmong, queryFor } from './finished-among';
import { readNewestRuns } from './newest-runs';

/** All runs that a host needs, or a few examples. */
export type WantedRuns = 'all' | 'examples';

/** Pages of 100 runs. */
const MAX_PAGES: Readonly<Record<WantedRuns, number>> = { all: 10, examples: 1 };
/** How many runs without a disposition are checked. */
const MAX_CHECKS = 20;

/**
 * The newest finished runs, newest first, for a host that remembers which runs it handled. All runs of the last day
 * are read. So a run that ends hours after newer ones is returned as soon as its results are written, or an hour after
 * its start if only its disposition is. Of the runs that Dograh completed without a disposition, those among the newest
 * unfinished ones are returned.
 *
 * If there are more than 1,000, or Dograh is too slow to read all in time, the oldest are missing.
 * @throws DograhError
 */
export async function recentFinishedRuns(
  filters: FinishedRunFilters,
  wanted: WantedRuns,
  session: Session,
): Promise<readonly RunResult[]> {
  const criteria = await readCriteria(filters, {}, session);
  const query = queryFor(criteria);
  const newest = await readNewestRuns(query, MAX_PAGES[wanted], session);
  if (wanted === 'examples') {
    const ended = newest.runs.filter(({ disposition }) => disposition !== null);
    return certainOrAll(ended.filter((run) => matches(criteria, run))).map((run) =>
      resultOfListedRun(run),
    );
  }
  const byId = await finishedAmong(
    newest,
    query,
    criteria,
    (due) => due.slice(0, MAX_CHECKS),
    session,
  );
  return newest.runs.flatMap(({ id }) => byId.get(id) ?? []);
}
