import type { BaseUrl } from '../connection/base-url';
import type { RunList } from '../contract/types.gen';
import { ContractError } from '../errors/dograh-error';
import { isRecord, type Fields } from '../errors/read-answer';
import type { Operation } from '../transport/operation';
import { readBody } from '../transport/read';
import { parseListedRun, type ListedRun } from './listed-run';

/** Dograh gives no more at once. */
const RUNS_PER_PAGE = 100;
/** A server that never comes to its last page must not be asked for ever. */
const MOST_PAGES = 50;

export interface RunQuery {
  /** The number as it was dialled, to the letter. */
  readonly calledNumber: string;
  /** Created then or later; milliseconds since 1970, by Dograh's clock. */
  readonly since: number;
  /** How often each page is asked for, at most. */
  readonly tries?: number;
}

/**
 * All runs to a number since a point of time, the newest first: running ones, too, and those whose call failed.
 * @throws DograhError, also where there are more than anybody can look through; none of them means "no such run"
 */
export async function listRunsTo(
  query: RunQuery,
  baseUrl: BaseUrl,
  operation: Operation,
): Promise<readonly ListedRun[]> {
  // While pages are being read, new runs push others from one page to the next.
  const found = new Map<number, ListedRun>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const url = urlOf(query, page, baseUrl);
    const request = { url, credential: 'api-key' as const, tries: query.tries };
    const { runs, totalPages } = parsePage(await readBody(request, operation), baseUrl);
    for (const run of runs) {
      // Dograh's filter also finds numbers that contain this one.
      if (run.calledNumber === query.calledNumber) found.set(run.id, run);
    }
    if (page >= totalPages || runs.length === 0) return [...found.values()];
  }
  throw new ContractError({
    message: `Dograh lists more than ${MOST_PAGES * RUNS_PER_PAGE} runs to ${query.calledNumber} in that time.`,
    hint: 'Choose a shorter time.',
  });
}

function urlOf({ calledNumber, since }: RunQuery, page: number, baseUrl: BaseUrl): string {
  const query = new URLSearchParams({
    start_date: new Date(since).toISOString(),
    filters: JSON.stringify([
      { attribute: 'calledNumber', type: 'text', value: { value: calledNumber } },
    ]),
    page: String(page),
    limit: String(RUNS_PER_PAGE),
  });
  return `${baseUrl.resolve('/organizations/usage/runs')}?${query.toString()}`;
}

function parsePage(
  body: unknown,
  { host }: BaseUrl,
): { readonly runs: readonly ListedRun[]; readonly totalPages: number } {
  const { runs, total_pages: totalPages }: Fields<RunList> = isRecord(body) ? body : {};
  const parsed = Array.isArray(runs) ? runs.map(parseListedRun) : [undefined];
  const understood = parsed.filter((run) => run !== undefined);
  if (typeof totalPages === 'number' && understood.length === parsed.length) {
    return { runs: understood, totalPages };
  }
  throw new ContractError({
    message: `The list of runs that ${host} answered is not understood.`,
    hint: 'Check what stands in front of Dograh. A self-hosted Dograh may be too old; update it.',
  });
}
