import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@dograh/shared';

/** A clock that stands still until a test lets time pass. */
export class HeldClock implements Clock {
  #now = 0;
  #sleepers: { readonly ms: number; readonly until: number; readonly wake: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  random(): number {
    return 0;
  }

  uuid(): string {
    return crypto.randomUUID();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#sleepers.push({ ms, until: this.#now + ms, wake: resolve });
      signal?.addEventListener('abort', () => {
        resolve();
      });
    });
  }

  /** Resolves when so many sleep, and nobody does anything but wait for the time. */
  async everybodyAsleep(count: number): Promise<void> {
    while (this.#sleepers.length < count) await setImmediate();
  }

  /** Resolves when somebody has begun to sleep for so long. */
  async somebodyAsleep(ms: number): Promise<void> {
    while (!this.#sleepers.some((sleeper) => sleeper.ms === ms)) await setImmediate();
  }

  /** Lets time pass, and whoever wakes do what there is to do until all sleep again. */
  async step(ms: number, sleepers: number): Promise<void> {
    this.pass(ms);
    await this.everybodyAsleep(sleepers);
  }

  /** Wakes those whose time has come. */
  pass(ms: number): void {
    this.#now += ms;
    const due = this.#sleepers.filter(({ until }) => until <= this.#now);
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#now);
    for (const { wake } of due) wake();
  }
}
