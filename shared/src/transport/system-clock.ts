import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './clock';

/** The clock of a Node process: for Zapier, for programs outside the hosts, and for tests. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  uuid: () => crypto.randomUUID(),
  sleep: (ms, signal) =>
    delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
};
