import type { Session } from '../connection/session';
import { readJson } from '../connection/read';
import type { RunList } from '../contract/types.gen';
import { contractError } from '../errors/contract-error';
import { ContractError } from '../errors/dograh-error';
import { isRecord, type Fields } from '../transport/answer';
import { parseListedRun, type ListedRun } from './listed-run';
import type { RunFilter } from './run-filters';

/** Dograh's maximum. */
const RUNS_PER_PAGE = 100;

export interface RunQuery {
  /** A run must match all of them. */
  readonly filters: readonly RunFilter[];
  /** Created then or later, in milliseconds since 1970, by Dograh's clock. */
  readonly since?: number | undefined;
  /** Created then or before. */
  readonly until?: number | undefined;
  /** Maximum number of requests for each page. */
  readonly tries?: number | undefined;
}

export interface RunPage {
  /** Newest first. */
  readonly runs: readonly ListedRun[];
  readonly totalPages: number;
  /** Dograh's time, in milliseconds since 1970; undefined if the response does not contain it. */
  readonly now: number | undefined;
}

/**
 * The runs of a query, page by page, newest first: also running ones, and those whose call failed. Read no more
 * pages than you need. Runs that start during the reading do not move others to the next page.
 * @param maxPages protects from a server that never sends a last page
 * @throws DograhError; none of them means "no such run"
 */
export async function* pagesOfRuns(
  query: RunQuery,
  maxPages: number,
  session: Session,
): AsyncGenerator<RunPage, void, undefined> {
  let until = query.until;
  for (let page = 1; page <= maxPages; page += 1) {
    const listed = await readPageOfRuns({ ...query, until }, page, session);
    const { runs, totalPages } = listed;
    if (page === 1) until = endOf(runs, query.until);
    yield listed;
    // The count of pages may be outdated. A full page means that another one follows.
    if (page >= totalPages && runs.length < RUNS_PER_PAGE) return;
    if (runs.length === 0) throw contractError('list of runs', session);
  }
  throw new ContractError({
    message: `Dograh lists more than ${maxPages * RUNS_PER_PAGE} runs${named(query)}. That is too many to search.`,
    hint: 'Search in the Dograh dashboard.',
  });
}

/**
 * One page of 100 runs.
 * @param page counted from 1
 * @throws DograhError
 */
export async function readPageOfRuns(
  query: RunQuery,
  page: number,
  session: Session,
): Promise<RunPage> {
  const url = urlOf(query, page, session);
  const request = { url, credential: 'api-key' as const, tries: query.tries };
  const { body, headers } = await readJson(request, session);
  return { ...parsePage(body, session), now: parseDate(headers['date']) };
}

/** The time of the newest run, plus one millisecond because Dograh's times have microseconds. */
function endOf(runs: readonly ListedRun[], until: number | undefined): number | undefined {
  const newest = Math.max(...runs.map(({ createdAt }) => createdAt ?? -Infinity));
  return Number.isFinite(newest) ? Math.min(newest + 1, until ?? Infinity) : until;
}

function urlOf({ filters, since, until }: RunQuery, page: number, session: Session): string {
  const query = new URLSearchParams({
    ...(filters.length === 0 ? {} : { filters: JSON.stringify(filters) }),
    ...(since === undefined ? {} : { start_date: new Date(since).toISOString() }),
    ...(until === undefined ? {} : { end_date: new Date(until).toISOString() }),
    page: String(page),
    limit: String(RUNS_PER_PAGE),
  });
  return `${session.baseUrl.resolve('/organizations/usage/runs')}?${query.toString()}`;
}

function named({ filters }: RunQuery): string {
  const all = filters.map(({ attribute, value }) => `${attribute} ${Object.values(value).join()}`);
  return all.length === 0 ? '' : ` with the ${all.join(' and ')}`;
}

function parsePage(body: unknown, session: Session): Pick<RunPage, 'runs' | 'totalPages'> {
  const { runs, total_pages: totalPages }: Fields<RunList> = isRecord(body) ? body : {};
  const listed: unknown[] = Array.isArray(runs) ? runs : [undefined];
  const parsed = listed
    .map((run) => parseListedRun(run, session.baseUrl))
    .filter((run) => run !== undefined);
  if (typeof totalPages !== 'number' || parsed.length < listed.length) {
    throw contractError('list of runs', session);
  }
  return { runs: parsed, totalPages };
}

/** Milliseconds since 1970; undefined for anything else. */
export function parseDate(header: string | undefined): number | undefined {
  const time = header === undefined ? NaN : Date.parse(header);
  return Number.isNaN(time) ? undefined : time;
}
