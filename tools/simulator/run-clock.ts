/** The clock of a simulated Dograh. It may be off, and it can be stopped. */
export class RunClock {
  private readonly timers = new Set<NodeJS.Timeout>();

  /** @param offsetMs how far it is ahead of this machine's */
  constructor(private readonly offsetMs: number) {}

  /** ISO-8601 UTC. */
  now(): string {
    return new Date(Date.now() + this.offsetMs).toISOString();
  }

  /** Does something later; after `Infinity`, never. */
  after(ms: number, next: () => void): void {
    // A timer of Node's that is to wait for ever does not wait at all.
    if (ms === Infinity) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      next();
    }, ms);
    // A simulated call must not keep a process alive that is otherwise done.
    timer.unref();
    this.timers.add(timer);
  }

  /** What was to be done later is not. */
  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}
