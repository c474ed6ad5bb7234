/** The clock of a simulated Dograh. It may be ahead or behind, and it can be stopped. */
export class RunClock {
  private readonly timers = new Set<NodeJS.Timeout>();

  /** @param offsetMs returns how far it is ahead of this machine's clock */
  constructor(private readonly offsetMs: () => number) {}

  /** ISO-8601 UTC. */
  now(): string {
    return new Date(Date.now() + this.offsetMs()).toISOString();
  }

  /** Calls `next` later, or never if `ms` is `Infinity`. */
  after(ms: number, next: () => void): void {
    // With Infinity, Node's setTimeout would not wait at all.
    if (ms === Infinity) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      next();
    }, ms);
    // A simulated call must not keep the process alive.
    timer.unref();
    this.timers.add(timer);
  }

  /** Cancels everything that was planned. */
  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}
