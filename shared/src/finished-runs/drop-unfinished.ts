import type { Session } from '../connection/session';
import { endedAs, lasting, readPageOfRuns, type RunQuery } from '../runs/list-runs';
import type { ListedRun } from '../runs/listed-run';
import { isCertainlyOver, isLongPast } from './is-finished';
import { isGeneral } from './is-general-error';

/** Some agents put the end of every call into other words, and an address may only be so long. */
const MAX_DISPOSITIONS = 10;

/** The newest first. */
export interface NewestRuns {
  readonly runs: readonly ListedRun[];
  /** By Dograh's clock, in milliseconds since 1970. */
  readonly now: number;
  /** Whether there is any for one more request, if it takes as long as the last one. */
  readonly hasTime: boolean;
}

/** Those that are certainly over. Whoever only wants to see what a run looks like gets one that may go on rather than none. */
export function certainOrAll(runs: readonly ListedRun[]): readonly ListedRun[] {
  const certain = runs.filter(isCertainlyOver);
  return certain.length > 0 ? certain : runs;
}

/**
 * Leaves out the runs that may go on though their disposition is known. Nothing that is over is left out for longer
 * than an hour from its beginning, for then every run counts as over.
 *
 * The list shows 0 seconds both of a call that goes on and of one that was over at once; but when Dograh is asked for
 * the runs that lasted 0 seconds, it knows which of them have a length. So it is one request for all of them, and
 * none where there is no doubt. Each run's own `is_completed` would say less: a telephony provider may set it before
 * the results are written.
 * @param query that they came from
 * @throws AuthenticationError, PermissionDeniedError, CancelledError; any other fault only leaves out more
 */
export async function withoutUnfinished(
  { runs, now, hasTime }: NewestRuns,
  query: RunQuery,
  session: Session,
): Promise<readonly ListedRun[]> {
  const isOver = (run: ListedRun): boolean => isCertainlyOver(run) || isLongPast(run, now);
  const doubtful = runs.filter((run) => !isOver(run));
  if (doubtful.length === 0) return runs;
  const over = hasTime ? await thatLasted0Seconds(doubtful, query, session) : [];
  const asTheyAreNow = new Map(over.map((run) => [run.id, run]));
  return runs
    .map((run) => (isOver(run) ? run : asTheyAreNow.get(run.id)))
    .filter((run) => run !== undefined);
}

/** A hundred runs of ten dispositions at most; the others are given later. */
async function thatLasted0Seconds(
  doubtful: readonly ListedRun[],
  { filters }: RunQuery,
  session: Session,
): Promise<readonly ListedRun[]> {
  const dispositions = new Set(doubtful.map(({ disposition }) => disposition ?? ''));
  const times = doubtful.map(({ createdAt }) => createdAt ?? 0);
  const query: RunQuery = {
    filters: [...filters, lasting(0), endedAs([...dispositions].slice(0, MAX_DISPOSITIONS))],
    since: Math.min(...times),
    // Dograh's times are finer than ours.
    until: Math.max(...times) + 1,
    tries: 1,
  };
  try {
    return (await readPageOfRuns(query, 1, session)).runs;
  } catch (error) {
    if (isGeneral(error)) throw error;
    return [];
  }
}
