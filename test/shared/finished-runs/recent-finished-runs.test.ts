import type { RunResult, FinishedRunFilters } from '@dograh/shared';
import { startSimulator, type PastRun, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';
import { rejectionOf } from '../../support/refusal';
import { timeLimits } from '../../support/host-time';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const OPERATION_MS = 25_000;

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

const clock = (): DrivenClock => new DrivenClock(0, undefined, Date.now());

function recent(
  filters: FinishedRunFilters = {},
  { msPerRequest = 0, wanted }: { msPerRequest?: number; wanted?: 'all' | 'examples' } = {},
): Promise<readonly RunResult[]> {
  const time = clock();
  const client = clientTo(simulator.url, {
    apiKey: simulator.world.acme.apiKey,
    clock: time,
    operationMs: OPERATION_MS,
    onSend: () => {
      time.advance(msPerRequest);
    },
  });
  return client.recentFinishedRuns(filters, wanted);
}

/** The time of the operation passes while Dograh is silent. */
function untilDeadline(): Promise<readonly RunResult[]> {
  const time = clock();
  const stop = simulator.onWait(() => {
    time.advance(OPERATION_MS);
    timeLimits.pass();
  });
  const client = clientTo(simulator.url, {
    apiKey: simulator.world.acme.apiKey,
    clock: time,
    operationMs: OPERATION_MS,
  });
  return client.recentFinishedRuns({}).finally(stop);
}

const idsOf = (runs: readonly RunResult[]): number[] => runs.map((run) => run.workflow_run_id);

/** Newest first. Each run started `stepMs` before the one before it. */
function past(count: number, stepMs: number, run: PastRun = {}): number[] {
  const now = Date.now();
  return Array.from({ length: count }, (_, index) => {
    const began = now - (index + 1) * stepMs;
    const createdAt = new Date(began).toISOString();
    // At least a second: a call without a duration may be running.
    const endedAt = new Date(began + SECOND).toISOString();
    return simulator.addRun({ createdAt, endedAt, ...run }).runId;
  });
}

describe('the recent finished runs', () => {
  it('are returned newest first, without running ones', async () => {
    const [newest, older] = past(2, MINUTE);
    simulator.addRun({ endedAt: null });

    expect(idsOf(await recent())).toEqual([newest, older]);
  });

  it('do not include a completed run without results', async () => {
    const slow = await startSimulator({ resultsAfterMs: 600_000 });
    const { runId } = slow.addRun({ endedAt: null });
    slow.finish(runId);
    const client = clientTo(slow.url, { apiKey: slow.world.acme.apiKey });

    expect(await client.recentFinishedRuns({})).toEqual([]);
    expect(await client.getRun(runId)).toMatchObject({ status: 'completed', outcome: 'unknown' });
    expect(slow.contractViolations).toEqual([]);
    await slow.stop();
  });

  it.each([
    ['none', 0, MINUTE, 1, 0],
    ['a hundred of today', 100, MINUTE, 1, 100],
    ['three hundred of today', 300, MINUTE, 3, 300],
    ['hundreds, a hundred of them of the last day', 400, 15 * MINUTE, 1, 100],
    ['hundreds, two hundred of them of the last day', 400, 8 * MINUTE, 2, 200],
    ['more than a thousand of today', 1_150, MINUTE, 10, 1_000],
  ])('need few requests for %s', async (_what, count, stepMs, requests, given) => {
    const ids = past(count, stepMs);

    expect(idsOf(await recent())).toEqual(ids.slice(0, given));
    expect(simulator.requests).toHaveLength(requests);
  });

  it('are read from one page if examples are wanted', async () => {
    const ids = past(250, MINUTE);

    expect(idsOf(await recent({}, { wanted: 'examples' }))).toEqual(ids.slice(0, 100));
    expect(simulator.requests).toHaveLength(1);
  });

  it('are each returned once, even if Dograh writes others meanwhile', async () => {
    const ids = past(250, MINUTE);
    let late = 0;
    const stop = simulator.onRequest(() => {
      if (late > 0) return;
      late = simulator.addRun({
        createdAt: new Date(Date.now() - 30.5 * MINUTE).toISOString(),
      }).runId;
    });
    const given = idsOf(await recent());
    stop();

    expect(new Set(given).size).toBe(given.length);
    expect(new Set(given)).toEqual(new Set(ids));
    expect(idsOf(await recent())).toContain(late);
  });

  describe('with filters', () => {
    it('need one more request for an agent, and none for runs of other agents', async () => {
      const { leadQualifier: agent } = simulator.world.agents;
      past(250, MINUTE);
      const ids = past(3, HOUR, { agent });
      const given = await recent({ agents: agent.uuid });

      expect(idsOf(given)).toEqual(ids);
      expect(simulator.requests).toHaveLength(2);
    });

    it('match all of them', async () => {
      const { leadQualifier: agent } = simulator.world.agents;
      const ending = { disposition: 'busy' };
      const createdAt = new Date(Date.now() - HOUR).toISOString();
      const add = (run: PastRun): number => simulator.addRun({ createdAt, ...run }).runId;
      add({ agent });
      add({ ending });
      add({ ending, agent });
      const wanted = add({ ending, agent, direction: 'inbound' });
      const filters = {
        agents: agent.uuid,
        direction: '\u200binbound',
        dispositions: 'no-answer,\u00a0BUSY\u200b',
      };

      expect(idsOf(await recent(filters))).toEqual([wanted]);
    });

    it('have one of the outcomes', async () => {
      const createdAt = new Date(Date.now() - HOUR).toISOString();
      const add = (disposition: string): number =>
        simulator.addRun({ createdAt, ending: { disposition, durationSeconds: 5 } }).runId;
      const [answered, busy, machine] = ['interested', 'busy', 'voicemail_detected'].map(add);

      expect(idsOf(await recent({ outcomes: 'answered' }))).toEqual([answered]);
      expect(idsOf(await recent({ outcomes: ['BUSY', 'voicemail'] })).toSorted()).toEqual([
        busy,
        machine,
      ]);
      expect((await rejectionOf(recent({ outcomes: 'great' }))).message).toBe(
        'Outcome must be answered, no_answer, busy, voicemail, failed or unknown, not "great".',
      );
    });

    it('are an error if a filter is invalid', async () => {
      const { uuid } = simulator.world.agents.globexSurvey;

      expect(await rejectionOf(recent({ direction: 'up' }))).toMatchObject({
        kind: 'InvalidInput',
      });
      expect((await rejectionOf(recent({ agents: uuid }))).message).toMatch(/There is no agent/);
    });

    it.each(['102', 'https://app.dograh.com/workflow/102'])(
      'explain the number in the address of the dashboard: %s',
      async (agents) => {
        expect((await rejectionOf(recent({ agents }))).hint).toMatch(
          /^Choose the agents again\. The number in the address of the dashboard is neither/,
        );
      },
    );
  });

  describe('of a slow Dograh', () => {
    it.each([
      [1_000, 10],
      [4_000, 6],
      [11_000, 2],
      [14_000, 1],
    ])('are those that could be read in time, %p ms per page', async (msPerRequest, pages) => {
      const ids = past(1_000, MINUTE);

      expect(idsOf(await recent({}, { msPerRequest }))).toEqual(ids.slice(0, pages * 100));
      expect(simulator.requests).toHaveLength(pages);
    });

    it('are those that were read before it stopped answering', async () => {
      const ids = past(300, MINUTE);
      const stop = simulator.onRequest(() => {
        const fault = { kind: 'silence', callPlaced: false } as const;
        simulator.faults.add({ on: 'runs', fault, times: Infinity });
      });
      const given = await untilDeadline();
      stop();

      expect(idsOf(given)).toEqual(ids.slice(0, 100));
    });

    it('are a NetworkError if no page was read', async () => {
      const fault = { kind: 'silence', callPlaced: false } as const;
      simulator.faults.add({ on: 'runs', fault, times: Infinity });

      expect(await rejectionOf(untilDeadline())).toMatchObject({ kind: 'Network' });
    });
  });

  it('are an error if a later page cannot be read', async () => {
    past(300, MINUTE);
    const stop = simulator.onRequest(() => {
      const fault = { kind: 'status', callPlaced: false, status: 500 } as const;
      simulator.faults.add({ on: 'runs', fault, times: Infinity });
    });
    const error = await rejectionOf(recent());
    stop();

    expect(error).toMatchObject({ kind: 'Server', retryable: false });
  });
});
