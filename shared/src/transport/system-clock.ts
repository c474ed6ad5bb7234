import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './clock';

/** The clock of a plain Node process: for Zapier, programs outside the hosts, and tests. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  uuid: () => crypto.randomUUID(),
  sleep: (ms, signal) =>
    delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
};
