import type { CallInput, DograhClient, EarlierRequests, PreparedCall } from '@dograh/shared';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';
import { rejectionOf } from '../../support/refusal';
import { withRun } from '../../support/place-call';

/** A host gives each request an ID. So it finds its own earlier requests, and reads their runs again. */

const NUMBER = '+14155550123';
const DAY = 86_400_000;
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: DAY });
});
beforeEach(() => {
  simulator.reset();
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
});
afterAll(() => simulator.stop());

const client = (apiKey = simulator.world.acme.apiKey): DograhClient =>
  clientTo(simulator.url, { apiKey, clock: new DrivenClock(0, undefined, Date.now()) });
const call = (input: Partial<CallInput> = {}, apiKey?: string): PreparedCall =>
  client(apiKey).prepare({
    agent: { by: 'triggerId', value: 'lead-qualifier' },
    phoneNumber: NUMBER,
    requireVariables: false,
    ...input,
  });
const runIds = (): number[] => simulator.calls.map(({ runId }) => runId);

describe('a call whose host knows its earlier requests', () => {
  const placeAfter = (
    known: readonly string[],
    {
      windowMs = DAY,
      input = {},
      choose,
    }: { windowMs?: number; input?: Partial<CallInput>; choose?: EarlierRequests['choose'] } = {},
  ): Promise<unknown> =>
    call(input).place({
      callRequestId: 'new',
      earlier: { windowMs, includes: (id) => known.includes(id), ...(choose && { choose }) },
    });
  const placed = async (...callRequestIds: string[]): Promise<void> => {
    for (const callRequestId of callRequestIds) await call().place({ callRequestId });
  };

  it('returns the run of the newest one', async () => {
    await placed('a', 'b', 'c');

    expect(await placeAfter(['a', 'b'])).toMatchObject({
      workflow_run_id: runIds()[1],
      skipped: true,
      skip_reason: 'called_before',
    });
    expect(runIds()).toHaveLength(3);
  });

  it('returns the run that the host chooses among all of them', async () => {
    await placed('a', 'b', 'c');
    const seen: string[] = [];
    const choose: EarlierRequests['choose'] = (found) => {
      seen.push(...found.map(({ callRequestId }) => callRequestId));
      return found.at(-1);
    };

    expect(await placeAfter(['b', 'c'], { choose })).toMatchObject({
      workflow_run_id: runIds()[1],
    });
    expect(seen).toEqual(['c', 'b']);
    expect(await placeAfter(['b', 'c'], { choose: () => undefined })).toMatchObject({
      skipped: false,
    });
  });

  it('is placed with its ID if there is none, or an older one', async () => {
    await placed('a');
    const [run] = simulator.runs;
    if (run !== undefined) run.createdAt = new Date(Date.now() - DAY).toISOString();
    await placeAfter(['a'], { windowMs: DAY / 2 });
    await placeAfter(['b']);

    expect(simulator.calls.map(({ initialContext }) => initialContext['call_request_id'])).toEqual([
      'a',
      'new',
      'new',
    ]);
  });

  it('does not count a run that certainly dialed no phone', async () => {
    const [number = ''] = simulator.world.unreachableNumbers;
    const input = { phoneNumber: number };
    await call(input)
      .place({ callRequestId: 'a' })
      .catch(() => undefined);
    simulator.world.unreachableNumbers.length = 0;

    expect(await placeAfter(['a'], { input })).toMatchObject({ skipped: false });
  });

  it('needs one list for this rule and Skip If Called Within', async () => {
    const input = { callReference: 'lead-1', skipIfCalledWithin: 24 };
    await placed('a');
    await placeAfter(['b'], { input });

    expect(simulator.requests.filter(({ path }) => path.endsWith('/usage/runs'))).toHaveLength(1);
  });

  it('is not placed if the list does not show a context', async () => {
    const run = { id: 7, called_number: NUMBER, initial_context: null };
    simulator.faults.add({
      on: 'runs',
      fault: {
        kind: 'off-contract',
        callPlaced: true,
        body: { runs: [run], page: 1, total_pages: 1 },
      },
      times: Infinity,
    });

    expect(await rejectionOf(placeAfter(['a']))).toMatchObject({
      message: expect.stringContaining('run 7 to this number without its context'),
      callPlaced: 'no',
    });
    expect(simulator.callRequests).toEqual([]);
  });
});

describe('a placed call that is read again', () => {
  const PLACED = { runName: null, callRequestId: 'a' };

  it('is the run as it is now', async () => {
    const { workflow_run_id: runId } = withRun(await call().place({ callRequestId: 'a' }));
    await simulator.waitFor(runId, 'in_progress');
    const running = await call().readAgain({ ...PLACED, runId });
    simulator.finish(runId, { disposition: 'user_hangup' });
    await simulator.waitFor(runId, 'results');
    const over = await call({ phoneNumber: '+1 415 555 0123' }).readAgain({ ...PLACED, runId });

    expect(running).toMatchObject({ workflow_run_id: runId, status: 'in_progress', outcome: null });
    expect(over).toMatchObject({ status: 'completed', outcome: 'answered', skipped: false });
  });

  it('has no run if the run is to another number, of another request, or of another organization', async () => {
    const { workflow_run_id: runId } = withRun(await call().place({ callRequestId: 'a' }));
    const placed = { ...PLACED, runId };
    const { apiKey } = simulator.world.globex;

    expect(await call({ phoneNumber: '+14155550124' }).readAgain(placed)).toBeUndefined();
    expect(await call().readAgain({ ...placed, callRequestId: 'b' })).toBeUndefined();
    expect(await call({}, apiKey).readAgain(placed)).toBeUndefined();
    expect(await call().readAgain({ ...placed, runId: runId + 1 })).toBeUndefined();
  });

  it('fails if it cannot be read', async () => {
    simulator.faults.add({
      on: 'runs',
      fault: { kind: 'status', callPlaced: false, status: 503 },
      times: Infinity,
    });

    expect(await rejectionOf(call().readAgain({ ...PLACED, runId: 1001 }))).toMatchObject({
      kind: 'Server',
    });
  });
});

describe('the identity of a connection', () => {
  it('shows the Dograh, and tells keys apart without containing them', async () => {
    const { acme, globex } = simulator.world;
    const [one, same, other] = await Promise.all(
      [acme, acme, globex].map(({ apiKey }) => client(apiKey).identity()),
    );

    expect(one).toEqual(same);
    expect(one?.key).not.toBe(other?.key);
    expect(one?.service).toContain(simulator.url);
    expect(JSON.stringify(one)).not.toContain(acme.apiKey.slice(0, 8));
  });
});
