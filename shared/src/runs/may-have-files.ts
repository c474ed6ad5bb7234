import type { CallResult } from './call-result';
import type { CallOutcome } from './outcome';

export const NOBODY_ANSWERED: ReadonlySet<CallOutcome | null> = new Set([
  'no_answer',
  'busy',
  'failed',
]);

/** Dograh stores recording and transcript some seconds after the results; its clock may be another than ours. */
const MAX_STORING_MS = 5 * 60_000;

/**
 * Whether a run is over and may have a recording and a transcript. Its addresses do not tell: Dograh gives none
 * before somebody has read the run, and then also of what is not there.
 */
export function mayHaveFiles({ outcome }: CallResult): boolean {
  return outcome !== null && !NOBODY_ANSWERED.has(outcome);
}

/** Whether what is not there may be there soon. */
export function mayBeStoredSoon(run: CallResult, now: number): boolean {
  if (run.outcome === null) return true;
  if (run.started_at === null || !mayHaveFiles(run)) return false;
  const end = Date.parse(run.started_at) + (run.duration_seconds ?? 0) * 1_000;
  return now - end < MAX_STORING_MS;
}
