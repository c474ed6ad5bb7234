import timers from 'node:timers/promises';
import type { Simulator } from '../../tools/simulator';

/**
 * The time that the hosts use: timers, and time limits of requests. Jest loads this file before each test file.
 *
 * In a test no time limit passes by itself, because a busy machine may need more time than the limit gives.
 * The test decides when a limit passes.
 */

let asked: number[] = [];
let running: { readonly ms: number; readonly limit: AbortController }[] = [];
let stops: (() => void)[] = [];

export const timeLimits = {
  /** The limits that this test requested, in milliseconds, oldest first. */
  get asked(): readonly number[] {
    return asked;
  },

  /** All running limits pass, or those that are at most this long. */
  pass(maxMs = Infinity): void {
    const passing = running.filter(({ ms }) => ms <= maxMs);
    running = running.filter(({ ms }) => ms > maxMs);
    for (const { limit } of passing) limit.abort(new DOMException('', 'TimeoutError'));
  },

  /** Until the end of the test, a limit passes as soon as the simulator makes a client wait longer than that. */
  passWhileWaitingFor(simulator: Simulator): void {
    stops.push(
      simulator.onWait((ms) => {
        timeLimits.pass(ms);
      }),
    );
  },
};

const realTimeLimit = AbortSignal.timeout.bind(AbortSignal);

beforeAll(() => {
  AbortSignal.timeout = (ms) => {
    const limit = new AbortController();
    asked.push(ms);
    running.push({ ms, limit });
    return limit.signal;
  };
});
beforeEach(() => {
  asked = [];
  running = [];
});
afterEach(() => {
  for (const stop of stops) stop();
  stops = [];
});
afterAll(() => {
  AbortSignal.timeout = realTimeLimit;
});

const SPEED_UP = 250;
/** Shorter waits are those of sockets and servers. They keep their length. */
const MIN_SHORTENED_MS = 200;

/**
 * Shortens the waits of both hosts' clocks in this test file. n8n's `sleep` uses the global timer, the system clock
 * uses the other one. n8n's HTTP library also starts a global timer with the limit of each request. It keeps its
 * length: a busy machine may need a second to connect, and a lost response would change the result.
 */
export function hurryWaits(): void {
  const { setTimeout: slow } = globalThis;
  const { setTimeout: slowPromise } = timers;
  const isTimeLimit = (ms = 0): boolean => asked.includes(ms);
  const shortened = (ms = 0): number => (ms < MIN_SHORTENED_MS ? ms : ms / SPEED_UP);

  beforeAll(() => {
    const hurry = (action: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) =>
      slow(action, isTimeLimit(ms) ? ms : shortened(ms), ...given);
    globalThis.setTimeout = Object.assign(hurry, slow);
    timers.setTimeout = ((ms?: number, ...rest: [unknown?, object?]) =>
      slowPromise(shortened(ms), ...rest)) as typeof slowPromise;
  });
  afterAll(() => {
    // After this, Jest must not restore a spy of a test: it would put the shortened timer back for the next file.
    jest.restoreAllMocks();
    globalThis.setTimeout = slow;
    timers.setTimeout = slowPromise;
  });
}

/** Ends waits and time limits at once, and moves the clock forward by their length. */
export function driveTime(): { passed(): number; restore(): void } {
  const start = Date.now();
  let now = start;
  const pass = (ms = 0): void => {
    now += ms;
  };
  const spies = [
    jest.spyOn(Date, 'now').mockImplementation(() => now),
    jest.spyOn(timers, 'setTimeout').mockImplementation((ms) => {
      pass(ms);
      return Promise.resolve(undefined as never);
    }),
    jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      pass(ms);
      return AbortSignal.abort();
    }),
  ];
  return {
    passed: () => now - start,
    restore: () => {
      for (const spy of spies) spy.mockRestore();
    },
  };
}
