import { DograhError } from '../errors/dograh-error';
import { timeLeft, type Session } from '../connection/session';
import type { CallResult } from '../runs/call-result';
import {
  going,
  ofAgent,
  pagesOfRuns,
  type RunFilter,
  type RunPage,
  type RunQuery,
} from '../runs/list-runs';
import { resultOfListedRun, type ListedRun } from '../runs/listed-run';
import { certainOrAll, withoutUnfinished, type NewestRuns } from './drop-unfinished';
import { letsThrough, readCriteria, type FinishedRunFilters, type RunCriteria } from './filters';

/** All that a host has to know of, or a few to show somebody what they look like. */
export type WantedRuns = 'all' | 'examples';

/** A thousand runs, and a hundred. */
const MAX_PAGES: Readonly<Record<WantedRuns, number>> = { all: 10, examples: 1 };
/** Far longer than a call lasts; a run that began before and has not finished is not waited for. */
const MAX_CALL_MS = 24 * 60 * 60_000;

/**
 * The finished runs among the newest, the newest first: for a host that remembers by itself which it has seen.
 * They are all that began within the last day, and some before. So a run that ends hours after others that began
 * later is among them as soon as what came of it is written down. Until then, one whose disposition is known already
 * is not, unless it began more than an hour ago. A run that Dograh completed without a disposition never is: when it
 * did so, the list does not say.
 *
 * Where there are more than a thousand, or Dograh is too slow to read all of them in time, the oldest are left out.
 * @throws DograhError
 */
export async function recentFinishedRuns(
  filters: FinishedRunFilters,
  wanted: WantedRuns,
  session: Session,
): Promise<readonly CallResult[]> {
  const criteria = await readCriteria(filters, {}, session);
  const query = queryFor(criteria);
  const newest = await newestRuns(query, MAX_PAGES[wanted], session);
  const isWanted = (run: ListedRun): boolean =>
    run.disposition !== null && letsThrough(criteria, run);
  const runs = newest.runs.filter(isWanted);
  const finished =
    wanted === 'examples'
      ? certainOrAll(runs)
      : await withoutUnfinished({ ...newest, runs }, query, session);
  return finished.filter(isWanted).map((run) => resultOfListedRun(run));
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
  maxPages: number,
  session: Session,
): Promise<NewestRuns> {
  const { clock } = session;
  const runs = new Map<number, ListedRun>();
  let pages = 0;
  let askedAt = clock.now();
  let now = askedAt;
  let hasTime = true;
  try {
    for await (const page of pagesOfRuns(query, maxPages, session)) {
      for (const run of page.runs) runs.set(run.id, run);
      pages += 1;
      now = page.now ?? clock.now();
      hasTime = timeLeft(session) > clock.now() - askedAt;
      if (!hasTime || isLast(page, pages, maxPages, now)) break;
      askedAt = clock.now();
    }
  } catch (error) {
    if (pages === 0 || !isTooSlow(error, session)) throw error;
    hasTime = false;
  }
  return { runs: [...runs.values()], now, hasTime };
}

function isLast(
  { runs, totalPages }: RunPage,
  pages: number,
  maxPages: number,
  now: number,
): boolean {
  const since = now - MAX_CALL_MS;
  const isFarBack = runs.some(({ createdAt }) => createdAt !== null && createdAt < since);
  return isFarBack || pages >= totalPages || pages >= maxPages;
}

/** Less would be left than a request needs. */
const MIN_REQUEST_MS = 1_000;

function isTooSlow(error: unknown, session: Session): boolean {
  return (
    error instanceof DograhError && error.kind === 'Network' && timeLeft(session) < MIN_REQUEST_MS
  );
}
