import type { RunResult } from './call-result';
import type { CallOutcome } from './outcome';

export const NOT_ANSWERED: ReadonlySet<CallOutcome | null> = new Set([
  'no_answer',
  'busy',
  'failed',
]);

/** Dograh stores recording and transcript some seconds after the results. Its clock may differ from ours. */
const MAX_STORING_MS = 5 * 60_000;

/**
 * Whether a run is finished and may have a recording and a transcript. Their addresses do not show this: Dograh
 * creates them when the run is read for the first time, even if there are no files.
 */
export function mayHaveFiles({ outcome }: RunResult): boolean {
  return outcome !== null && !NOT_ANSWERED.has(outcome);
}

/** Whether a missing file may be stored soon. */
export function mayBeStoredSoon(run: RunResult, now: number): boolean {
  if (run.outcome === null) return true;
  if (run.started_at === null || !mayHaveFiles(run)) return false;
  const end = Date.parse(run.started_at) + (run.duration_seconds ?? 0) * 1_000;
  return now - end < MAX_STORING_MS;
}
