import { NotFoundError } from '../errors/dograh-error';
import type { Session } from '../connection/session';
import type { ListedRun } from '../runs/listed-run';
import { isCertainlyOver, isLongPast } from './is-finished';
import { isGeneral } from './is-general-error';
import { MAX_WRITING_MS, findRun, readRunState } from '../runs/read-run';
import type { PendingRun } from './poll-state';

/** How many runs a poll asks about one by one, at most. */
const MAX_CHECKS = 20;
/** After so long a run that shows no results is asked whether it is completed without any. */
const LONG_CALL_MS = 10 * 60_000;

/** How often in a row Dograh may know nothing of a run before it counts as deleted. */
const MAX_MISSES = 5;

export interface Looked {
  /** Those that are over, some of them without results. */
  readonly finished: readonly ListedRun[];
  readonly pending: readonly PendingRun[];
}

/**
 * Asks one by one about the pending runs that the list did not show, and about those that take long; where there
 * are many, about those first that were not asked about for the longest time.
 * @param listed what the list showed
 * @param now by Dograh's clock
 */
export async function lookAtPending(
  pending: readonly PendingRun[],
  listed: ReadonlyMap<number, ListedRun>,
  now: number,
  session: Session,
): Promise<Looked> {
  const due = pending
    .filter((run) => isLong(run, now) || listed.get(run.id)?.disposition !== null)
    .sort((one, other) => one.lookedAt - other.lookedAt || one.createdAt - other.createdAt)
    .slice(0, MAX_CHECKS);
  const finished: ListedRun[] = [];
  const still = new Map(pending.map((run) => [run.id, run]));
  for (const run of due) {
    const look = await lookAt(run, listed.get(run.id), now, session);
    if (look.pending === undefined) still.delete(run.id);
    else still.set(run.id, look.pending);
    if (look.finished !== undefined) finished.push(look.finished);
  }
  return { finished, pending: [...still.values()] };
}

function isLong({ createdAt }: PendingRun, now: number): boolean {
  return now - createdAt > LONG_CALL_MS;
}

interface Look {
  readonly finished?: ListedRun;
  readonly pending?: PendingRun;
}

async function lookAt(
  run: PendingRun,
  listed: ListedRun | undefined,
  now: number,
  session: Session,
): Promise<Look> {
  const lookedAt = session.clock.now();
  try {
    const found = listed ?? (await findRun(run.id, session));
    if (isCertainlyOver(found)) return { finished: found };
    const isDecided = found.disposition !== null;
    if (!isLong(run, now) && !isDecided) return { pending: { ...run, lookedAt, misses: 0 } };
    const { isCompleted, hasResults } = await readRunState(found, session);
    if (isCompleted && hasResults) return { finished: await findRun(run.id, session) };
    const completedAt = isCompleted ? run.completedAt || lookedAt : 0;
    const isLate = lookedAt - completedAt >= MAX_WRITING_MS || (isDecided && isLongPast(run, now));
    // Its results may have been written a moment ago.
    if (isCompleted && isLate) return { finished: await findRun(run.id, session) };
    return { pending: { ...run, lookedAt, completedAt, misses: 0 } };
  } catch (error) {
    return afterFault(error, { ...run, lookedAt }, listed !== undefined);
  }
}

/** One run that cannot be read must not hold up all others: it is asked about again later. */
function afterFault(error: unknown, run: PendingRun, isListed: boolean): Look {
  if (isGeneral(error)) throw error;
  if (!(error instanceof NotFoundError) || isListed) return { pending: run };
  // Dograh's list may lack it for a while.
  const misses = run.misses + 1;
  return misses < MAX_MISSES ? { pending: { ...run, misses } } : {};
}
