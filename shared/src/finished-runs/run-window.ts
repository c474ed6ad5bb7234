import { contractError } from '../errors/contract-error';
import { timeLeft, type Session } from '../connection/session';
import { readPageOfRuns, type RunPage } from '../runs/list-runs';
import type { ListedRun } from '../runs/listed-run';

/** A stretch of the list of runs that has no gap. */
export interface RunWindow {
  /** Each once, in no order. */
  readonly runs: ReadonlyMap<number, ListedRun>;
  /** Whether there are none but these; otherwise there are newer ones, for which there was no time. */
  readonly isWhole: boolean;
  /** Dograh's own time, in milliseconds since 1970. */
  readonly now: number;
}

/** The beginning of one: the newest page. */
export interface OpenWindow {
  readonly since: number;
  readonly first: RunPage;
  /** How many pages may be read in all. */
  readonly maxPages: number;
}

/** Pages that may come to be while others are read, for runs that Dograh writes down late. */
const LATE_PAGES = 2;

/** Looks how many runs were created since then; `maxPages` are fewer where Dograh is too slow for so many. */
export async function openWindow(
  since: number,
  maxPages: number,
  session: Session,
): Promise<OpenWindow> {
  const startedAt = session.clock.now();
  const first = await readPageOfRuns({ filters: [], since }, 1, session);
  const took = session.clock.now() - startedAt;
  return { since, first, maxPages: Math.min(maxPages, pagesWithin(timeLeft(session), took)) };
}

/** All runs of the window; where they are too many the oldest of them, so that the next poll can go on there. */
export async function readWindow(
  { since, first, maxPages }: OpenWindow,
  session: Session,
): Promise<RunWindow> {
  const start = Math.max(1, first.totalPages - maxPages + 1);
  const pages = start === 1 ? [first] : [];
  // Later runs would move everything on to other pages.
  const query = { filters: [], since, until: newestOf(first.runs) };
  let totalPages = first.totalPages;
  // From the newer to the older: a run that Dograh writes down late moves others to pages that are yet to be read.
  for (let page = start + pages.length; page <= totalPages; page += 1) {
    if (page > first.totalPages + LATE_PAGES) {
      throw contractError(`The list of runs that ${session.baseUrl.host} answered`);
    }
    const next = await readPageOfRuns(query, page, session);
    totalPages = next.totalPages;
    pages.push(next);
  }
  const runs = pages.flatMap((page) => page.runs);
  return {
    runs: new Map(runs.map((run) => [run.id, run])),
    isWhole: start === 1,
    now: first.now ?? session.clock.now(),
  };
}

/** The last page may hold but one run, which was seen before: a poll that reads no more would never get on. */
const MIN_PAGES = 2;

/** Half of the time is for what comes after. */
function pagesWithin(timeMs: number, msPerPage: number): number {
  return Math.max(MIN_PAGES, Math.floor(timeMs / 2 / Math.max(1, msPerPage)));
}

/** Dograh's times are finer than ours: a millisecond later, and the run itself is within. */
function newestOf(runs: readonly ListedRun[]): number | undefined {
  const times = runs.map(({ createdAt }) => createdAt).filter((time) => time !== null);
  return times.length === 0 ? undefined : Math.max(...times) + 1;
}
