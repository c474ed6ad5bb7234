import type { Clock } from '@dograh/shared';

/** A clock that waits for nobody: each sleep is noted, moves the time on, and is over. */
export class DrivenClock implements Clock {
  readonly slept: number[] = [];
  #now: number;

  /**
   * @param chance what `random` gives
   * @param onSleep happens during a sleep
   * @param start milliseconds since 1970
   */
  constructor(
    private readonly chance = 0,
    private readonly onSleep: () => void | Promise<void> = () => undefined,
    start = 0,
  ) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.chance;
  }

  uuid(): string {
    return crypto.randomUUID();
  }

  /** Time passes without a sleep. */
  advance(ms: number): void {
    this.#now += ms;
  }

  async sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    this.#now += ms;
    await this.onSleep();
  }
}
