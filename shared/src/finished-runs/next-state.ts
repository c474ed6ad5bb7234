import type { ListedRun } from '../runs/listed-run';
import type { RunCriteria } from './filters';
import type { PendingRun, PollState } from './poll-state';
import type { RunWindow } from './run-window';

/** Each poll reads this much again, because Dograh writes runs late and out of order. */
export const MARGIN_MS = 5 * 60_000;
/** If more runs than this start within the margin, the margin is shorter. */
const MAX_HANDLED = 1_000;
/** How many handled runs missing from the list are remembered. They may be listed again. */
const MAX_MISSED = 200;

/** The state for the next poll. */
export function nextState(
  before: PollState,
  window: RunWindow,
  finished: readonly ListedRun[],
  pendingRuns: readonly PendingRun[],
  criteria: RunCriteria,
): PollState {
  const from = nextFrom(before, window);
  const pending = new Map(pendingRuns.map((run) => [run.id, run]));
  // The list may show only the next time a run that was read by its ID.
  const ids = [...window.runs.values(), ...finished]
    .filter((run) => createdAtOf(run, before) >= from && !pending.has(run.id))
    .map(({ id }) => id);
  const missed = [...before.handled].filter((id) => !window.runs.has(id)).slice(-MAX_MISSED);
  const handled = new Set(ids.length === 0 ? before.handled : [...ids, ...missed]);
  return {
    from,
    handled,
    pending,
    // The unread runs started under the old criteria. They must match those too.
    criteria: window.isWhole ? criteria : before.criteria,
  };
}

/** The newest time up to which everything was read, minus the margin. */
function nextFrom(before: PollState, { runs, isWhole, now }: RunWindow): number {
  const times = [...runs.values()].map((run) => createdAtOf(run, before)).sort((a, b) => b - a);
  const [newest] = times;
  // `from` is in the future if Dograh's clock was ahead and is now corrected.
  const min = Math.min(before.from, now);
  if (newest === undefined) return min;
  // If runs are unread, the next poll must read them and not the same ones again.
  const maxRuns = isWhole ? MAX_HANDLED : Math.floor(times.length / 2);
  const tooOld = times[maxRuns] ?? -Infinity;
  const next = Math.max(Math.min(newest, now) - MARGIN_MS, tooOld + 1);
  // Other runs of the same moment as the newest may be unread.
  return Math.max(min, Math.min(next, newest));
}

/** @param createdAt if the list does not contain it */
export function toPending(run: ListedRun, createdAt: number): PendingRun {
  const times = { createdAt: run.createdAt ?? createdAt, checkedAt: 0, completedAt: 0 };
  return { id: run.id, ...times, misses: 0 };
}

export function createdAtOf({ createdAt }: ListedRun, { from }: PollState): number {
  return createdAt ?? from;
}
