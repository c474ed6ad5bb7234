import type { Simulator } from '../../tools/simulator';

/** The time limits that this test asked for, in milliseconds, and those of them that still run. */
let asked: number[] = [];
let running: { readonly ms: number; readonly limit: AbortController }[] = [];
let stops: (() => void)[] = [];

/**
 * Jest loads this file before each test file. In a test no time limit passes by itself, because a busy machine
 * may need more time than the limit gives. The test decides when a limit passes.
 */
export const timeLimits = {
  /** In milliseconds, those of this test, oldest first. */
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

const byTheClock = AbortSignal.timeout.bind(AbortSignal);

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
  AbortSignal.timeout = byTheClock;
});
