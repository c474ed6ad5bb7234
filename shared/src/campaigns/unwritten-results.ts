import type { Session } from '../connection/session';
import { isGeneralError } from '../finished-runs/is-general-error';
import { whyNeverPlaced, type ListedRun } from '../runs/listed-run';
import { findRun, mayBeWrittenSoon, readRunState } from '../runs/read-run';

/** How many runs are read one by one. */
export const MAX_CHECKS = 20;
/** After this time, results that are missing never come. */
const MAX_WRITING_MS = 60 * 60_000;

/**
 * Whether the results of a run that is over may still be written. Dograh writes them some seconds after the call, or
 * never.
 */
export function mayBeUnwritten(run: ListedRun, now: number): boolean {
  const { disposition, createdAt } = run;
  const isRecent = createdAt !== null && now - createdAt < MAX_WRITING_MS;
  return isRecent && disposition === null && whyNeverPlaced(run) === null;
}

/**
 * The run as it is now. Undefined while its results may still be written, and if it cannot be read.
 * @throws AuthenticationError, PermissionDeniedError, CancelledError
 */
export async function readWritten(
  { id }: ListedRun,
  now: number,
  session: Session,
): Promise<ListedRun | undefined> {
  try {
    const run = await findRun(id, session);
    if (run.disposition !== null) return run;
    const state = await readRunState(run, session);
    return state.isCompleted && !mayBeWrittenSoon(state, now) ? run : undefined;
  } catch (error) {
    if (isGeneralError(error)) throw error;
    return undefined;
  }
}
