import type { Clock } from '@dograh/shared';

/** A clock that waits for nobody: each sleep is noted, moves the time on, and is over. */
export class DrivenClock implements Clock {
  readonly slept: number[] = [];
  #now = 0;

  /**
   * @param chance what `random` gives
   * @param onSleep happens during a sleep
   */
  constructor(
    private readonly chance = 0,
    private readonly onSleep: () => void | Promise<void> = () => undefined,
  ) {}

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.chance;
  }

  async sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    this.#now += ms;
    await this.onSleep();
  }
}
