import type { RunList } from '../contract/types.gen';
import { ContractError } from '../errors/dograh-error';
import { contractError } from '../errors/contract-error';
import { isRecord, type Fields } from '../transport/answer';
import type { Session } from '../connection/session';
import { readJson } from '../connection/read';
import { parseListedRun, type ListedRun } from './listed-run';

/** Dograh gives no more at once. */
const RUNS_PER_PAGE = 100;

/** What Dograh can look for; the numbers find every number that contains the given one. */
export type RunFilter =
  | {
      readonly attribute: 'calledNumber' | 'callerNumber';
      readonly type: 'text';
      readonly value: { readonly value: string };
    }
  | {
      readonly attribute: 'runId' | 'workflowId';
      readonly type: 'number';
      readonly value: { readonly value: number };
    }
  | {
      readonly attribute: 'callDirection';
      readonly type: 'radio';
      readonly value: { readonly status: 'inbound' | 'outbound' };
    }
  | {
      readonly attribute: 'duration';
      readonly type: 'numberRange';
      readonly value: { readonly min: number; readonly max: number };
    }
  | {
      readonly attribute: 'dispositionCode';
      readonly type: 'multiSelect';
      readonly value: { readonly codes: readonly string[] };
    };

export interface RunQuery {
  /** All of them hold. */
  readonly filters: readonly RunFilter[];
  /** Created then or later, in milliseconds since 1970, by Dograh's clock. */
  readonly since?: number | undefined;
  /** Created then or before. */
  readonly until?: number | undefined;
  /** How often each page is asked for, at most. */
  readonly tries?: number | undefined;
}

export interface RunPage {
  /** The newest first. */
  readonly runs: readonly ListedRun[];
  readonly totalPages: number;
  /** Dograh's own time, in milliseconds since 1970; undefined where its answer does not say. */
  readonly now: number | undefined;
}

/**
 * The runs that a query lets through, page by page, the newest first: running ones, too, and those whose call
 * failed. Take no more pages than you need. Runs that begin meanwhile push no others from one page to the next.
 * @param maxPages a server that never comes to its last page must not be asked for ever
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
    if (page === 1) until = notAfter(runs, query.until);
    yield listed;
    // A full page is followed by another, whatever the count says.
    if (page >= totalPages && runs.length < RUNS_PER_PAGE) return;
    if (runs.length === 0)
      throw contractError(`The list of runs that ${session.baseUrl.host} answered`);
  }
  throw new ContractError({
    message: `Dograh lists more runs than can be looked through: more than ${maxPages * RUNS_PER_PAGE}${named(query)}.`,
    hint: 'Look in the Dograh dashboard.',
  });
}

/**
 * One page of them, 100 runs, counted from 1.
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
  return { ...parsePage(body, session), now: timeIn(headers['date']) };
}

/** By the newest run rather than by any clock, and up, for Dograh counts microseconds. */
function notAfter(runs: readonly ListedRun[], until: number | undefined): number | undefined {
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

function parsePage(
  body: unknown,
  session: Session,
): { readonly runs: readonly ListedRun[]; readonly totalPages: number } {
  const { runs, total_pages: totalPages }: Fields<RunList> = isRecord(body) ? body : {};
  const parsed = Array.isArray(runs) ? runs.map(parseListedRun) : [undefined];
  const understood = parsed.filter((run) => run !== undefined);
  if (typeof totalPages === 'number' && understood.length === parsed.length) {
    return { runs: understood, totalPages };
  }
  throw contractError(`The list of runs that ${session.baseUrl.host} answered`);
}

function timeIn(date: string | undefined): number | undefined {
  const time = date === undefined ? NaN : Date.parse(date);
  return Number.isNaN(time) ? undefined : time;
}

/** For runs to a number, and to those that contain it. */
export function calledNumber(number: string): RunFilter {
  return { attribute: 'calledNumber', type: 'text', value: { value: number } };
}

/** The same for runs from a number. */
export function callerNumber(number: string): RunFilter {
  return { attribute: 'callerNumber', type: 'text', value: { value: number } };
}

/** For runs of an agent, by Dograh's number of it. */
export function ofAgent(agentId: number): RunFilter {
  return { attribute: 'workflowId', type: 'number', value: { value: agentId } };
}

/** For calls that the agents make, or that they take. */
export function going(direction: 'inbound' | 'outbound'): RunFilter {
  return { attribute: 'callDirection', type: 'radio', value: { status: direction } };
}

/** For runs whose length Dograh has written down, and it is so many seconds. A call that goes on has none yet. */
export function lasting(seconds: number): RunFilter {
  return { attribute: 'duration', type: 'numberRange', value: { min: seconds, max: seconds } };
}

/** For runs with one of these dispositions. */
export function endedAs(dispositions: readonly string[]): RunFilter {
  return { attribute: 'dispositionCode', type: 'multiSelect', value: { codes: dispositions } };
}

/** For the one run. */
export function withId(runId: number): RunFilter {
  return { attribute: 'runId', type: 'number', value: { value: runId } };
}
