import type { BaseUrl } from '../../connection/base-url';
import type { Operation } from '../../transport/operation';
import type { CallResult } from '../call-result';
import { readPageOfRuns } from '../list-runs';
import { resultOfListedRun } from '../listed-run';
import { letsThrough, readCriteria, type FinishedRunFilters } from './run-criteria';

const MOST_PAGES = 3;

/**
 * The newest of the finished runs that the filters let through, to see what one looks like; undefined where there
 * is none among the last 300 runs.
 * @throws DograhError
 */
export async function latestFinishedRun(
  filters: FinishedRunFilters,
  baseUrl: BaseUrl,
  operation: Operation,
): Promise<CallResult | undefined> {
  const criteria = await readCriteria(filters, {}, baseUrl, operation);
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { runs, totalPages } = await readPageOfRuns({ filters: [] }, page, baseUrl, operation);
    const found = runs.find((run) => run.disposition !== null && letsThrough(criteria, run));
    if (found !== undefined) return resultOfListedRun(found);
    if (page >= totalPages) return undefined;
  }
  return undefined;
}
