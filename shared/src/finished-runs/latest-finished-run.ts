import type { Session } from '../connection/session';
import type { CallResult } from '../runs/call-result';
import { readPageOfRuns } from '../runs/list-runs';
import { resultOfListedRun, type ListedRun } from '../runs/listed-run';
import { isCertainlyOver } from './is-finished';
import { letsThrough, readCriteria, type FinishedRunFilters } from './filters';

const MAX_PAGES = 3;

/**
 * The newest of the finished runs that the filters let through, to see what one looks like; undefined where there
 * is none among the last 300 runs. One that may go on, though its disposition is known, only where there is no other.
 * @throws DograhError
 */
export async function latestFinishedRun(
  filters: FinishedRunFilters,
  session: Session,
): Promise<CallResult | undefined> {
  const criteria = await readCriteria(filters, {}, session);
  let doubtful: ListedRun | undefined;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { runs, totalPages } = await readPageOfRuns({ filters: [] }, page, session);
    const ended = runs.filter((run) => run.disposition !== null && letsThrough(criteria, run));
    const over = ended.find(isCertainlyOver);
    if (over !== undefined) return resultOfListedRun(over);
    doubtful ??= ended[0];
    if (page >= totalPages) break;
  }
  return doubtful === undefined ? undefined : resultOfListedRun(doubtful);
}
