import { parseMaxWait, type CallInput, type CallResult } from '@dograh/shared';
import { startSimulator, type Fault, type Simulator } from '../../../tools/simulator';
import { closedPort } from '../../../tools/support/servers';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';
import { refusalOf, rejectionOf } from '../../support/refusal';
import { placeCall } from '../../support/place-call';

const CALL: CallInput = {
  agent: { by: 'triggerId', value: 'lead-qualifier' },
  phoneNumber: '+14155550123',
};
const MINUTE = 60_000;
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  simulator.reset();
});
afterAll(() => simulator.stop());

const place = (
  clock: DrivenClock,
  options: { readonly maxWaitMs?: number; readonly signal?: AbortSignal } = {},
): Promise<CallResult> => {
  const { apiKey } = simulator.world.acme;
  return placeCall(clientTo(simulator.url, { apiKey, clock }), CALL, options);
};

describe('a call at the concurrency limit', () => {
  it('waits with growing pauses for a free call slot, and is placed once', async () => {
    simulator.world.acme.concurrentCallLimit = 0;
    const clock = new DrivenClock(0.5, () => {
      if (clock.slept.length === 17) simulator.world.acme.concurrentCallLimit = 1;
    });

    await place(clock, { maxWaitMs: 10 * MINUTE });

    // Each pause is 1.4 times the one before, up to 30 seconds; with the random number 0.5, an eighth less.
    expect(clock.slept).toEqual([
      219, 306, 429, 600, 840, 1_176, 1_647, 2_306, 3_228, 4_520, 6_327, 8_858, 12_402, 17_363,
      24_308, 26_250, 26_250,
    ]);
    expect(simulator.requests).toHaveLength(18);
    expect(simulator.calls).toHaveLength(1);
  });

  it.each([
    [0, 188],
    [0.999, 250],
  ])('has random pauses: with the random number %d, the first is %d ms', async (chance, ms) => {
    simulator.world.acme.concurrentCallLimit = 0;
    const clock = new DrivenClock(chance, () => {
      simulator.world.acme.concurrentCallLimit = 1;
    });
    await place(clock, { maxWaitMs: MINUTE });
    expect(clock.slept).toEqual([ms]);
  });

  it('fails exactly after its maximum wait, and was not dialed', async () => {
    simulator.world.acme.concurrentCallLimit = 0;
    const clock = new DrivenClock(0.999);

    const refusal = await rejectionOf(place(clock, { maxWaitMs: MINUTE / 2 }));

    expect(refusal).toMatchObject({ kind: 'ConcurrencyLimit', callPlaced: 'no', retryable: true });
    expect(refusal.message).toMatch(
      /^Dograh's concurrent-call limit was still reached after 0\.5 minutes: Concurrent call limit reached\.$/,
    );
    expect(clock.now()).toBe(MINUTE / 2);
    expect(simulator.calls).toHaveLength(0);
  });

  it('does not wait by default', async () => {
    simulator.world.acme.concurrentCallLimit = 0;
    const clock = new DrivenClock();
    expect(await rejectionOf(place(clock))).toMatchObject({
      kind: 'ConcurrencyLimit',
      status: 429,
    });
    expect(clock.slept).toEqual([]);
    expect(simulator.requests).toHaveLength(1);
  });

  it('stops waiting when the execution is stopped, and is not placed', async () => {
    simulator.world.acme.concurrentCallLimit = 0;
    const stop = new AbortController();
    const clock = new DrivenClock(0, () => {
      stop.abort();
    });

    const refusal = await rejectionOf(place(clock, { maxWaitMs: MINUTE, signal: stop.signal }));

    expect(refusal).toMatchObject({ kind: 'Cancelled', callPlaced: 'no' });
    expect(simulator.requests).toHaveLength(1);
  });
});

describe('the retry of a request that was not sent', () => {
  const placeAt = (url: string, clock: DrivenClock): Promise<CallResult> =>
    placeCall(clientTo(url, { apiKey: simulator.world.acme.apiKey, clock }), CALL);

  it('places the call when Dograh is back', async () => {
    const url = await closedPort();
    let late: Simulator | undefined;
    const clock = new DrivenClock(0, async () => {
      late = await startSimulator({ port: Number(new URL(url).port) });
    });

    await placeAt(url, clock);

    expect(clock.slept).toEqual([250]);
    expect(late?.calls).toHaveLength(1);
    await late?.stop();
  });

  it('is made only once', async () => {
    const clock = new DrivenClock();
    expect(await rejectionOf(placeAt(await closedPort(), clock))).toMatchObject({
      kind: 'Network',
    });
    expect(clock.slept).toEqual([250]);
  });

  it('is not made after a slow fault', async () => {
    const clock = new DrivenClock();
    const { apiKey } = simulator.world.acme;
    const client = clientTo(await closedPort(), {
      apiKey,
      clock,
      onSend: () => {
        clock.advance(3_000);
      },
    });
    expect(await rejectionOf(placeCall(client, CALL))).toMatchObject({ kind: 'Network' });
    expect(clock.slept).toEqual([]);
  });
});

describe('a call with an unknown outcome', () => {
  it.each<Fault>([
    { kind: 'status', callPlaced: false, status: 500 },
    { kind: 'reset', callPlaced: false, moment: 'after-reading' },
    { kind: 'redirect', callPlaced: false, status: 307, location: 'http://127.0.0.1:9/' },
  ])('is never sent again, even with a long maximum wait: %j', async (fault) => {
    simulator.faults.add({ on: 'call', fault });
    const clock = new DrivenClock();
    const refusal = await rejectionOf(place(clock, { maxWaitMs: 60 * MINUTE }));
    expect(refusal.callPlaced).toBe('unknown');
    expect(simulator.callRequests).toHaveLength(1);
  });
});

describe('Maximum Queue Time', () => {
  it.each([
    [0, 0],
    [10, 10 * MINUTE],
    ['0.5', MINUTE / 2],
    ['', 10 * MINUTE],
    [undefined, 10 * MINUTE],
  ])('accepts %j minutes', (minutes, ms) => {
    expect(parseMaxWait(minutes)).toBe(ms);
  });

  it.each([-1, NaN, Infinity, 'soon', {}])('does not accept %j', (minutes) => {
    expect(refusalOf(() => parseMaxWait(minutes)).hint).toMatch(/Use 0 or more\.$/);
  });
});
