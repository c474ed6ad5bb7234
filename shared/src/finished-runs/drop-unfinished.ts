import type { Session } from '../connection/session';
import { readPageOfRuns, type RunQuery } from '../runs/list-runs';
import type { ListedRun } from '../runs/listed-run';
import { byDisposition, byDuration } from '../runs/run-filters';
import { isCertainlyFinished, isOld } from './is-finished';
import { isGeneralError } from './is-general-error';

/** Some agents end every call with other words, and the length of an address is limited. */
const MAX_DISPOSITIONS = 10;

/** A page. */
const MAX_UNCERTAIN = 100;

/** What was read of the list. */
export interface ReadRuns {
  readonly runs: readonly ListedRun[];
  /** By Dograh's clock, in milliseconds since 1970. */
  readonly now: number;
  /** Whether one more request fits, if it takes as long as the last one. */
  readonly hasTime: boolean;
}

/** The certainly finished runs, or all runs if none is certain. For examples, an unfinished run is better than none. */
export function certainOrAll(runs: readonly ListedRun[]): readonly ListedRun[] {
  const certain = runs.filter(isCertainlyFinished);
  return certain.length > 0 ? certain : runs;
}

/**
 * Drops the runs whose call may still continue although the disposition is known. After an hour, no run is dropped.
 *
 * The list shows 0 seconds for a running call and for one that ended at once. But a request for the runs with a
 * duration of 0 seconds returns only finished ones. So one request decides about all uncertain runs. The
 * `is_completed` of each run says less: a telephony provider may set it before the results are written.
 * @param query the query that returned the runs
 * @throws AuthenticationError, PermissionDeniedError, CancelledError. After any other error, more runs are dropped.
 */
export async function dropUnfinished(
  { runs, now, hasTime }: ReadRuns,
  query: RunQuery,
  session: Session,
): Promise<readonly ListedRun[]> {
  const isFinished = (run: ListedRun): boolean => isCertainlyFinished(run) || isOld(run, now);
  const uncertain = runs.filter((run) => !isFinished(run));
  if (uncertain.length === 0) return runs;
  const checked = uncertain.slice(0, MAX_UNCERTAIN);
  const finished = hasTime ? await readRunsOf0Seconds(checked, query, session) : [];
  const finishedById = new Map(finished.map((run) => [run.id, run]));
  return runs
    .map((run) => (isFinished(run) ? run : finishedById.get(run.id)))
    .filter((run) => run !== undefined);
}

/** Runs with at most 10 dispositions. A later poll returns the others. */
async function readRunsOf0Seconds(
  uncertain: readonly ListedRun[],
  { filters }: RunQuery,
  session: Session,
): Promise<readonly ListedRun[]> {
  const dispositions = [...new Set(uncertain.map(({ disposition }) => disposition ?? ''))];
  const times = uncertain.map(({ createdAt }) => createdAt ?? 0);
  const query: RunQuery = {
    filters: [...filters, byDuration(0), byDisposition(dispositions.slice(0, MAX_DISPOSITIONS))],
    since: Math.min(...times),
    // Dograh's times have microseconds.
    until: Math.max(...times) + 1,
    tries: 1,
  };
  try {
    return (await readPageOfRuns(query, 1, session)).runs;
  } catch (error) {
    if (isGeneralError(error)) throw error;
    return [];
  }
}
