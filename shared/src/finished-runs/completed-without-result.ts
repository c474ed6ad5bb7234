import { timeLeft, type Session } from '../connection/session';
import type { ListedRun } from '../runs/listed-run';
import { MAX_WRITING_MS, mayBeWrittenSoon, readRunState } from '../runs/read-run';
import { isGeneralError } from './is-general-error';

/** How many runs are checked at the same time. */
const MAX_AT_ONCE = 5;
/** With less time left, the runs that were found must be returned. */
const MIN_LEFT_MS = 5_000;

/**
 * The runs that Dograh completed without a result, for example because it never connected its agent. The list does not
 * show that they are over, so each of them needs a request. A run is not returned while its result may still be written.
 * @param runs that are due for a check. If there is too little time for all of them, the last ones are not checked.
 * @param now by Dograh's clock, in milliseconds since 1970
 * @throws AuthenticationError, PermissionDeniedError, CancelledError. After any other error, a run is left out.
 */
export async function completedWithoutResult(
  runs: readonly ListedRun[],
  now: number,
  session: Session,
): Promise<readonly ListedRun[]> {
  const found: ListedRun[] = [];
  for (let start = 0; start < runs.length; start += MAX_AT_ONCE) {
    if (timeLeft(session) < MIN_LEFT_MS) break;
    const some = runs.slice(start, start + MAX_AT_ONCE);
    const isOver = await Promise.all(some.map((run) => isOverWithoutResult(run, now, session)));
    found.push(...some.filter((_, index) => isOver[index]));
  }
  return found;
}

/** Whether a run without a disposition is old enough to be over without a result. */
export function isDueForCheck({ createdAt }: ListedRun, now: number): boolean {
  return now - (createdAt ?? now) >= MAX_WRITING_MS;
}

async function isOverWithoutResult(
  run: ListedRun,
  now: number,
  session: Session,
): Promise<boolean> {
  try {
    const state = await readRunState(run, session);
    return state.isCompleted && !state.hasDisposition && !mayBeWrittenSoon(state, now);
  } catch (error) {
    if (isGeneralError(error)) throw error;
    return false;
  }
}
