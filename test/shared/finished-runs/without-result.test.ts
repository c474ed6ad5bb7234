import type { RunResult, FinishedRunFilters } from '@dograh/shared';
import { startSimulator, type PastRun, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';
import { rejectionOf } from '../../support/refusal';
import { MemoryOfPolls } from '../../support/poll-memory';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const NOTE = 'Dograh completed this run without a result. It is not known how the call ended.';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ callDurationMs: Infinity });
});
beforeEach(() => {
  simulator.reset();
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
});
afterAll(() => simulator.stop());

const clock = (): DrivenClock => new DrivenClock(0, undefined, Date.now());
const client = (time = clock()) =>
  clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey, clock: time });
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

/** A run that Dograh completed without its agent. */
const completed = (age: number, run: PastRun = {}) =>
  simulator.addRun({
    createdAt: ago(age),
    endedAt: ago(age - SECOND),
    ending: { withoutResults: true },
    ...run,
  });

const inZapier = (filters: FinishedRunFilters = {}): Promise<readonly RunResult[]> =>
  client().recentFinishedRuns(filters);
const idsOf = (runs: readonly RunResult[]): number[] => runs.map((run) => run.workflow_run_id);

describe('a run that Dograh completed without a result', () => {
  it('is returned in Zapier as unknown, with what is known', async () => {
    const { runId } = completed(2 * MINUTE);
    simulator.addRun({ createdAt: ago(3 * MINUTE), endedAt: null });

    expect(await inZapier()).toMatchObject([
      {
        workflow_run_id: runId,
        status: 'completed',
        outcome: 'unknown',
        disposition: null,
        notes: [NOTE],
      },
    ]);
  });

  it('is returned as failed if Dograh says why it placed no call', async () => {
    const run = completed(2 * MINUTE);
    run.gatheredContext = { error: 'Twilio provider not properly configured' };

    expect(await inZapier()).toMatchObject([
      {
        workflow_run_id: run.runId,
        status: 'failed',
        outcome: 'failed',
        notes: ['Dograh did not place this call: Twilio provider not properly configured.'],
      },
    ]);
  });

  it('is returned as unknown if the reason does not prove that no phone was dialed', async () => {
    const run = completed(2 * MINUTE);
    run.gatheredContext = { error: 'Server disconnected' };

    expect(await inZapier()).toMatchObject([
      {
        workflow_run_id: run.runId,
        status: 'completed',
        outcome: 'unknown',
        notes: [
          'It is not known whether this call was placed. Dograh noted an error: Server disconnected.',
        ],
      },
    ]);
  });

  it('is not returned while its call continues, even if the agent gathered a value called error', async () => {
    const run = simulator.addRun({ createdAt: ago(3 * MINUTE), endedAt: null });
    run.gatheredContext = { provider: 'twilio', error: 'E42 on the display' };

    expect(await inZapier()).toEqual([]);
  });

  it('is not returned while its result may still be written', async () => {
    completed(30 * SECOND);
    const run = completed(10 * MINUTE);
    run.callbacks = [{ status: 'completed', timestamp: ago(20 * SECOND) }];

    expect(await inZapier()).toEqual([]);
    run.callbacks = [{ status: 'completed', timestamp: ago(70 * SECOND) }];
    expect(idsOf(await inZapier())).toEqual([run.runId]);
  });

  it('has no duration, because Dograh wrote none', async () => {
    const { runId } = completed(2 * MINUTE);

    expect(await client().getRun(runId)).toMatchObject({ duration_seconds: null });
  });

  it('is not returned if it got a disposition meanwhile', async () => {
    const run = completed(2 * MINUTE);
    const removeListener = simulator.onRequest(() => {
      run.gatheredContext = { call_disposition: 'user_hangup' };
    });
    const runs = await inZapier();
    removeListener();

    expect(runs).toEqual([]);
  });

  it('is not awaited if it is no phone call', async () => {
    for (let index = 0; index < 5; index += 1) {
      simulator.addRun({ createdAt: ago(5 * MINUTE), endedAt: null, mode: 'textchat' });
    }
    const memory = new MemoryOfPolls();
    const poll = () => client().pollFinishedRuns({ poller: 'chats', memory, filters: {} });
    await poll();
    for (const run of simulator.runs) run.createdAt = ago(60 * MINUTE);
    const before = simulator.requests.length;
    await poll();

    expect(memory.state).toMatchObject({ pending: {} });
    expect(simulator.requests.length - before).toBeLessThanOrEqual(2);
  });

  it('matches the filters as an unknown one', async () => {
    const { runId } = completed(2 * MINUTE);

    expect(idsOf(await inZapier({ outcomes: 'unknown' }))).toEqual([runId]);
    expect(await inZapier({ outcomes: 'answered' })).toEqual([]);
    expect(await inZapier({ dispositions: 'user_hangup' })).toEqual([]);
  });

  it('needs one request each, for at most twenty', async () => {
    for (let index = 0; index < 30; index += 1) completed((index + 2) * MINUTE);
    const runs = await inZapier();

    expect(runs).toHaveLength(20);
    expect(simulator.requests).toHaveLength(1 + 20);
  });

  it('does not hide the others if it cannot be read', async () => {
    completed(2 * MINUTE);
    const { runId } = simulator.addRun({ createdAt: ago(5 * MINUTE), endedAt: ago(4 * MINUTE) });
    simulator.faults.add({
      on: 'run',
      fault: { kind: 'status', callPlaced: false, status: 500 },
      times: Infinity,
    });

    expect(idsOf(await inZapier())).toEqual([runId]);
  });

  it('is returned by the trigger of n8n within three minutes', async () => {
    const memory = new MemoryOfPolls();
    const time = clock();
    const poll = () =>
      client(time).pollFinishedRuns({ poller: 'without-result', memory, filters: {} });
    await poll();
    const { runId } = simulator.addRun({
      createdAt: ago(0),
      endedAt: ago(0),
      ending: { withoutResults: true },
    });
    const given: RunResult[] = [];
    for (let minute = 0; minute < 3; minute += 1) {
      time.advance(MINUTE);
      for (const run of simulator.runs) run.createdAt = ago((minute + 1) * MINUTE + SECOND);
      given.push(...(await poll()));
    }

    expect(given).toMatchObject([
      { workflow_run_id: runId, status: 'completed', outcome: 'unknown', notes: [NOTE] },
    ]);
  });

  it('is an error after a wait if its result may still be written', async () => {
    const run = completed(SECOND);
    run.callbacks = [
      { status: 'completed', timestamp: new Date(Date.now() + 50 * SECOND).toISOString() },
    ];
    const wait = {
      timeoutMs: 50 * SECOND,
      pollMs: 15_000,
      onTimeout: 'fail',
      forTranscript: false,
    } as const;
    const refusal = await rejectionOf(client().waitForResult(run.runId, wait));

    expect(refusal.hint).toMatch(/^The call is over, but its result is not written yet\./);
  });

  it('is returned by a wait of one minute, and not as a call that continues', async () => {
    const { runId } = completed(SECOND);
    const wait = {
      timeoutMs: MINUTE,
      pollMs: 15_000,
      onTimeout: 'fail',
      forTranscript: false,
    } as const;

    expect(await client().waitForResult(runId, wait)).toMatchObject({
      status: 'completed',
      outcome: 'unknown',
      notes: [NOTE],
    });
  });
});
