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

describe('design 5: 429 concurrency limit', () => {
  it('waits with exponential backoff until a place is free, and places one call', async () => {
    simulator.world.acme.concurrentCallLimit = 0;
    const clock = new DrivenClock(0.5, () => {
      if (clock.slept.length === 17) simulator.world.acme.concurrentCallLimit = 1;
    });

    await place(clock, { maxWaitMs: 10 * MINUTE });

    // Each is 1.4 times as long as the one before, until they are 30 seconds; here by chance an eighth less.
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
  ])('spreads the waits of many: with chance %d the first is %d ms', async (chance, ms) => {
    simulator.world.acme.concurrentCallLimit = 0;
    const clock = new DrivenClock(chance, () => {
      simulator.world.acme.concurrentCallLimit = 1;
    });
    await place(clock, { maxWaitMs: MINUTE });
    expect(clock.slept).toEqual([ms]);
  });

  it('gives up after the time it was given, not later, and says that nobody was dialled', async () => {
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

  it('does not wait at all unless it was asked to', async () => {
    simulator.world.acme.concurrentCallLimit = 0;
    const clock = new DrivenClock();
    expect(await rejectionOf(place(clock))).toMatchObject({
      kind: 'ConcurrencyLimit',
      status: 429,
    });
    expect(clock.slept).toEqual([]);
    expect(simulator.requests).toHaveLength(1);
  });

  it('stops waiting when it is cancelled, and places nothing more', async () => {
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

describe('design 5: one quick retry where nothing can have been sent', () => {
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

  it('is one', async () => {
    const clock = new DrivenClock();
    expect(await rejectionOf(placeAt(await closedPort(), clock))).toMatchObject({
      kind: 'Network',
    });
    expect(clock.slept).toEqual([250]);
  });

  it('is none when the fault took long', async () => {
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

describe('design 5: an unknown outcome', () => {
  it.each<Fault>([
    { kind: 'status', callPlaced: false, status: 500 },
    { kind: 'reset', callPlaced: false, moment: 'after-reading' },
    { kind: 'redirect', callPlaced: false, status: 307, location: 'http://127.0.0.1:9/' },
  ])('is never sent again, however long one may wait: %j', async (fault) => {
    simulator.faults.add({ on: 'call', fault });
    const clock = new DrivenClock();
    const refusal = await rejectionOf(place(clock, { maxWaitMs: 60 * MINUTE }));
    expect(refusal.callPlaced).toBe('unknown');
    expect(simulator.callRequests).toHaveLength(1);
  });
});

describe('the time to wait', () => {
  it.each([
    [0, 0],
    [10, 10 * MINUTE],
    ['0.5', MINUTE / 2],
  ])('of %j minutes', (minutes, ms) => {
    expect(parseMaxWait(minutes)).toBe(ms);
  });

  it.each([-1, NaN, Infinity, 'soon', '', null, undefined, {}])('is not %j', (minutes) => {
    expect(refusalOf(() => parseMaxWait(minutes)).hint).toBe('Use 0 or more.');
  });
});
