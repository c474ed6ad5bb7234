import { isOver, type PlacedCall, type Run, type RunDetails, type RunState } from './run';

/** How long a call takes, in milliseconds. */
export interface CallTiming {
  /** From the answer of the API to the first ring. */
  dialMs: number;
  /** From the first ring until somebody picks up. */
  ringMs: number;
  /** From picking up to hanging up. */
  callDurationMs: number;
}

const firstRunId = 1001;
const usdPerSecond = 0.125;

/** All runs of a simulated Dograh, and the clock that moves them on. */
export class Runs {
  readonly all: Run[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly listeners = new Set<(run: Run) => void>();

  /** @param clockOffsetMs how far Dograh's clock is ahead of this machine's */
  constructor(
    private readonly timing: CallTiming,
    private readonly clockOffsetMs = 0,
  ) {}

  create(details: RunDetails): Run {
    const number = this.all.length;
    const label = details.environment === 'test' ? 'TEST' : 'API';
    const run: Run = {
      ...details,
      runId: firstRunId + number,
      // Four digits and not unique, as Dograh's are.
      runName: `WR-${label}-${String(1000 + ((number * 37) % 9000))}`,
      createdAt: this.now(),
      placedAt: null,
      states: [],
      gatheredContext: {},
      durationSeconds: 0,
      chargeUsd: null,
      disposition: null,
      error: null,
    };
    this.all.push(run);
    return run;
  }

  /** The provider takes the call; from here on it lives by itself. */
  place(run: Run): void {
    run.placedAt = this.now();
    this.enter(run, 'initiated');
    const { dialMs, ringMs, callDurationMs } = this.timing;
    this.after(dialMs, () => {
      this.enter(run, 'ringing');
      this.after(ringMs, () => {
        this.enter(run, 'in_progress');
        this.after(callDurationMs, () => {
          run.durationSeconds = Math.ceil(callDurationMs / 1000);
          run.chargeUsd = run.durationSeconds * usdPerSecond;
          this.complete(run, 'user_hangup', { customer_satisfied: 'yes' });
        });
      });
    });
  }

  /** The run ends before there was a call. */
  fail(run: Run, reason: string): void {
    run.error = reason;
    this.complete(run, 'error', { error: reason });
  }

  placed(): PlacedCall[] {
    return this.all.filter((run): run is PlacedCall => run.placedAt !== null);
  }

  /** How many slots of its concurrency limit an organisation uses now. */
  liveCount(organizationId: number): number {
    return this.all.filter((run) => run.organizationId === organizationId && !isOver(run)).length;
  }

  /** Calls the listener at every change of a run's state. Returns the way to stop that. */
  onChange(listener: (run: Run) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Live calls stay as they are. */
  stopClock(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  clear(): void {
    this.stopClock();
    this.all.length = 0;
  }

  private complete(run: Run, disposition: string, gathered: Record<string, unknown>): void {
    run.disposition = disposition;
    run.gatheredContext = {
      ...gathered,
      call_disposition: disposition,
      mapped_call_disposition: disposition,
    };
    this.enter(run, 'completed');
  }

  private enter(run: Run, state: RunState): void {
    run.states.push({ state, at: this.now() });
    for (const listener of this.listeners) listener(run);
  }

  private now(): string {
    return new Date(Date.now() + this.clockOffsetMs).toISOString();
  }

  private after(ms: number, next: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      next();
    }, ms);
    // A simulated call must not keep a process alive that is otherwise done.
    timer.unref();
    this.timers.add(timer);
  }
}
