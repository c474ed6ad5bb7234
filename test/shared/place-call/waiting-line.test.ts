import { setImmediate } from 'node:timers/promises';
import type { CallResult, DograhError } from '@dograh/shared';
import { startSimulator, type Simulator } from '../../simulator';
import { clientTo } from '../client-to';
import { HeldClock } from '../held-clock';
import { rejectionOf } from '../refusal';

const MINUTE = 60_000;
const NUMBERS = ['+14155550121', '+14155550122', '+14155550123', '+14155550124'];
/** The clock's chance is 0, so a pause is half as long as it may be. */
const FIRST_PAUSE_MS = 125;

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  simulator.reset();
  simulator.world.acme.concurrentCallLimit = 0;
});
afterAll(() => simulator.stop());

/** Each by a client of its own, as several executions of one n8n are. */
function place(
  clock: HeldClock,
  phoneNumber = NUMBERS[0],
  options: { readonly maxWaitMs?: number; readonly signal?: AbortSignal } = {},
): Promise<CallResult> {
  return clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey, clock }).placeCall(
    { agent: { by: 'triggerId', value: 'lead-qualifier' }, phoneNumber },
    { maxWaitMs: MINUTE, ...options },
  );
}

async function refusals(count: number): Promise<void> {
  while (simulator.requests.filter(({ status }) => status === 429).length < count) {
    await setImmediate();
  }
}

/** As many who were refused, and who wait in the order in which they came. */
async function waitInLine<T>(clock: HeldClock, ...calls: (() => Promise<T>)[]) {
  const waiting: Promise<T>[] = [];
  for (const [index, call] of calls.entries()) {
    waiting.push(call());
    if (index === 0) await refusals(1);
    if (index === 0) await clock.everybodyAsleep(1);
  }
  return waiting;
}

describe('design 5: many who wait for a place', () => {
  it('ask one after the other, and not again before somebody in front of them was accepted', async () => {
    const clock = new HeldClock();
    const calls = await waitInLine(clock, ...NUMBERS.map((number) => () => place(clock, number)));

    expect(simulator.requests).toHaveLength(1);
    clock.pass(FIRST_PAUSE_MS);
    await refusals(2);
    await clock.everybodyAsleep(1);
    simulator.world.acme.concurrentCallLimit = NUMBERS.length;
    clock.pass(2 * FIRST_PAUSE_MS);
    await Promise.all(calls);

    // All places were free, so none of the others waited any longer.
    expect(clock.now()).toBe(3 * FIRST_PAUSE_MS);
    expect(simulator.calls.map(({ phoneNumber }) => phoneNumber)).toEqual(NUMBERS);
    expect(simulator.requests).toHaveLength(2 + NUMBERS.length);
  });

  it('look again sooner when several places had been free, and later when none was', async () => {
    const clock = new HeldClock();
    const calls = await waitInLine(clock, ...NUMBERS.map((number) => () => place(clock, number)));
    const refusedAfter = async (pause: number): Promise<void> => {
      const asked = simulator.requests.length;
      clock.pass(pause - 1);
      await setImmediate();
      expect(simulator.requests).toHaveLength(asked);
      const refused = simulator.requests.filter(({ status }) => status === 429).length;
      clock.pass(1);
      await refusals(refused + 1);
      await clock.everybodyAsleep(1);
    };

    await refusedAfter(FIRST_PAUSE_MS);
    await refusedAfter(2 * FIRST_PAUSE_MS);
    // Three are accepted on end, and the fourth is not.
    simulator.world.acme.concurrentCallLimit = 3;
    await refusedAfter(4 * FIRST_PAUSE_MS);
    const shorter = Math.round((4 * FIRST_PAUSE_MS * 2.5) / 3);
    simulator.world.acme.concurrentCallLimit = 4;
    clock.pass(shorter);
    await Promise.all(calls);

    expect(simulator.calls).toHaveLength(4);
    expect(clock.now()).toBe(7 * FIRST_PAUSE_MS + shorter);
  });

  it('give up in time, in the middle of the line too', async () => {
    const clock = new HeldClock();
    const [first, second] = await waitInLine(
      clock,
      () => place(clock, NUMBERS[0], { maxWaitMs: 10 * MINUTE }),
      () => place(clock, NUMBERS[1], { maxWaitMs: MINUTE }),
    );
    const givenUp = rejectionOf(second ?? Promise.reject(new Error('There is no second.')));
    let refused = 1;
    for (let pause = FIRST_PAUSE_MS; clock.now() < MINUTE; pause = Math.min(2 * pause, 15_000)) {
      clock.pass(pause);
      await refusals((refused += 1));
      await clock.everybodyAsleep(1);
    }
    const refusal: DograhError = await givenUp;

    expect(refusal).toMatchObject({ kind: 'ConcurrencyLimit', callPlaced: 'no' });
    expect(refusal.message).toContain('for 1 minutes');
    expect(clock.now()).toBeLessThan(1.25 * MINUTE);
    simulator.world.acme.concurrentCallLimit = 1;
    clock.pass(15_000);
    await first;
    expect(simulator.calls.map(({ phoneNumber }) => phoneNumber)).toEqual([NUMBERS[0]]);
  });

  it('go on when the one in front is stopped', async () => {
    const clock = new HeldClock();
    const stop = new AbortController();
    const [first, second] = await waitInLine(
      clock,
      () => place(clock, NUMBERS[0], { signal: stop.signal }),
      () => place(clock, NUMBERS[1]),
    );
    stop.abort();
    await expect(first).rejects.toMatchObject({ kind: 'Cancelled', callPlaced: 'no' });
    simulator.world.acme.concurrentCallLimit = 1;
    // The sleep of the one that was stopped, and that of the next.
    await clock.everybodyAsleep(2);
    clock.pass(FIRST_PAUSE_MS);
    await second;

    expect(simulator.calls.map(({ phoneNumber }) => phoneNumber)).toEqual([NUMBERS[1]]);
  });

  it('leave the line when they are stopped in the middle of it', async () => {
    const clock = new HeldClock();
    const stop = new AbortController();
    const [first, second, third] = await waitInLine(
      clock,
      () => place(clock, NUMBERS[0]),
      () => place(clock, NUMBERS[1], { signal: stop.signal }),
      () => place(clock, NUMBERS[2]),
    );
    stop.abort();
    await expect(second).rejects.toMatchObject({ kind: 'Cancelled', callPlaced: 'no' });
    simulator.world.acme.concurrentCallLimit = 2;
    clock.pass(FIRST_PAUSE_MS);
    await Promise.all([first, third]);

    expect(simulator.calls.map(({ phoneNumber }) => phoneNumber)).toEqual([NUMBERS[0], NUMBERS[2]]);
  });

  it('hold up nobody who would rather fail than wait', async () => {
    const clock = new HeldClock();
    const [waiting] = await waitInLine(clock, () => place(clock, NUMBERS[0]));
    const refusal = await rejectionOf(place(clock, NUMBERS[1], { maxWaitMs: 0 }));

    expect(refusal).toMatchObject({ kind: 'ConcurrencyLimit', status: 429 });
    simulator.world.acme.concurrentCallLimit = 1;
    clock.pass(FIRST_PAUSE_MS);
    await waiting;
  });

  it('hold up no other organization', async () => {
    const clock = new HeldClock();
    const [waiting] = await waitInLine(clock, () => place(clock, NUMBERS[0]));
    const { globex, agents } = simulator.world;
    await clientTo(simulator.url, { apiKey: globex.apiKey, clock }).placeCall(
      { agent: { by: 'agentUuid', value: agents.globexSurvey.uuid }, phoneNumber: NUMBERS[1] },
      { maxWaitMs: MINUTE },
    );

    expect(simulator.calls.map(({ phoneNumber }) => phoneNumber)).toEqual([NUMBERS[1]]);
    simulator.world.acme.concurrentCallLimit = 1;
    clock.pass(FIRST_PAUSE_MS);
    await waiting;
  });
});
