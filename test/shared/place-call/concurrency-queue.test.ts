import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { CallInput, CallResult } from '@dograh/shared';
import type { PlaceCallOptions } from '../../../shared/src/place-call/prepared-call';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { HeldClock } from '../../support/clocks';
import { rejectionOf } from '../../support/refusal';
import { placeCall } from '../../support/place-call';

const MINUTE = 60_000;
const NUMBERS = ['+14155550121', '+14155550122', '+14155550123', '+14155550124'];
/** With the clock's random number 0, each pause is a quarter shorter than its maximum. */
const PAUSES_MS = [188, 263, 367, 514, 720, 1_008, 1_412, 1_977, 2_767, 3_874, 5_424, 7_593];
const [FIRST_PAUSE_MS, SECOND_PAUSE_MS, THIRD_PAUSE_MS] = [188, 263, 367];
const MAX_BLOCKED_MS = 200;

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  simulator.reset();
  simulator.world.acme.concurrentCallLimit = 0;
});
afterAll(() => simulator.stop());

/** Each call has its own client, like several executions of one n8n. */
function place(
  clock: HeldClock,
  phoneNumber = NUMBERS[0],
  options: PlaceCallOptions &
    Pick<CallInput, 'skipIfCalledWithin' | 'requireVariables'> & {
      readonly reference?: string;
      readonly onSend?: () => void;
      readonly onAnswer?: () => void;
    } = {},
): Promise<CallResult> {
  const {
    onSend,
    onAnswer,
    reference,
    skipIfCalledWithin,
    requireVariables = false,
    ...placeOptions
  } = options;
  const { apiKey } = simulator.world.acme;
  return placeCall(
    clientTo(simulator.url, { apiKey, clock, onSend, onAnswer }),
    {
      agent: { by: 'triggerId', value: 'lead-qualifier' },
      phoneNumber,
      callReference: reference,
      skipIfCalledWithin,
      requireVariables,
    },
    { maxWaitMs: MINUTE, ...placeOptions },
  );
}

/** The first call was rejected. The others joined the queue behind it and have sent no request. */
async function joinQueue(
  clock: HeldClock,
  ...calls: (() => Promise<CallResult>)[]
): Promise<Promise<CallResult>[]> {
  const [first, ...others] = calls;
  const waiting = first === undefined ? [] : [first()];
  await clock.untilAsleepFor(FIRST_PAUSE_MS);
  const behind = others.map((call) => call());
  // Until all of them have joined the queue.
  await setImmediate();
  return [...waiting, ...behind];
}

/** The same, and the request of the first call gets no response. */
async function joinBehindHanging(
  clock: HeldClock,
  ...calls: (() => Promise<CallResult>)[]
): Promise<{ others: Promise<CallResult>[]; stopHanging: () => Promise<void> }> {
  const stop = new AbortController();
  const [hanging, ...others] = await joinQueue(
    clock,
    () => place(clock, NUMBERS[0], { signal: stop.signal }),
    ...calls,
  );
  simulator.faults.add({ on: 'call', fault: { kind: 'silence', callPlaced: false } });
  clock.pass(FIRST_PAUSE_MS);
  while (simulator.requests.length < 2) await setImmediate();
  return {
    others,
    stopHanging: async () => {
      stop.abort();
      await expect(hanging).rejects.toMatchObject({ callPlaced: 'unknown' });
    },
  };
}

function called(): string[] {
  return simulator.calls.map(({ phoneNumber }) => phoneNumber);
}

describe('calls that wait for a free call slot', () => {
  it('make their attempts one after the other', async () => {
    const clock = new HeldClock();
    const calls = await joinQueue(clock, ...NUMBERS.map((number) => () => place(clock, number)));

    expect(simulator.requests).toHaveLength(1);
    clock.pass(FIRST_PAUSE_MS);
    await clock.untilAsleepFor(SECOND_PAUSE_MS);
    simulator.world.acme.concurrentCallLimit = NUMBERS.length;
    clock.pass(SECOND_PAUSE_MS);
    await Promise.all(calls);

    // All slots were free, so the other calls did not wait longer.
    expect(clock.now()).toBe(FIRST_PAUSE_MS + SECOND_PAUSE_MS);
    expect(called()).toEqual(NUMBERS);
    expect(simulator.requests).toHaveLength(2 + NUMBERS.length);
  });

  it('pause for longer if no slot became free, and for less time if several did', async () => {
    const clock = new HeldClock();
    const calls = await joinQueue(clock, ...NUMBERS.map((number) => () => place(clock, number)));

    clock.pass(FIRST_PAUSE_MS);
    await clock.untilAsleepFor(SECOND_PAUSE_MS);
    clock.pass(SECOND_PAUSE_MS);
    await clock.untilAsleepFor(THIRD_PAUSE_MS);
    // Three calls are accepted in a row, and the fourth is rejected.
    simulator.world.acme.concurrentCallLimit = 3;
    clock.pass(THIRD_PAUSE_MS);
    const shorter = Math.round((THIRD_PAUSE_MS * 2.5) / 3);
    await clock.untilAsleepFor(shorter);
    simulator.world.acme.concurrentCallLimit = 4;
    clock.pass(shorter);
    await Promise.all(calls);

    expect(called()).toEqual(NUMBERS);
    expect(clock.now()).toBe(FIRST_PAUSE_MS + SECOND_PAUSE_MS + THIRD_PAUSE_MS + shorter);
  });

  it('pause at least half as long as before, however many slots became free', async () => {
    const clock = new HeldClock();
    const numbers = Array.from({ length: 11 }, (_, index) => `+14155550${100 + index}`);
    const calls = await joinQueue(clock, ...numbers.map((number) => () => place(clock, number)));
    simulator.world.acme.concurrentCallLimit = 10;
    clock.pass(FIRST_PAUSE_MS);
    await clock.untilAsleepFor(94);
    simulator.world.acme.concurrentCallLimit = 11;
    clock.pass(94);
    await Promise.all(calls);

    expect(called()).toEqual(numbers);
  });

  it('do not pause for longer if only one or two slots became free', async () => {
    const clock = new HeldClock();
    const calls = await joinQueue(clock, ...NUMBERS.map((number) => () => place(clock, number)));
    for (const places of [1, 3]) {
      simulator.world.acme.concurrentCallLimit = places;
      clock.pass(FIRST_PAUSE_MS);
      await clock.untilAsleepFor(FIRST_PAUSE_MS);
    }
    simulator.world.acme.concurrentCallLimit = NUMBERS.length;
    clock.pass(FIRST_PAUSE_MS);
    await Promise.all(calls);

    expect(called()).toEqual(NUMBERS);
  });

  it('fail when their time is over, in the middle of the queue too', async () => {
    const clock = new HeldClock();
    const [first, second] = await joinQueue(
      clock,
      () => place(clock, NUMBERS[0], { maxWaitMs: 10 * MINUTE }),
      () => place(clock, NUMBERS[1], { maxWaitMs: MINUTE }),
    );
    const refusal = rejectionOf(second ?? Promise.reject(new Error('There is no second.')));
    // The last pause is shorter because it ends with the time of the second call.
    for (const pause of [...PAUSES_MS, 10_630, 14_882, MINUTE - 51_619]) {
      await clock.untilAsleepFor(pause);
      clock.pass(pause);
    }

    expect(await refusal).toMatchObject({ kind: 'ConcurrencyLimit', callPlaced: 'no' });
    expect((await refusal).message).toContain('after 1 minute:');
    expect(clock.now()).toBe(MINUTE);
    const next = 22_500;
    await clock.untilAsleepFor(next);
    simulator.world.acme.concurrentCallLimit = 1;
    clock.pass(next);
    await first;
    expect(called()).toEqual([NUMBERS[0]]);
  });

  it('make a last attempt when their time is over, from any position', async () => {
    const clock = new HeldClock();
    const short = { maxWaitMs: FIRST_PAUSE_MS + 50 };
    const { others: late, stopHanging } = await joinBehindHanging(
      clock,
      ...NUMBERS.slice(1).map((number) => () => place(clock, number, short)),
    );
    simulator.world.acme.concurrentCallLimit = 1;
    clock.pass(MAX_BLOCKED_MS);
    const outcomes = await Promise.allSettled(late);

    expect(called()).toEqual([NUMBERS[1]]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    // Each call made its own attempt.
    expect(simulator.requests).toHaveLength(2 + late.length);
    await stopHanging();
  });

  it('end the pause for all when the time of one call is over', async () => {
    const clock = new HeldClock();
    const [first] = await joinQueue(clock, () => place(clock, NUMBERS[0]));
    clock.pass(FIRST_PAUSE_MS);
    await clock.untilAsleepFor(SECOND_PAUSE_MS);
    simulator.world.acme.concurrentCallLimit = 2;
    const shortest = place(clock, NUMBERS[1], { maxWaitMs: 100 });
    await clock.untilAsleepFor(100);
    expect(simulator.requests).toHaveLength(2);
    clock.pass(100);
    await Promise.all([first, shortest]);

    expect(clock.now()).toBe(FIRST_PAUSE_MS + 100);
  });

  it('do not wait if they were placed before or must not be placed', async () => {
    const clock = new HeldClock();
    simulator.world.acme.concurrentCallLimit = 1;
    const [number = '', waiting = ''] = NUMBERS;
    const again = { reference: 'lead-1', skipIfCalledWithin: 24 };
    await place(clock, number, again);
    const [behind] = await joinQueue(clock, () => place(clock, waiting));
    const { skipped } = await place(clock, number, again);
    const gap = rejectionOf(
      place(clock, NUMBERS[2], { ...again, reference: 'lead-2', requireVariables: true }),
    );

    expect(skipped).toBe(true);
    expect(await gap).toMatchObject({ kind: 'InvalidInput' });
    expect(called()).toEqual([number]);
    simulator.world.acme.concurrentCallLimit = 2;
    clock.pass(FIRST_PAUSE_MS);
    await behind;
  });

  it('open one more request at a time for every twelve calls accepted in a row', async () => {
    const clock = new HeldClock();
    const numbers = Array.from({ length: 30 }, (_, index) => `+14155550${100 + index}`);
    let [open, mostAtOnce] = [0, 0];
    const onSend = (): void => {
      open += 1;
      mostAtOnce = Math.max(mostAtOnce, open);
    };
    const onAnswer = (): void => {
      open -= 1;
    };
    const calls = await joinQueue(
      clock,
      ...numbers.map((number) => () => place(clock, number, { onSend, onAnswer })),
    );
    simulator.world.acme.concurrentCallLimit = numbers.length;
    clock.pass(FIRST_PAUSE_MS);
    await Promise.all(calls);
    expect(called()).toHaveLength(numbers.length);
    expect(mostAtOnce).toBe(3);
  });

  it('do not wait for a request that gets no response', async () => {
    const clock = new HeldClock();
    const { others, stopHanging } = await joinBehindHanging(
      clock,
      ...NUMBERS.slice(1).map((number) => () => place(clock, number)),
    );
    simulator.world.acme.concurrentCallLimit = NUMBERS.length;
    expect(called()).toEqual([]);

    clock.pass(MAX_BLOCKED_MS);
    await Promise.all(others);
    expect(called()).toEqual(NUMBERS.slice(1));
    expect(clock.now()).toBe(FIRST_PAUSE_MS + MAX_BLOCKED_MS);
    await stopHanging();
  });

  it('do not wait for it again while other requests get responses', async () => {
    const clock = new HeldClock();
    const numbers = Array.from({ length: 14 }, (_, index) => `+14155550${100 + index}`);
    const { others, stopHanging } = await joinBehindHanging(
      clock,
      ...numbers.map((number) => () => place(clock, number)),
    );
    simulator.world.acme.concurrentCallLimit = numbers.length;
    clock.pass(MAX_BLOCKED_MS);
    await Promise.all(others);

    // The open request blocked the queue only once.
    expect(clock.now()).toBe(FIRST_PAUSE_MS + MAX_BLOCKED_MS);
    await stopHanging();
  });

  it('lengthen the pause once if several are rejected together', async () => {
    const clock = new HeldClock();
    let answers = 0;
    const onAnswer = (): void => {
      answers += 1;
    };
    const calls = await joinQueue(
      clock,
      ...NUMBERS.map((number) => () => place(clock, number, { onAnswer })),
    );
    const fault = { kind: 'latency', callPlaced: true, ms: 30, delayed: 'answer' } as const;
    simulator.faults.add({ on: 'call', fault, times: 2 });
    clock.pass(FIRST_PAUSE_MS);
    while (simulator.requests.length < 2) await setImmediate();
    clock.pass(MAX_BLOCKED_MS);
    while (answers < 3) await setImmediate();
    await clock.untilAsleepFor(SECOND_PAUSE_MS);
    clock.pass(SECOND_PAUSE_MS);
    await clock.untilAsleepFor(THIRD_PAUSE_MS);
    simulator.world.acme.concurrentCallLimit = NUMBERS.length;
    clock.pass(THIRD_PAUSE_MS);
    await Promise.all(calls);

    expect(called()).toEqual(NUMBERS);
  });

  it('leave no listeners on the signal of the execution', async () => {
    const clock = new HeldClock();
    const { signal } = new AbortController();
    const calls = await joinQueue(
      clock,
      ...NUMBERS.map((number) => () => place(clock, number, { signal })),
    );
    clock.pass(FIRST_PAUSE_MS);
    await clock.untilAsleepFor(SECOND_PAUSE_MS);
    expect(getEventListeners(signal, 'abort')).toHaveLength(NUMBERS.length);
    simulator.world.acme.concurrentCallLimit = NUMBERS.length;
    clock.pass(SECOND_PAUSE_MS);
    await Promise.all(calls);

    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('return to their positions after late rejections', async () => {
    const clock = new HeldClock();
    let answers = 0;
    const onAnswer = (): void => {
      answers += 1;
    };
    const calls = await joinQueue(
      clock,
      ...NUMBERS.slice(0, 3).map((number) => () => place(clock, number, { onAnswer })),
    );
    // The first call is rejected late. The second one makes its attempt meanwhile and is rejected, too.
    simulator.faults.add({
      on: 'call',
      fault: { kind: 'latency', callPlaced: true, ms: 50, delayed: 'answer' },
    });
    clock.pass(FIRST_PAUSE_MS);
    while (simulator.requests.length < 2) await setImmediate();
    clock.pass(MAX_BLOCKED_MS);
    await clock.untilAsleepFor(SECOND_PAUSE_MS);
    while (answers < 3) await setImmediate();
    simulator.world.acme.concurrentCallLimit = 3;
    clock.pass(SECOND_PAUSE_MS);
    await Promise.all(calls);

    expect(called()).toEqual(NUMBERS.slice(0, 3));
  });

  it('continue when the first one is stopped', async () => {
    const clock = new HeldClock();
    const stop = new AbortController();
    const [first, second] = await joinQueue(
      clock,
      () => place(clock, NUMBERS[0], { signal: stop.signal }),
      () => place(clock, NUMBERS[1]),
    );
    stop.abort();
    await expect(first).rejects.toMatchObject({ kind: 'Cancelled', callPlaced: 'no' });
    simulator.world.acme.concurrentCallLimit = 1;
    clock.pass(FIRST_PAUSE_MS);
    await second;

    expect(called()).toEqual([NUMBERS[1]]);
  });

  it('leave the queue when they are stopped', async () => {
    const clock = new HeldClock();
    const stop = new AbortController();
    const [first, second, third] = await joinQueue(
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

    expect(called()).toEqual([NUMBERS[0], NUMBERS[2]]);
  });

  it('do not block a call that must not wait', async () => {
    const clock = new HeldClock();
    const [waiting] = await joinQueue(clock, () => place(clock, NUMBERS[0]));
    const refusal = await rejectionOf(place(clock, NUMBERS[1], { maxWaitMs: 0 }));

    expect(refusal).toMatchObject({ kind: 'ConcurrencyLimit', status: 429 });
    simulator.world.acme.concurrentCallLimit = 1;
    clock.pass(FIRST_PAUSE_MS);
    await waiting;
  });

  it('do not block calls of another organization', async () => {
    const clock = new HeldClock();
    const [waiting] = await joinQueue(clock, () => place(clock, NUMBERS[0]));
    const { globex, agents } = simulator.world;
    await placeCall(
      clientTo(simulator.url, { apiKey: globex.apiKey, clock }),
      { agent: { by: 'agentUuid', value: agents.globexSurvey.uuid }, phoneNumber: NUMBERS[1] },
      { maxWaitMs: MINUTE },
    );

    expect(called()).toEqual([NUMBERS[1]]);
    simulator.world.acme.concurrentCallLimit = 1;
    clock.pass(FIRST_PAUSE_MS);
    await waiting;
  });
});
