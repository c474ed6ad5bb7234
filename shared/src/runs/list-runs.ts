import type { BaseUrl } from '../connection/base-url';
import type { RunList } from '../contract/types.gen';
import { ContractError } from '../errors/dograh-error';
import { notUnderstood } from '../errors/not-understood';
import { isRecord, type Fields } from '../errors/read-answer';
import type { Operation } from '../transport/operation';
import { readJson } from '../transport/read';
import { parseListedRun, type ListedRun } from './listed-run';

/** Dograh gives no more at once. */
const RUNS_PER_PAGE = 100;

/** What Dograh can look for; `calledNumber` finds every number that contains the given one. */
export type RunFilter =
  | { readonly attribute: 'calledNumber'; readonly type: 'text'; readonly value: { value: string } }
  | { readonly attribute: 'runId'; readonly type: 'number'; readonly value: { value: number } };

export interface RunQuery {
  readonly filter: RunFilter;
  /** A server that never comes to its last page must not be asked for ever. */
  readonly mostPages: number;
  /** How often each page is asked for, at most. */
  readonly tries?: number;
}

export interface RunPage {
  readonly runs: readonly ListedRun[];
  /** Dograh's own time, in milliseconds since 1970; undefined where its answer does not say. */
  readonly now: number | undefined;
}

/**
 * The runs that a filter lets through, page by page, the newest first: running ones, too, and those whose call
 * failed. Not by time, for the clocks may differ; take no more pages than you need.
 * @throws DograhError; none of them means "no such run"
 */
export async function* pagesOfRuns(
  query: RunQuery,
  baseUrl: BaseUrl,
  operation: Operation,
): AsyncGenerator<RunPage, void, undefined> {
  for (let page = 1; page <= query.mostPages; page += 1) {
    const url = urlOf(query, page, baseUrl);
    const request = { url, credential: 'api-key' as const, tries: query.tries };
    const { body, headers } = await readJson(request, operation);
    const { runs, totalPages } = parsePage(body, baseUrl);
    yield { runs, now: timeIn(headers['date']) };
    // A full page is followed by another, whatever the count says.
    if (page >= totalPages && runs.length < RUNS_PER_PAGE) return;
    if (runs.length === 0) throw notUnderstood(`The list of runs that ${baseUrl.host} answered`);
  }
  throw new ContractError({
    message: `Dograh lists more runs than can be looked through: more than ${query.mostPages * RUNS_PER_PAGE} with the ${query.filter.attribute} ${query.filter.value.value}.`,
    hint: 'Look in the Dograh dashboard.',
  });
}

function urlOf({ filter }: RunQuery, page: number, baseUrl: BaseUrl): string {
  const query = new URLSearchParams({
    filters: JSON.stringify([filter]),
    page: String(page),
    limit: String(RUNS_PER_PAGE),
  });
  return `${baseUrl.resolve('/organizations/usage/runs')}?${query.toString()}`;
}

function parsePage(
  body: unknown,
  baseUrl: BaseUrl,
): { readonly runs: readonly ListedRun[]; readonly totalPages: number } {
  const { runs, total_pages: totalPages }: Fields<RunList> = isRecord(body) ? body : {};
  const parsed = Array.isArray(runs) ? runs.map(parseListedRun) : [undefined];
  const understood = parsed.filter((run) => run !== undefined);
  if (typeof totalPages === 'number' && understood.length === parsed.length) {
    return { runs: understood, totalPages };
  }
  throw notUnderstood(`The list of runs that ${baseUrl.host} answered`);
}

function timeIn(date: string | undefined): number | undefined {
  const time = date === undefined ? NaN : Date.parse(date);
  return Number.isNaN(time) ? undefined : time;
}

/** For runs to a number, and to those that contain it. */
export function calledNumber(number: string): RunFilter {
  return { attribute: 'calledNumber', type: 'text', value: { value: number } };
}
