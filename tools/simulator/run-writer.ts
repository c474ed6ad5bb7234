import { randomUUID } from 'node:crypto';
import { artifactsOf, type CallResults, type Ending } from './ending';
import type { Run, RunState } from './run';

type RunListener = (run: Run) => void;

/** Writes states, results and artifacts into runs, and notifies the listeners. */
export class RunWriter {
  private readonly stateListeners = new Set<RunListener>();
  private readonly milestoneListeners = new Set<RunListener>();
  /** The number of runs that are not completed, by organization. */
  private readonly live = new Map<number, number>();

  /** @param now the time on Dograh's clock */
  constructor(private readonly now: () => string) {}

  /** Calls the listener at each change of a run's state. Returns a function that removes the listener. */
  onChange(listener: RunListener): () => void {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  }

  /** Calls the listener at each milestone of a run, which includes its states. Returns a function that removes it. */
  onMilestone(listener: RunListener): () => void {
    this.milestoneListeners.add(listener);
    return () => this.milestoneListeners.delete(listener);
  }

  liveCount(organizationId: number): number {
    return this.live.get(organizationId) ?? 0;
  }

  /** Counts a new run. */
  addLive(run: Run): void {
    this.countLive(run, 1);
  }

  enterState(run: Run, state: RunState, at = this.now(), keepsSlot = false): void {
    run.states.push({ state, at });
    if (state === 'completed' && !keepsSlot) this.releaseSlot(run);
    for (const listener of this.stateListeners) listener(run);
    this.notify(run);
  }

  writeResults(run: Run, results: CallResults, at = this.now()): void {
    run.gatheredContext = { ...run.gatheredContext, ...results.gathered };
    run.durationSeconds = results.durationSeconds;
    run.chargeUsd = results.chargeUsd;
    run.resultsAt = at;
    this.notify(run);
  }

  storeArtifacts(run: Run, ending: Ending, at = this.now()): void {
    const pickedUp = run.states.find(({ state }) => state === 'in_progress');
    run.artifacts = artifactsOf(ending, pickedUp?.at ?? run.createdAt);
    run.artifactsAt = at;
    run.annotations = ending.annotations ?? {};
    if (run.hasWebhook) run.publicAccessToken ??= randomUUID();
    this.notify(run);
  }

  /** Keeps the listeners. */
  clear(): void {
    this.live.clear();
  }

  releaseSlot(run: Run): void {
    this.countLive(run, -1);
  }

  private countLive({ organizationId }: Run, change: 1 | -1): void {
    this.live.set(organizationId, this.liveCount(organizationId) + change);
  }

  private notify(run: Run): void {
    for (const listener of this.milestoneListeners) listener(run);
  }
}
