import { setImmediate } from 'node:timers/promises';
import type { Simulator } from '../../tools/simulator';

/**
 * Lets the time limit of the next request pass as soon as Dograh has read a request for a call, and not after so many
 * milliseconds, which a busy machine may need to send it. The requests after it have their limits by the clock.
 * @returns the limits that were asked for, in milliseconds
 */
export function passTimeLimitOnceRead(simulator: Simulator): readonly number[] {
  const asked: number[] = [];
  const byTheClock = AbortSignal.timeout.bind(AbortSignal);
  jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    asked.push(ms);
    return asked.length === 1 ? passedOnceRead(simulator) : byTheClock(ms);
  });
  return asked;
}

function passedOnceRead(simulator: Simulator): AbortSignal {
  const limit = new AbortController();
  const watch = async (): Promise<void> => {
    while (simulator.callRequests[0]?.body === undefined) await setImmediate();
    limit.abort();
  };
  void watch();
  return limit.signal;
}
