import { timeLeft, type Session } from '../connection/session';
import { DograhError } from '../errors/dograh-error';
import type { RunResult } from '../runs/call-result';
import { pagesOfRuns, type RunPage, type RunQuery } from '../runs/list-runs';
import { resultOfListedRun, type ListedRun } from '../runs/listed-run';
import { byAgent, byDirection, byPhone, type RunFilter } from '../runs/run-filters';
import { completedWithoutResult } from './completed-without-result';
import { certainOrAll, dropUnfinished, type NewestRuns } from './drop-unfinished';
import { matches, readCriteria, type FinishedRunFilters, type RunCriteria } from './filters';

/** All runs that a host needs, or a few examples. */
export type WantedRuns = 'all' | 'examples';

/** Pages of 100 runs. */
const MAX_PAGES: Readonly<Record<WantedRuns, number>> = { all: 10, examples: 1 };
/** Far longer than any call. The result of an older unfinished run is not awaited. */
const MAX_CALL_MS = 24 * 60 * 60_000;

/**
 * The newest finished runs, newest first, for a host that remembers which runs it handled. All runs of the last day
 * are read. So a run that ends hours after newer ones is returned as soon as its results are written, or an hour after
 * its start if only its disposition is. Of the runs that Dograh completed without a disposition, those among the newest
 * unfinished ones are returned.
 *
 * If there are more than 1,000, or Dograh is too slow to read all in time, the oldest are missing.
 * @throws DograhError
 */
export async function recentFinishedRuns(
  filters: FinishedRunFilters,
  wanted: WantedRuns,
  session: Session,
): Promise<readonly RunResult[]> {
  const criteria = await readCriteria(filters, {}, session);
  const query = queryFor(criteria);
  const newest = await readNewestRuns(query, MAX_PAGES[wanted], session);
  const withDisposition = newest.runs.filter(({ disposition }) => disposition !== null);
  const runs = withDisposition.filter((run) => matches(criteria, run));
  if (wanted === 'examples') return certainOrAll(runs).map((run) => resultOfListedRun(run));
  const finished = await dropUnfinished({ ...newest, runs }, query, session);
  const results = finished
    .filter((run) => matches(criteria, run))
    .map((run) => resultOfListedRun(run));
  const others = await withoutDisposition(newest, criteria, session);
  const byId = new Map([...results, ...others].map((result) => [result.workflow_run_id, result]));
  return newest.runs.flatMap(({ id }) => byId.get(id) ?? []);
}

/** The results of runs without a disposition that are over. */
async function withoutDisposition(
  { runs, now, hasTime }: NewestRuns,
  criteria: RunCriteria,
  session: Session,
): Promise<readonly RunResult[]> {
  const asOver = (run: ListedRun): RunResult =>
    resultOfListedRun(run, undefined, { isCompleted: true });
  const wanted = runs
    .filter(({ disposition }) => disposition === null)
    .filter((run) => matches(criteria, run, asOver(run)));
  const failed = wanted.filter((run) => resultOfListedRun(run).outcome !== null);
  const others = wanted.filter((run) => !failed.includes(run));
  const over = hasTime ? await completedWithoutResult(others, now, session) : [];
  return [...failed, ...over].map(asOver);
}

/** Filters of Dograh itself, which make fewer pages. */
function queryFor({ agents, direction, onlyPhoneCalls }: RunCriteria): RunQuery {
  const [agent, another] = Object.values(agents);
  const filters: RunFilter[] = [];
  if (agent !== undefined && another === undefined) filters.push(byAgent(agent));
  if (onlyPhoneCalls) filters.push(byPhone());
  if (direction !== null) filters.push(byDirection(direction));
  return { filters };
}

/** Each run once: a run written late moves another one to the next page. */
async function readNewestRuns(
  query: RunQuery,
  maxPages: number,
  session: Session,
): Promise<NewestRuns> {
  const { clock } = session;
  const runs = new Map<number, ListedRun>();
  let pages = 0;
  let sentAt = clock.now();
  let now = sentAt;
  let hasTime = true;
  try {
    for await (const page of pagesOfRuns(query, maxPages, session)) {
      for (const run of page.runs) runs.set(run.id, run);
      pages += 1;
      now = page.now ?? clock.now();
      hasTime = timeLeft(session) > clock.now() - sentAt;
      if (!hasTime || isLast(page, pages, maxPages, now)) break;
      sentAt = clock.now();
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

/** Less time than this is not enough for a request. */
const MIN_REQUEST_MS = 1_000;

function isTooSlow(error: unknown, session: Session): boolean {
  return (
    error instanceof DograhError && error.kind === 'Network' && timeLeft(session) < MIN_REQUEST_MS
  );
}
