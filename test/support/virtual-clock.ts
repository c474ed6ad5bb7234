import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@dograh/shared';
import { randomFrom } from '../../tools/support/random';

/** A clock that goes on to the next sleeper as soon as there is nothing else to do; chance comes from a seed. */
export class VirtualClock implements Clock {
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
  #now = 0;
  #sleepers: { readonly until: number; readonly wake: () => void }[] = [];

  constructor(seed: number) {
    this.random = randomFrom(seed);
  }

  now(): number {
    return this.#now;
  }

  uuid(): string {
    return crypto.randomUUID();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const sleeper = { until: this.#now + ms, wake: resolve };
      const wake = (): void => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        resolve();
      };
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  /** Lets time pass until all of it has settled. @throws when everybody waits, and nobody for the time */
  async runUntilSettled(promises: readonly Promise<unknown>[]): Promise<void> {
    const all = { areSettled: false };
    void Promise.allSettled(promises).then(() => {
      all.areSettled = true;
    });
    for (;;) {
      await setImmediate();
      if (all.areSettled) return;
      if (this.#sleepers.length === 0) throw new Error('They wait for ever.');
      this.#now = Math.min(...this.#sleepers.map(({ until }) => until));
      const due = this.#sleepers.filter(({ until }) => until <= this.#now);
      this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#now);
      for (const { wake } of due) wake();
    }
  }
}
