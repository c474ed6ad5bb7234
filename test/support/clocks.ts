import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@dograh/shared';

/** The time that a test gives to the shared client. It never depends on the time that really passes. */
abstract class TestClock implements Clock {
  /**
   * @param random returns numbers from 0 up to, but not including, 1
   * @param time milliseconds since 1970
   */
  constructor(
    readonly random: () => number,
    protected time: number,
  ) {}

  now(): number {
    return this.time;
  }

  uuid(): string {
    return crypto.randomUUID();
  }

  abstract sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Each sleep is recorded, moves the time forward, and is over at once. */
export class DrivenClock extends TestClock {
  readonly slept: number[] = [];

  /**
   * @param chance what `random` returns
   * @param onSleep happens during a sleep
   * @param start milliseconds since 1970
   */
  constructor(
    chance = 0,
    private readonly onSleep: () => void | Promise<void> = () => undefined,
    start = 0,
  ) {
    super(() => chance, start);
  }

  /** Time passes without a sleep. */
  advance(ms: number): void {
    this.time += ms;
  }

  async sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    this.time += ms;
    await this.onSleep();
  }
}

/** Time stands still until the test lets it pass. */
export class HeldClock extends TestClock {
  #sleepers: { readonly ms: number; readonly until: number; readonly wake: () => void }[] = [];

  constructor(random: () => number = () => 0) {
    super(random, 0);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const sleeper = { ms, until: this.time + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        resolve();
      });
    });
  }

  /** Resolves when this many sleeps are under way. */
  async untilAsleep(count: number): Promise<void> {
    while (this.#sleepers.length < count) await setImmediate();
  }

  /** Resolves when a sleep of this length is under way. */
  async untilAsleepFor(ms: number): Promise<void> {
    while (!this.#sleepers.some((sleeper) => sleeper.ms === ms)) await setImmediate();
  }

  /** Ends the sleeps that are due after this time. */
  pass(ms: number): void {
    this.time += ms;
    const due = this.#sleepers.filter(({ until }) => until <= this.time);
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.time);
    for (const { wake } of due) wake();
  }

  /** Lets time pass, then resolves when this many sleeps are under way again. */
  async step(ms: number, count: number): Promise<void> {
    this.pass(ms);
    await this.untilAsleep(count);
  }

  /** Ends one sleep after the other until all promises have settled. @throws if no sleep is left that could help */
  async runUntilSettled(promises: readonly Promise<unknown>[]): Promise<void> {
    const all = { areSettled: false };
    void Promise.allSettled(promises).then(() => {
      all.areSettled = true;
    });
    for (;;) {
      await setImmediate();
      if (all.areSettled) return;
      if (this.#sleepers.length === 0) throw new Error('The promises never settle.');
      this.pass(Math.min(...this.#sleepers.map(({ until }) => until)) - this.time);
    }
  }
}
