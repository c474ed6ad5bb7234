interface Plan {
  dueMs: number;
  next: () => void;
  timer: NodeJS.Timeout;
}

/** The clock of a simulated Dograh. It may be ahead or behind, a test can move it on, and it can be stopped. */
export class RunClock {
  private readonly plans = new Set<Plan>();
  private advancedMs = 0;
  /** The elapsed time while a test moves it on. So planned times are exact. */
  private frozenMs: number | undefined;

  /** @param offsetMs returns how far it is ahead of this machine's clock, before a test has moved it on */
  constructor(private readonly offsetMs: () => number) {}

  /** ISO-8601 UTC. */
  now(): string {
    return new Date(this.nowMs()).toISOString();
  }

  /** Milliseconds since 1970. */
  nowMs(): number {
    return Date.now() + this.aheadMs();
  }

  /** How far it is ahead of this machine's clock. */
  aheadMs(): number {
    return this.offsetMs() + this.advancedMs;
  }

  /** Calls `next` later, or never if `ms` is `Infinity`. */
  after(ms: number, next: () => void): void {
    // With Infinity, Node's setTimeout would not wait at all.
    if (ms === Infinity) return;
    this.plan(this.elapsedMs() + ms, next);
  }

  /** Calls `next` at this elapsed time, or never if it is `Infinity`. */
  at(elapsedMs: number, next: () => void): void {
    if (elapsedMs !== Infinity) this.plan(elapsedMs, next);
  }

  /** Moves the time on at once. Everything that is planned until then happens, in its order. */
  advance(ms: number): void {
    const endMs = this.elapsedMs() + ms;
    try {
      for (let plan = this.firstUntil(endMs); plan; plan = this.firstUntil(endMs)) {
        this.moveTo(plan.dueMs);
        this.forget(plan);
        plan.next();
      }
      this.moveTo(endMs);
    } finally {
      this.frozenMs = undefined;
      this.planAgain();
    }
  }

  /** Cancels everything that was planned. */
  stop(): void {
    for (const plan of [...this.plans]) this.forget(plan);
  }

  /** Cancels everything that was planned, and forgets that a test has moved the time on. */
  reset(): void {
    this.stop();
    this.frozenMs = undefined;
    this.advancedMs = 0;
  }

  /** Whole milliseconds for differences. Independent of the offset, because a test may change that at any time. */
  elapsedMs(): number {
    return this.frozenMs ?? Math.round(performance.now() + this.advancedMs);
  }

  private plan(dueMs: number, next: () => void): void {
    const timer = setTimeout(
      () => {
        this.forget(plan);
        next();
      },
      Math.max(0, dueMs - this.elapsedMs()),
    );
    const plan: Plan = { dueMs, next, timer };
    // A simulated call must not keep the process alive.
    timer.unref();
    this.plans.add(plan);
  }

  /** The timers must ring earlier, because the time was moved on. */
  private planAgain(): void {
    for (const plan of [...this.plans]) {
      this.forget(plan);
      this.plan(plan.dueMs, plan.next);
    }
  }

  private firstUntil(endMs: number): Plan | undefined {
    let first: Plan | undefined;
    for (const plan of this.plans) {
      if (plan.dueMs <= endMs && (!first || plan.dueMs < first.dueMs)) first = plan;
    }
    return first;
  }

  private moveTo(ms: number): void {
    this.frozenMs = Math.max(ms, this.elapsedMs());
    this.advancedMs = this.frozenMs - performance.now();
  }

  private forget(plan: Plan): void {
    clearTimeout(plan.timer);
    this.plans.delete(plan);
  }
}
