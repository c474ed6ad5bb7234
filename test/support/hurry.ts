import timers from 'node:timers/promises';

/** So much faster than the clock on the wall. */
const FASTER = 50;
/** Shorter waits are those of sockets and servers; they stay as they are. */
const SHORTEST_MS = 200;

/**
 * Lets the waits of both hosts' clocks pass faster in this test file: n8n's `sleep` is made of the one timer, the
 * system clock of the other. Time limits of requests are none of these, and stay.
 */
export function hurryWaits(): void {
  const { setTimeout: slow } = globalThis;
  const { setTimeout: slowPromise } = timers;
  const hurried = (ms = 0): number => (ms < SHORTEST_MS ? ms : ms / FASTER);

  beforeAll(() => {
    const hurry = (action: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) =>
      slow(action, hurried(ms), ...given);
    globalThis.setTimeout = Object.assign(hurry, slow);
    timers.setTimeout = ((ms?: number, ...rest: [unknown?, object?]) =>
      slowPromise(hurried(ms), ...rest)) as typeof slowPromise;
  });
  afterAll(() => {
    globalThis.setTimeout = slow;
    timers.setTimeout = slowPromise;
  });
}
