import {
  callStatusOf,
  dispositionOf,
  isAnswered,
  resultsOf,
  statesBefore,
  type CallResults,
  type Ending,
  type LiveState,
} from './ending';
import { newRun } from './new-run';
import { elapsedMs, hasReached, isOver, type PlacedCall, type Run, type RunDetails } from './run';
import type { RunClock } from './run-clock';
import { RunWriter } from './run-writer';
import type { VersionProfile } from './version';

/** How long each part of a call takes, in milliseconds. `Infinity` means until the test ends the call. */
export interface CallTiming {
  /** From the API's response to the first ring. */
  dialMs: number;
  /** From the first ring until a person picks up. */
  ringMs: number;
  /** From picking up to hanging up. */
  callDurationMs: number;
  /** From the end of the call until its results are written. */
  resultsAfterMs: number;
  /** From the end of the call until transcript and recordings are stored. */
  artifactsAfterMs: number;
}

/** After this time, Dograh releases the slot of a call whose end was not reported. */
const slotTimeoutMs = 20 * 60_000;

/** The past of a run that a test adds. */
export interface History {
  createdAt: string;
  /** Null while the call is running. */
  endedAt: string | null;
  ending: Ending;
}

/** All runs of a simulated Dograh, and the clock that advances them. */
export class Runs {
  readonly all: Run[] = [];
  private readonly writer: RunWriter;
  private readonly endings = new Map<Run, Ending>();
  /** Results of completed runs that are not written yet. */
  private readonly pendingResults = new Map<Run, CallResults>();
  private nextEndings: Ending[] = [];

  constructor(
    private readonly timing: CallTiming,
    private readonly profile: () => VersionProfile,
    private readonly clock: RunClock,
    private readonly firstRunId = 1001,
  ) {
    this.writer = new RunWriter(() => this.now());
  }

  /** The time on Dograh's clock. */
  now(): string {
    return this.clock.now();
  }

  create(details: RunDetails): Run {
    const index = this.all.length;
    const run = newRun(details, this.firstRunId + index, index, this.now());
    this.all.push(run);
    this.writer.addLive(run);
    return run;
  }

  /** The provider takes the call. The call then ends by itself, as `endNext` says or else as `usual` says. */
  place(run: Run, usual: Ending = {}): void {
    const ending = this.nextEndings.shift() ?? usual;
    this.endings.set(run, ending);
    run.placedAt = this.now();
    this.advance(run, statesBefore(ending));
  }

  /** Decides how the next placed call ends, for any number. Several endings apply to one call each, in order. */
  endNext(ending: Ending): void {
    this.nextEndings.push(ending);
  }

  /** The agent decides during the call how it ends, and Dograh writes that down. Throws if no such call is running. */
  noteDisposition(runId: number, disposition: string): Run {
    const run = this.requireRunning(runId);
    const { mappedDisposition = disposition, ...usual } = this.endingOf(run);
    const ending = { ...usual, mappedDisposition, disposition };
    assertCanEnd(run, ending);
    this.endings.set(run, ending);
    run.gatheredContext = {
      ...run.gatheredContext,
      call_tags: [disposition],
      call_disposition: disposition,
      mapped_call_disposition: mappedDisposition,
    };
    return run;
  }

  /** Ends a running call at once. Throws if there is none, or if it can no longer end like this. */
  finish(runId: number, ending?: Ending): Run {
    const run = this.requireRunning(runId);
    const chosen = ending ?? this.endingOf(run);
    assertCanEnd(run, chosen);
    for (const state of statesBefore(chosen)) {
      if (!hasReached(run, state)) this.writer.enterState(run, state);
    }
    this.end(run, chosen, elapsedMs(run, 'in_progress', this.now()));
    return run;
  }

  /** Writes the results of a completed run at once. Throws if no results are waiting to be written. */
  writeResults(runId: number): Run {
    const run = this.all.find((candidate) => candidate.runId === runId);
    if (!run || !this.pendingResults.has(run)) {
      throw new Error(`Run ${String(runId)} has no results to write.`);
    }
    this.writePendingResults(run);
    return run;
  }

  /** Adds a run from before, with its results. The simulator places no call. */
  add(details: RunDetails, { createdAt, endedAt, ending }: History): Run {
    const run = this.create(details);
    run.createdAt = createdAt;
    this.endings.set(run, ending);
    for (const state of statesBefore(ending)) this.writer.enterState(run, state, createdAt);
    if (endedAt !== null) {
      const livedMs = Date.parse(endedAt) - Date.parse(createdAt);
      this.writer.enterState(run, 'completed', endedAt);
      if (ending.withoutResults === true) return run;
      run.disposition = dispositionOf(ending);
      this.writer.writeResults(run, resultsOf(ending, livedMs, this.profile()), endedAt);
      this.writer.storeArtifacts(run, ending, endedAt);
    }
    return run;
  }

  /** Ends the run before a call was placed. */
  fail(run: Run, reason: string): void {
    const disposition = 'error';
    run.error = reason;
    run.disposition = disposition;
    this.writer.enterState(run, 'completed');
    const gathered = {
      ...callStatusOf({ disposition }, this.profile()),
      error: reason,
      call_disposition: disposition,
      mapped_call_disposition: disposition,
    };
    this.writer.writeResults(run, { gathered, durationSeconds: 0, chargeUsd: null });
    this.writer.storeArtifacts(run, { disposition });
  }

  /** Ends a run of a campaign before a call was placed. Dograh then writes only the reason, and no disposition. */
  failWithoutResults(run: Run, reason: string): void {
    run.error = reason;
    run.gatheredContext = { ...run.gatheredContext, error: reason };
    this.writer.enterState(run, 'completed');
  }

  placed(): PlacedCall[] {
    return this.all.filter((run): run is PlacedCall => run.placedAt !== null);
  }

  /** How many slots of its concurrency limit an organization uses now. */
  liveCount(organizationId: number): number {
    return this.writer.liveCount(organizationId);
  }

  /** Calls the listener at each change of a run's state. Returns a function that removes the listener. */
  onChange(listener: (run: Run) => void): () => void {
    return this.writer.onChange(listener);
  }

  /** Calls the listener at each milestone of a run, which includes its states. Returns a function that removes it. */
  onMilestone(listener: (run: Run) => void): () => void {
    return this.writer.onMilestone(listener);
  }

  /** The clock must be stopped, because running calls are forgotten. */
  clear(): void {
    this.all.length = 0;
    this.writer.clear();
    this.nextEndings = [];
    this.endings.clear();
    this.pendingResults.clear();
  }

  private requireRunning(runId: number): Run {
    const run = this.all.find((candidate) => candidate.runId === runId);
    if (!run) throw new Error(`There is no run ${String(runId)}.`);
    if (isOver(run)) throw new Error(`Run ${String(runId)} is over already.`);
    return run;
  }

  private endingOf(run: Run): Ending {
    return this.endings.get(run) ?? {};
  }

  private advance(run: Run, [state, ...later]: LiveState[]): void {
    if (state === undefined) {
      this.end(run, this.endingOf(run), this.timing.callDurationMs);
      return;
    }
    this.writer.enterState(run, state);
    const { dialMs, ringMs, callDurationMs } = this.timing;
    const lasts = { initiated: dialMs, ringing: ringMs, in_progress: callDurationMs }[state];
    this.clock.after(lasts, () => {
      if (!isOver(run)) this.advance(run, later);
    });
  }

  private end(run: Run, ending: Ending, livedMs: number): void {
    const { resultsAfterMs, artifactsAfterMs } = this.timing;
    const { keepsSlot = false } = ending;
    run.disposition = dispositionOf(ending);
    this.writer.enterState(run, 'completed', this.now(), keepsSlot);
    if (keepsSlot) {
      this.clock.after(slotTimeoutMs, () => {
        this.writer.releaseSlot(run);
      });
    }
    const results = resultsOf(ending, livedMs, this.profile());
    if (isAnswered(ending)) {
      // This report completes the run, before the agent's results are written.
      run.callbacks.push({ status: 'completed', timestamp: this.now() });
      this.pendingResults.set(run, results);
      this.clock.after(resultsAfterMs, () => {
        this.writePendingResults(run);
      });
      this.clock.after(artifactsAfterMs, () => {
        this.writer.storeArtifacts(run, ending);
      });
    } else {
      // If nobody answered, the provider's report is the whole result.
      this.writer.writeResults(run, results);
      this.writer.storeArtifacts(run, ending);
    }
  }

  private writePendingResults(run: Run): void {
    const results = this.pendingResults.get(run);
    if (!results) return;
    this.pendingResults.delete(run);
    this.writer.writeResults(run, results);
  }
}

/** @throws Error if the run was answered, and the ending says that nobody answered */
function assertCanEnd(run: Run, ending: Ending): void {
  if (!hasReached(run, 'in_progress') || isAnswered(ending)) return;
  throw new Error(`Run ${String(run.runId)} was answered, so it is not ${dispositionOf(ending)}.`);
}
