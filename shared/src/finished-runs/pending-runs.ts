import type { Session } from '../connection/session';
import { NotFoundError } from '../errors/dograh-error';
import type { ListedRun } from '../runs/listed-run';
import { findRun, MAX_WRITING_MS, readRunState } from '../runs/read-run';
import { isCertainlyFinished, isOld } from './is-finished';
import { isGeneralError } from './is-general-error';
import type { PendingRun } from './poll-state';

/** How many runs one poll checks. */
const MAX_CHECKS = 20;
/** A run of this age is checked, because Dograh may have completed it without results. */
const LONG_CALL_MS = 60_000;
/** A run that Dograh does not find this often in a row counts as deleted. */
const MAX_MISSES = 5;

/**
 * Checks one by one the pending runs that the list does not show, and the long ones. If there are too many, those
 * whose last check is the longest ago come first.
 * @param listed the runs in the list
 * @param isWanted whether a run is awaited at all
 * @param now by Dograh's clock
 * @returns the finished runs, some of them without results, and the rest
 */
export async function checkPendingRuns(
  pending: readonly PendingRun[],
  listed: ReadonlyMap<number, ListedRun>,
  now: number,
  isWanted: (run: ListedRun) => boolean,
  session: Session,
): Promise<{ readonly finished: readonly ListedRun[]; readonly pending: readonly PendingRun[] }> {
  const due = pending
    .filter((run) => isLong(run, now) || listed.get(run.id)?.disposition !== null)
    .sort((one, other) => one.checkedAt - other.checkedAt || one.createdAt - other.createdAt)
    .slice(0, MAX_CHECKS);
  const finished: ListedRun[] = [];
  const rest = new Map(pending.map((run) => [run.id, run]));
  for (const run of due) {
    const checked = await check(run, listed.get(run.id), now, isWanted, session);
    if (checked.pending === undefined) rest.delete(run.id);
    else rest.set(run.id, checked.pending);
    if (checked.finished !== undefined) finished.push(checked.finished);
  }
  return { finished, pending: [...rest.values()] };
}

function isLong({ createdAt }: PendingRun, now: number): boolean {
  return now - createdAt > LONG_CALL_MS;
}

/** Neither of them if the run was deleted or is not wanted. */
interface Checked {
  readonly finished?: ListedRun;
  readonly pending?: PendingRun;
}

async function check(
  run: PendingRun,
  listed: ListedRun | undefined,
  now: number,
  isWanted: (run: ListedRun) => boolean,
  session: Session,
): Promise<Checked> {
  const checkedAt = session.clock.now();
  try {
    const found = listed ?? (await findRun(run.id, session));
    if (!isWanted(found)) return {};
    if (isCertainlyFinished(found)) return { finished: found };
    const hasDisposition = found.disposition !== null;
    if (!isLong(run, now) && !hasDisposition) return { pending: { ...run, checkedAt, misses: 0 } };
    const { isCompleted, hasResults } = await readRunState(found, session);
    const completedAt = isCompleted ? run.completedAt || checkedAt : 0;
    const isLate = checkedAt - completedAt >= MAX_WRITING_MS || (hasDisposition && isOld(run, now));
    // Read again: Dograh may have written the results a moment ago.
    if (isCompleted && (hasResults || isLate)) return { finished: await findRun(run.id, session) };
    return { pending: { ...run, checkedAt, completedAt, misses: 0 } };
  } catch (error) {
    return afterError(error, { ...run, checkedAt }, listed !== undefined);
  }
}

/** If one run cannot be read, the others must not wait. A later poll checks it again. */
function afterError(error: unknown, run: PendingRun, isListed: boolean): Checked {
  if (isGeneralError(error)) throw error;
  if (!(error instanceof NotFoundError) || isListed) return { pending: run };
  // The list may lack it for a while.
  const misses = run.misses + 1;
  return misses < MAX_MISSES ? { pending: { ...run, misses } } : {};
}
