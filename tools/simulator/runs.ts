import { randomUUID } from 'node:crypto';
import {
  artifactsOf,
  dispositionOf,
  isAnswered,
  resultsOf,
  statesBefore,
  type CallResults,
  type Ending,
  type LiveState,
} from './ending';
import { RunClock } from './run-clock';
import {
  hasReached,
  isOver,
  type PlacedCall,
  type Run,
  type RunDetails,
  type RunState,
} from './run';

/** How long a call takes, in milliseconds. `Infinity` stays where it is until the test ends the call. */
export interface CallTiming {
  /** From the answer of the API to the first ring. */
  dialMs: number;
  /** From the first ring until somebody picks up. */
  ringMs: number;
  /** From picking up to hanging up. */
  callDurationMs: number;
  /** From the moment in which a run is completed until its results are written. */
  resultsAfterMs: number;
  /** From the same moment until transcript and recordings are stored. */
  artifactsAfterMs: number;
}

/** A run's past, for a run that a test puts there. */
export interface History {
  createdAt: string;
  /** Null where the call still goes on. */
  endedAt: string | null;
  ending: Ending;
}

/** All runs of a simulated Dograh, and the clock that moves them on. */
export class Runs {
  readonly all: Run[] = [];
  private readonly stateListeners = new Set<(run: Run) => void>();
  private readonly listeners = new Set<(run: Run) => void>();
  private readonly endings = new Map<Run, Ending>();
  private readonly unwritten = new Map<Run, CallResults>();
  private readonly clock: RunClock;
  /** How many runs live, by organisation. */
  private readonly live = new Map<number, number>();
  private nextEndings: Ending[] = [];

  /** @param clockOffsetMs how far Dograh's clock is ahead of this machine's */
  constructor(
    private readonly timing: CallTiming,
    clockOffsetMs = 0,
    private readonly firstRunId = 1001,
  ) {
    this.clock = new RunClock(clockOffsetMs);
  }

  /** By Dograh's clock. */
  now(): string {
    return this.clock.now();
  }

  create(details: RunDetails): Run {
    const number = this.all.length;
    const run: Run = {
      ...details,
      runId: this.firstRunId + number,
      runName: nameOf(details, number),
      createdAt: this.now(),
      placedAt: null,
      states: [],
      gatheredContext: {},
      resultsAt: null,
      durationSeconds: 0,
      chargeUsd: null,
      disposition: null,
      error: null,
      artifactsAt: null,
      artifacts: { transcript: null, hasRecording: false },
      publicAccessToken: null,
    };
    this.all.push(run);
    this.countLive(run, 1);
    return run;
  }

  /** The provider takes the call; from here on it lives by itself, and ends so unless `endNext` says otherwise. */
  place(run: Run, usual: Ending = {}): void {
    const ending = this.nextEndings.shift() ?? usual;
    this.endings.set(run, ending);
    run.placedAt = this.now();
    this.goOn(run, statesBefore(ending));
  }

  /** How the next call that is placed will end, whoever is called. Asked several times, it is one call after another. */
  endNext(ending: Ending): void {
    this.nextEndings.push(ending);
  }

  /** The agent decides how a call will end, and Dograh writes it down, while the call goes on. Throws where none does. */
  noteDisposition(runId: number, disposition: string): Run {
    const run = this.goingOn(runId);
    const { mappedDisposition = disposition, ...usual } = this.endingOf(run);
    const ending = { ...usual, mappedDisposition, disposition };
    refuseUnanswered(run, ending);
    this.endings.set(run, ending);
    run.gatheredContext = {
      ...run.gatheredContext,
      call_disposition: disposition,
      mapped_call_disposition: mappedDisposition,
    };
    return run;
  }

  /** Ends a call that goes on, at once. Throws where there is none, or it cannot end like this any more. */
  finish(runId: number, ending?: Ending): Run {
    const run = this.goingOn(runId);
    const chosen = ending ?? this.endingOf(run);
    refuseUnanswered(run, chosen);
    for (const state of statesBefore(chosen)) if (!hasReached(run, state)) this.enter(run, state);
    this.end(run, chosen, this.elapsedSince(run, 'in_progress'));
    return run;
  }

  /** Writes the results of a completed run, at once. Throws where none are to be written any more. */
  writeResults(runId: number): Run {
    const run = this.all.find((candidate) => candidate.runId === runId);
    if (!run || !this.unwritten.has(run)) {
      throw new Error(`There are no results of run ${String(runId)} to be written.`);
    }
    this.writeUnwritten(run);
    return run;
  }

  /** A run that was there before, with all that came of it. No call of the simulator's. */
  add(details: RunDetails, { createdAt, endedAt, ending }: History): Run {
    const run = this.create(details);
    run.createdAt = createdAt;
    this.endings.set(run, ending);
    for (const state of statesBefore(ending)) this.enter(run, state, createdAt);
    if (endedAt !== null) {
      const livedMs = Date.parse(endedAt) - Date.parse(createdAt);
      run.disposition = dispositionOf(ending);
      this.enter(run, 'completed', endedAt);
      this.noteResults(run, resultsOf(ending, livedMs), endedAt);
      this.storeArtifacts(run, ending, endedAt);
    }
    return run;
  }

  /** The run ends before there was a call. */
  fail(run: Run, reason: string): void {
    const disposition = 'error';
    run.error = reason;
    run.disposition = disposition;
    this.enter(run, 'completed');
    const gathered = {
      error: reason,
      call_disposition: disposition,
      mapped_call_disposition: disposition,
    };
    this.noteResults(run, { gathered, durationSeconds: 0, chargeUsd: null });
    this.storeArtifacts(run, { disposition });
  }

  placed(): PlacedCall[] {
    return this.all.filter((run): run is PlacedCall => run.placedAt !== null);
  }

  /** How many slots of its concurrency limit an organisation uses now. */
  liveCount(organizationId: number): number {
    return this.live.get(organizationId) ?? 0;
  }

  /** Calls the listener at every change of a run's state. Returns the way to stop that. */
  onChange(listener: (run: Run) => void): () => void {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  }

  /** Calls the listener at every milestone of a run, its states among them. Returns the way to stop that. */
  onMilestone(listener: (run: Run) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Live calls stay as they are. */
  stopClock(): void {
    this.clock.stop();
  }

  clear(): void {
    this.stopClock();
    this.all.length = 0;
    this.live.clear();
    this.nextEndings = [];
    this.endings.clear();
    this.unwritten.clear();
  }

  private goingOn(runId: number): Run {
    const run = this.all.find((candidate) => candidate.runId === runId);
    if (!run) throw new Error(`There is no run ${String(runId)}.`);
    if (isOver(run)) throw new Error(`Run ${String(runId)} is over already.`);
    return run;
  }

  private endingOf(run: Run): Ending {
    return this.endings.get(run) ?? {};
  }

  private goOn(run: Run, [state, ...later]: LiveState[]): void {
    if (state === undefined) {
      this.end(run, this.endingOf(run), this.timing.callDurationMs);
      return;
    }
    this.enter(run, state);
    const { dialMs, ringMs, callDurationMs } = this.timing;
    const lasts = { initiated: dialMs, ringing: ringMs, in_progress: callDurationMs }[state];
    this.clock.after(lasts, () => {
      if (!isOver(run)) this.goOn(run, later);
    });
  }

  private end(run: Run, ending: Ending, livedMs: number): void {
    const { resultsAfterMs, artifactsAfterMs } = this.timing;
    run.disposition = dispositionOf(ending);
    this.enter(run, 'completed');
    const results = resultsOf(ending, livedMs);
    if (isAnswered(ending)) {
      this.unwritten.set(run, results);
      this.clock.after(resultsAfterMs, () => {
        this.writeUnwritten(run);
      });
      this.clock.after(artifactsAfterMs, () => {
        this.storeArtifacts(run, ending);
      });
    } else {
      // The provider's word that nobody answered is all that there will be.
      this.noteResults(run, results);
      this.storeArtifacts(run, ending);
    }
  }

  private writeUnwritten(run: Run): void {
    const results = this.unwritten.get(run);
    if (!results) return;
    this.unwritten.delete(run);
    this.noteResults(run, results);
  }

  private noteResults(run: Run, results: CallResults, at = this.now()): void {
    run.gatheredContext = { ...run.gatheredContext, ...results.gathered };
    run.durationSeconds = results.durationSeconds;
    run.chargeUsd = results.chargeUsd;
    run.resultsAt = at;
    this.tell(run);
  }

  private storeArtifacts(run: Run, ending: Ending, at = this.now()): void {
    const pickedUp = run.states.find(({ state }) => state === 'in_progress');
    run.artifacts = artifactsOf(ending, pickedUp?.at ?? run.createdAt);
    run.artifactsAt = at;
    if (run.hasWebhook) run.publicAccessToken ??= randomUUID();
    this.tell(run);
  }

  private enter(run: Run, state: RunState, at = this.now()): void {
    run.states.push({ state, at });
    if (state === 'completed') this.countLive(run, -1);
    for (const listener of this.stateListeners) listener(run);
    this.tell(run);
  }

  private countLive({ organizationId }: Run, change: 1 | -1): void {
    this.live.set(organizationId, this.liveCount(organizationId) + change);
  }

  private tell(run: Run): void {
    for (const listener of this.listeners) listener(run);
  }

  /** At least a millisecond: a call that was answered has lasted. */
  private elapsedSince(run: Run, state: RunState): number {
    const entry = run.states.find((candidate) => candidate.state === state);
    return Math.max(1, Date.parse(this.now()) - Date.parse(entry?.at ?? this.now()));
  }
}

function refuseUnanswered(run: Run, ending: Ending): void {
  if (!hasReached(run, 'in_progress') || isAnswered(ending)) return;
  throw new Error(`Run ${String(run.runId)} was answered, so it is not ${dispositionOf(ending)}.`);
}

/** With a few digits and not unique, as Dograh's are. */
function nameOf({ direction, environment }: RunDetails, number: number): string {
  if (direction === 'inbound') return `WR-TEL-IN-${String(10_000_000 + number * 37)}`;
  const label = environment === 'test' ? 'TEST' : 'API';
  return `WR-${label}-${String(1000 + ((number * 37) % 9000))}`;
}
