/** Limits how many items are processed at the same time. Items get their slots in the order in which they ask. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves when a slot is free. It is taken then. */
  async take(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }

  /** Gives the slot to others during the work, and takes one again after it. */
  async without(work: () => Promise<void>): Promise<void> {
    this.release();
    try {
      await work();
    } finally {
      await this.take();
    }
  }
}
