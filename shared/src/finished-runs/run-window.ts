import { timeLeft, type Session } from '../connection/session';
import { contractError } from '../errors/contract-error';
import { readPageOfRuns, type RunPage, type RunQuery } from '../runs/list-runs';
import type { ListedRun } from '../runs/listed-run';

/** A part of the list of runs without gaps. */
export interface RunWindow {
  /** By ID, in no order. */
  readonly runs: ReadonlyMap<number, ListedRun>;
  /** False if there was no time to read the newest runs. */
  readonly isWhole: boolean;
  /** By Dograh's clock, in milliseconds since 1970. */
  readonly now: number;
}

/** The runs that match these filters and were created at this time or later. */
export type WindowQuery = Pick<RunQuery, 'filters'> & { readonly since: number };

/** How many pages of 100 runs may be read, however fast or slow Dograh is. */
export interface PageLimits {
  readonly min: number;
  readonly max: number;
}

/** A window of which only the newest page is read. */
export interface OpenWindow {
  readonly query: WindowQuery;
  readonly first: RunPage;
  /** Maximum number of pages to read. */
  readonly maxPages: number;
  /** How long the first page took. */
  readonly msPerPage: number;
}

/** New pages that runs written late may cause during the reading. */
const MAX_LATE_PAGES = 2;

/** Reads the newest page of a window. If Dograh is slow, `maxPages` gets smaller. */
export async function openWindow(
  query: WindowQuery,
  { min, max }: PageLimits,
  session: Session,
): Promise<OpenWindow> {
  const startedAt = session.clock.now();
  const first = await readPageOfRuns(query, 1, session);
  const msPerPage = session.clock.now() - startedAt;
  const maxPages = Math.min(max, Math.max(min, pagesWithin(timeLeft(session), msPerPage)));
  return { query, first, maxPages, msPerPage };
}

/** All runs of the window. If there are too many, the oldest ones: the next poll continues after them. */
export async function readWindow(
  { query, first, maxPages }: OpenWindow,
  session: Session,
): Promise<RunWindow> {
  const start = Math.max(1, first.totalPages - maxPages + 1);
  const pages = start === 1 ? [first] : [];
  // Runs that start during the reading would move the others to later pages.
  const bounded = { ...query, until: newestOf(first.runs) };
  let totalPages = first.totalPages;
  // From new to old: a run written late moves others to pages that are still unread.
  for (let page = start + pages.length; page <= totalPages; page += 1) {
    if (page > first.totalPages + MAX_LATE_PAGES) {
      throw contractError('list of runs', session);
    }
    const next = await readPageOfRuns(bounded, page, session);
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

/** Half of the time is for the requests after these. */
function pagesWithin(timeMs: number, msPerPage: number): number {
  return Math.floor(timeMs / 2 / Math.max(1, msPerPage));
}

/** One millisecond more, because Dograh's times have microseconds. */
function newestOf(runs: readonly ListedRun[]): number | undefined {
  const times = runs.map(({ createdAt }) => createdAt).filter((time) => time !== null);
  return times.length === 0 ? undefined : Math.max(...times) + 1;
}
