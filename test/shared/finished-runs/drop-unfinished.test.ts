import type { RunResult, FinishedRunFilters } from '@dograh/shared';
import fc from 'fast-check';
import {
  startSimulator,
  type Ending,
  type Fault,
  type Run,
  type Simulator,
} from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';
import { rejectionOf } from '../../support/refusal';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let simulator: Simulator;

beforeAll(async () => {
  // The tests decide when a call ends and when its results are written.
  simulator = await startSimulator({ resultsAfterMs: Infinity, artifactsAfterMs: Infinity });
});
beforeEach(() => {
  simulator.reset();
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
});
afterAll(() => simulator.stop());

function recent(
  filters: FinishedRunFilters = {},
  { msPerRequest = 0, wanted }: { msPerRequest?: number; wanted?: 'all' | 'examples' } = {},
): Promise<readonly RunResult[]> {
  const clock = new DrivenClock(0, undefined, Date.now());
  const client = clientTo(simulator.url, {
    apiKey: simulator.world.acme.apiKey,
    clock,
    operationMs: 25 * SECOND,
    onSend: () => {
      clock.advance(msPerRequest);
    },
  });
  return client.recentFinishedRuns(filters, wanted);
}

async function ids(...asked: Parameters<typeof recent>): Promise<number[]> {
  return (await recent(...asked)).map(({ workflow_run_id: id }) => id);
}

/** The runs of a poll, and its number of requests. */
async function poll(): Promise<[number[], number]> {
  const before = simulator.requests.length;
  return [await ids(), simulator.requests.length - before];
}

const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

/** A running call whose disposition is decided. */
function decided(beganAgo = MINUTE, disposition = 'qualified', more: object = {}): Run {
  const { runId } = simulator.addRun({ createdAt: ago(beganAgo), endedAt: null, ...more });
  return simulator.noteDisposition(runId, disposition);
}

/** A call that ended as soon as it was answered. */
function overAtOnce(beganAgo = MINUTE, ending: Ending = {}, more: object = {}): Run {
  const createdAt = ago(beganAgo);
  return simulator.addRun({
    createdAt,
    endedAt: createdAt,
    ending: { ...ending, durationSeconds: 0 },
    ...more,
  });
}

const over = (beganAgo = MINUTE): Run =>
  simulator.addRun({ createdAt: ago(beganAgo), endedAt: ago(beganAgo - SECOND) });

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const idsOf = (runs: readonly Run[]): number[] => runs.map(({ runId }) => runId);

/** Makes all runs older. */
function pass(ms: number): void {
  const earlier = (time: string): string => new Date(Date.parse(time) - ms).toISOString();
  for (const run of simulator.runs) {
    run.createdAt = earlier(run.createdAt);
    for (const callback of run.callbacks) callback.timestamp = earlier(callback.timestamp);
  }
}

/** Acts after the first page of the list was read. */
function onceListed(action: () => void): void {
  const stop = simulator.onRequest(() => {
    stop();
    action();
  });
}

function strikeQuestion(fault: Fault): void {
  onceListed(() => {
    simulator.faults.add({ on: 'runs', fault });
  });
}

describe('a call whose disposition is decided is a finished run', () => {
  it('with its duration after it ended, but not while it is running', async () => {
    const { runId } = decided(5 * MINUTE);
    expect(await recent()).toEqual([]);
    simulator.finish(runId, { disposition: 'qualified', durationSeconds: 300 });
    simulator.writeResults(runId);

    expect(await recent()).toMatchObject([
      { workflow_run_id: runId, disposition: 'qualified', duration_seconds: 300 },
    ]);
  });

  it('not between its completion and its results', async () => {
    const { runId } = decided();
    simulator.finish(runId);
    expect(await recent()).toEqual([]);
    simulator.writeResults(runId);
    const [run] = await recent();

    expect(run?.duration_seconds).toBeGreaterThan(0);
  });

  it('immediately if it lasted 0 seconds, with its current data', async () => {
    const { runId } = decided();
    onceListed(() => {
      const ending = { disposition: 'qualified', durationSeconds: 0, gathered: { rating: 5 } };
      simulator.finish(runId, ending);
      simulator.writeResults(runId);
    });

    expect(await recent()).toMatchObject([
      { workflow_run_id: runId, duration_seconds: 0, gathered_context: { rating: 5 } },
    ]);
  });

  it('an hour after its start even if its results are never written', async () => {
    const { runId } = decided(HOUR - MINUTE);
    expect(await recent()).toEqual([]);
    pass(2 * MINUTE);

    expect(await recent()).toMatchObject([{ workflow_run_id: runId, duration_seconds: 0 }]);
  });

  it('by Dograh’s clock', async () => {
    for (const clockOffsetMs of [-3 * HOUR, 3 * HOUR]) {
      const other = await startSimulator({ clockOffsetMs });
      for (const minutes of [59, 61]) {
        const createdAt = ago(minutes * MINUTE - clockOffsetMs);
        other.noteDisposition(other.addRun({ createdAt, endedAt: null }).runId, 'qualified');
      }
      const client = clientTo(other.url, { apiKey: other.world.acme.apiKey });
      const given = await client.recentFinishedRuns({});
      await other.stop();

      expect(given.map((run) => run.workflow_run_id)).toEqual([1002]);
    }
  });
});

describe('calls that may be unfinished according to the list', () => {
  it('do not change the order of the others', async () => {
    const runs = [
      over(MINUTE),
      overAtOnce(2 * MINUTE),
      decided(3 * MINUTE),
      over(4 * MINUTE),
      overAtOnce(5 * MINUTE, { disposition: 'voicemail_detected' }),
      decided(2 * HOUR),
      over(3 * HOUR),
    ];
    const [, , unfinished] = runs;

    expect(await ids()).toEqual(idsOf(runs.filter((run) => run !== unfinished)));
  });

  it('need one more request for all of them, and none after an hour', async () => {
    const runs = many(20, (index) => overAtOnce((index + 1) * MINUTE));
    over(30 * MINUTE);
    const all = [...idsOf(runs), 1021];
    for (let polls = 0; polls < 3; polls += 1) expect(await poll()).toEqual([all, 2]);
    pass(HOUR);

    expect(await poll()).toEqual([all, 1]);
  });

  it('need no more requests if their results are never written', async () => {
    const runs = many(20, (index) => decided((index + 1) * MINUTE));
    const newer = over(SECOND);
    for (let polls = 0; polls < 3; polls += 1) expect(await poll()).toEqual([[newer.runId], 2]);
    pass(HOUR);

    expect(await poll()).toEqual([[newer.runId, ...idsOf(runs)], 1]);
  });

  it('are requested without the unanswered calls', async () => {
    const ending = { disposition: 'no-answer' };
    const newest = overAtOnce(SECOND);
    many(150, (index) => overAtOnce((index + 1) * 10 * SECOND, ending));
    const oldest = overAtOnce(50 * MINUTE);
    const given = await ids();

    expect(given).toHaveLength(152);
    expect([given.at(0), given.at(-1)]).toEqual(idsOf([newest, oldest]));
    // Two pages and one more request.
    expect(simulator.requests).toHaveLength(3);
  });

  it('are requested only if they match the filters', async () => {
    const { leadQualifier: agent } = simulator.world.agents;
    overAtOnce();
    decided();
    const inbound = over();
    const dispositions = 'busy';
    expect(await ids({ dispositions })).toEqual([]);
    expect(simulator.requests).toHaveLength(1);
    const { runId } = overAtOnce(MINUTE, {}, { agent, direction: 'inbound' });

    expect(await ids({ agents: agent.uuid, direction: 'inbound' })).toEqual([runId]);
    const question = simulator.requests.at(-1)?.query['filters'] ?? '';
    expect(question).toContain('"workflowId"');
    expect(question).toContain('"inbound"');
    expect(await ids()).toEqual([runId, inbound.runId, 1001]);
  });

  it('are returned later if they have more than ten dispositions', async () => {
    const runs = many(12, (index) =>
      overAtOnce((index + 1) * MINUTE, { disposition: `Ended because of reason ${index}` }),
    );
    expect(await ids()).toEqual(idsOf(runs.slice(0, 10)));
    pass(HOUR);

    expect(await ids()).toEqual(idsOf(runs));
  });

  it('are returned later if there are more than a hundred', async () => {
    const runs = many(130, (index) => overAtOnce((index + 1) * 10 * SECOND));
    expect(await ids()).toEqual(idsOf(runs.slice(0, 100)));
    pass(HOUR);

    expect(await ids()).toEqual(idsOf(runs));
  });
});

describe('the request for finished runs of 0 seconds', () => {
  it.each<[string, Fault]>([
    ['a 500', { kind: 'status', callPlaced: false, status: 500 }],
    ['a 429', { kind: 'status', callPlaced: false, status: 429 }],
    ['a 400', { kind: 'status', callPlaced: false, status: 400, body: { detail: 'No filter.' } }],
    ['a reset', { kind: 'reset', callPlaced: false, moment: 'after-reading' }],
    ['what is no list', { kind: 'off-contract', callPlaced: true, body: {} }],
  ])('does not hide the other runs after %s', async (_what, fault) => {
    const [doubtful, certain, old] = [overAtOnce(), over(2 * MINUTE), decided(2 * HOUR)];
    strikeQuestion(fault);

    expect(await poll()).toEqual([[certain.runId, old.runId], 2]);
    expect(await ids()).toEqual(idsOf([doubtful, certain, old]));
  });

  it.each<[string, Fault]>([
    ['Authentication', { kind: 'status', callPlaced: false, status: 401 }],
    [
      'PermissionDenied',
      { kind: 'status', callPlaced: false, status: 403, body: { detail: 'Access denied' } },
    ],
  ])('fails the poll with %s', async (kind, fault) => {
    overAtOnce();
    strikeQuestion(fault);

    expect(await rejectionOf(recent())).toMatchObject({ kind });
  });

  it('fails the poll if it is stopped during the request', async () => {
    overAtOnce();
    const stop = new AbortController();
    onceListed(() => {
      stop.abort();
    });
    const client = clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey });

    expect(await rejectionOf(client.recentFinishedRuns({}, 'all', stop.signal))).toMatchObject({
      kind: 'Cancelled',
    });
  });

  it.each([
    [11, 2],
    [13, 1],
  ])('is skipped if there is no time for it, %p s per request', async (seconds, requests) => {
    const [doubtful, certain] = [overAtOnce(), over(2 * MINUTE)];
    const given = await ids({}, { msPerRequest: seconds * SECOND });

    expect(given).toEqual(requests === 2 ? idsOf([doubtful, certain]) : [certain.runId]);
    expect(simulator.requests).toHaveLength(requests);
  });
});

describe('examples', () => {
  it('are certainly finished calls, for one request', async () => {
    decided();
    overAtOnce();
    const { runId } = over(2 * MINUTE);

    expect(await ids({}, { wanted: 'examples' })).toEqual([runId]);
    expect(simulator.requests).toHaveLength(1);
  });

  it('are other calls if there are no finished ones', async () => {
    const { runId } = decided();

    expect(await ids({}, { wanted: 'examples' })).toEqual([runId]);
    expect(simulator.requests).toHaveLength(1);
  });
});

type Step =
  | { readonly kind: 'begin' }
  | { readonly kind: 'decide' | 'finish' | 'finish at once' | 'write'; readonly which: number }
  | { readonly kind: 'pass'; readonly minutes: number }
  | { readonly kind: 'poll'; readonly isStruck: boolean };

const ONE_OF_THEM = ['decide', 'finish', 'finish at once', 'write'] as const;
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('begin' as const) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constantFrom(...ONE_OF_THEM), which: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      minutes: fc.integer({ min: 1, max: 20 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('poll' as const), isStruck: fc.boolean() }),
  },
);

/** A host that handles each run once, by its ID. It checks what it gets. */
class Host {
  readonly given = new Map<number, RunResult>();

  async poll(isStruck: boolean): Promise<void> {
    const results = isStruck ? await struck() : await recent();
    const times = results.map((run) => Date.parse(run.started_at ?? ''));
    expect(times).toEqual(times.toSorted((one, other) => other - one));
    for (const result of results) this.#take(result);
  }

  #take(result: RunResult): void {
    const { workflow_run_id: id } = result;
    if (this.given.has(id)) return;
    this.given.set(id, result);
    const run = simulator.runs.find(({ runId }) => runId === id);
    const isComplete = run?.resultsAt !== null;
    const reportedAt = Date.parse(run?.callbacks.at(-1)?.timestamp ?? '');
    // Dograh writes results within a minute after the provider's report, or never.
    const isLost = reportedAt <= Date.now() - MINUTE;
    const isOld = Date.parse(run?.createdAt ?? '') < Date.now() - HOUR;
    expect(isComplete || isLost || isOld).toBe(true);
    if (isComplete) expect(result.duration_seconds).toBe(run?.durationSeconds);
  }
}

async function struck(): Promise<readonly RunResult[]> {
  strikeQuestion({ kind: 'status', callPlaced: false, status: 500 });
  const results = await recent();
  simulator.faults.clear();
  return results;
}

function take(one: Step): void {
  if (one.kind === 'begin') simulator.addRun({ createdAt: ago(0), endedAt: null });
  if (one.kind === 'pass') pass(one.minutes * MINUTE);
  if (!('which' in one)) return;
  const isOver = ({ states }: Run): boolean => states.at(-1)?.state === 'completed';
  const isWritten = ({ resultsAt }: Run): boolean => resultsAt !== null;
  const fit = simulator.runs.filter((run) =>
    one.kind === 'write' ? isOver(run) && !isWritten(run) : !isOver(run),
  );
  const { runId } = fit[one.which % fit.length] ?? {};
  if (runId === undefined) return;
  if (one.kind === 'decide') simulator.noteDisposition(runId, 'qualified');
  if (one.kind === 'finish') simulator.finish(runId);
  if (one.kind === 'finish at once') simulator.finish(runId, { durationSeconds: 0 });
  if (one.kind === 'write') simulator.writeResults(runId);
}

it('each run is returned once, newest first, complete or an hour old, in any order of events', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 50 }), async (steps) => {
      simulator.reset();
      const host = new Host();
      for (const one of steps) {
        if (one.kind === 'poll') await host.poll(one.isStruck);
        else take(one);
      }
      pass(61 * MINUTE);
      await host.poll(false);
      const ended = simulator.runs.filter(
        ({ gatheredContext, states }) =>
          Object.hasOwn(gatheredContext, 'call_disposition') ||
          states.at(-1)?.state === 'completed',
      );

      expect([...host.given.keys()].toSorted()).toEqual(idsOf(ended).toSorted());
      expect(simulator.contractViolations).toEqual([]);
    }),
    { numRuns: 60, endOnFailure: true },
  );
});
