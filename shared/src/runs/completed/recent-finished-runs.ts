import type { BaseUrl } from '../../connection/base-url';
import { DograhError } from '../../errors/dograh-error';
import { timeLeft, type Operation } from '../../transport/operation';
import type { CallResult } from '../call-result';
import {
  going,
  ofAgent,
  pagesOfRuns,
  type RunFilter,
  type RunPage,
  type RunQuery,
} from '../list-runs';
import { resultOfListedRun, type ListedRun } from '../listed-run';
import {
  letsThrough,
  readCriteria,
  type FinishedRunFilters,
  type RunCriteria,
} from './run-criteria';

/** A thousand runs. */
const MOST_PAGES = 10;
/** No call lasts longer; a run that began before and has not finished never will. */
const LONGEST_CALL_MS = 24 * 60 * 60_000;

/**
 * The finished runs among the newest, the newest first: for a host that remembers by itself which it has seen.
 * They are all that began within the last day, and some before. So a run that ends hours after others that began
 * later is among them as soon as its disposition is known. A run that Dograh completed without results never is:
 * when it did so, the list does not say.
 *
 * Where there are more than a thousand, or Dograh is too slow to read all of them in time, the oldest are left out.
 * @param mostPages of 100 runs each
 * @throws DograhError
 */
export async function recentFinishedRuns(
  filters: FinishedRunFilters,
  baseUrl: BaseUrl,
  operation: Operation,
  mostPages = MOST_PAGES,
): Promise<readonly CallResult[]> {
  const criteria = await readCriteria(filters, {}, baseUrl, operation);
  const runs = await newestRuns(queryFor(criteria), mostPages, baseUrl, operation);
  return runs
    .filter((run) => run.disposition !== null && letsThrough(criteria, run))
    .map((run) => resultOfListedRun(run));
}

/** What Dograh can look for by itself makes fewer pages. */
function queryFor({ agents, direction }: RunCriteria): RunQuery {
  const [agent, another] = Object.values(agents);
  const filters: RunFilter[] = [];
  if (agent !== undefined && another === undefined) filters.push(ofAgent(agent));
  if (direction !== null) filters.push(going(direction));
  return { filters };
}

/** Each once: a run that Dograh writes down late moves another one to the next page. */
async function newestRuns(
  query: RunQuery,
  mostPages: number,
  baseUrl: BaseUrl,
  operation: Operation,
): Promise<readonly ListedRun[]> {
  const { clock } = operation;
  const runs = new Map<number, ListedRun>();
  let pages = 0;
  let askedAt = clock.now();
  try {
    for await (const page of pagesOfRuns(query, mostPages, baseUrl, operation)) {
      for (const run of page.runs) runs.set(run.id, run);
      pages += 1;
      const took = clock.now() - askedAt;
      if (isLast(page, pages, mostPages, operation) || timeLeft(operation) <= took) break;
      askedAt = clock.now();
    }
  } catch (error) {
    if (pages === 0 || !isTooSlow(error, operation)) throw error;
  }
  return [...runs.values()];
}

function isLast(
  { runs, totalPages, now }: RunPage,
  pages: number,
  mostPages: number,
  { clock }: Operation,
): boolean {
  const since = (now ?? clock.now()) - LONGEST_CALL_MS;
  const isFarBack = runs.some(({ createdAt }) => createdAt !== null && createdAt < since);
  return isFarBack || pages >= totalPages || pages >= mostPages;
}

/** Less would be left than a request needs. */
const SHORTEST_MS = 1_000;

function isTooSlow(error: unknown, operation: Operation): boolean {
  return (
    error instanceof DograhError && error.kind === 'Network' && timeLeft(operation) < SHORTEST_MS
  );
}
