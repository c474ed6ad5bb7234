import type { RunResult } from '@dograh/shared';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ resultsAfterMs: 0, artifactsAfterMs: 0 });
});
beforeEach(() => {
  simulator.reset();
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
});
afterAll(() => simulator.stop());

/** The runs that the list, n8n's trigger and Zapier's trigger return with this filter. */
async function foundWith(disposition: string): Promise<number[][]> {
  const client = clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey });
  const listed: RunResult[] = [];
  for await (const run of client.listRuns({ disposition, returnAll: true })) listed.push(run);
  const latest = await client.latestFinishedRun({ dispositions: disposition });
  const recent = await client.recentFinishedRuns({ dispositions: disposition });
  return [listed, latest === undefined ? [] : [latest], recent].map((runs) =>
    runs.map((run) => run.workflow_run_id),
  );
}

describe('a filter by disposition', () => {
  const ending = { disposition: 'voicemail_detected', mappedDisposition: 'AM Left' };

  it.each(['voicemail_detected', 'voicemail-detected', 'Voicemail_Detected', 'AM Left', 'am left'])(
    'takes the agent’s own word and the organization’s code: %j',
    async (wanted) => {
      const { runId } = simulator.addRun({ ending });
      simulator.addRun({ ending: { disposition: 'voicemail_message_left' } });

      expect(await foundWith(`busy, ${wanted}`)).toEqual([[runId], [runId], [runId]]);
    },
  );

  it.each(['no-answer', 'no_answer'])('takes both spellings of %s', async (spelling) => {
    const ids = ['no-answer', 'no_answer'].map(
      (disposition) => simulator.addRun({ ending: { disposition, answered: false } }).runId,
    );

    const [listed] = await foundWith(spelling);
    expect(listed?.toSorted()).toEqual(ids.toSorted());
  });

  it.each(['Not now, call later', 'busy; call later, not now'])(
    'takes a disposition that contains a comma: %j',
    async (wanted) => {
      const { runId } = simulator.addRun({ ending: { disposition: 'Not now, call later' } });
      simulator.addRun({ ending: { disposition: 'later' } });

      expect(await foundWith(wanted)).toEqual([[runId], [runId], [runId]]);
      expect(await foundWith('not now')).toEqual([[], [], []]);
    },
  );

  it('finds nothing with a part of a word', async () => {
    simulator.addRun({ ending });

    expect(await foundWith('voicemail, AM, Left')).toEqual([[], [], []]);
  });
});
