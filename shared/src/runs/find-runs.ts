import { findAgentId } from '../agents/find-agent-id';
import type { BaseUrl } from '../connection/base-url';
import { notUnderstood } from '../errors/not-understood';
import { isSameNumber, searchedFor } from '../phone/same-number';
import type { Operation } from '../transport/operation';
import type { CallResult } from './call-result';
import {
  calledNumber,
  callerNumber,
  pagesOfRuns,
  type RunFilter,
  type RunQuery,
} from './list-runs';
import { resultOfListedRun, type ListedRun } from './listed-run';
import type { RunSearch } from './run-search';

/** A million runs. */
const MOST_PAGES = 10_000;

/**
 * The runs that a search lets through, the newest first, each once. Dograh is asked for a page when somebody wants
 * a run of it, and no sooner.
 * @throws NotFoundError for an agent that is not there; DograhError
 */
export async function* findRuns(
  search: RunSearch,
  baseUrl: BaseUrl,
  operation: Operation,
): AsyncGenerator<CallResult, void, undefined> {
  const queries = await queriesFor(search, baseUrl, operation);
  const lists = queries.map((query) => runsIn(query, search, baseUrl, operation));
  let left = search.limit;
  for await (const run of newestFirst(lists)) {
    yield resultOfListedRun(run);
    left -= 1;
    if (left <= 0) return;
  }
}

/** Dograh cannot look for one number among callers and called at once; so that takes a list of each. */
async function queriesFor(
  search: RunSearch,
  baseUrl: BaseUrl,
  operation: Operation,
): Promise<RunQuery[]> {
  const { agentUuid, phoneNumber, direction, since, until } = search;
  const filters: RunFilter[] = [];
  if (agentUuid !== undefined) {
    const value = await findAgentId(agentUuid, baseUrl, operation);
    filters.push({ attribute: 'workflowId', type: 'number', value: { value } });
  }
  const all = { filters, since, until };
  if (phoneNumber === undefined) return [direction === undefined ? all : going(direction, all)];
  const wanted = searchedFor(phoneNumber);
  const called = going('outbound', all, calledNumber(wanted));
  const calling = going('inbound', all, callerNumber(wanted));
  return direction === undefined ? [called, calling] : [direction === 'inbound' ? calling : called];
}

function going(direction: 'inbound' | 'outbound', query: RunQuery, ...more: RunFilter[]): RunQuery {
  const filter = {
    attribute: 'callDirection',
    type: 'radio',
    value: { status: direction },
  } as const;
  return { ...query, filters: [...query.filters, filter, ...more] };
}

async function* runsIn(
  query: RunQuery,
  search: RunSearch,
  baseUrl: BaseUrl,
  operation: Operation,
): AsyncGenerator<ListedRun, void, undefined> {
  const seen = new Set<number>();
  for await (const { runs } of pagesOfRuns(query, MOST_PAGES, baseUrl, operation)) {
    const fresh = runs.filter(({ id }) => !seen.has(id));
    // A server that gives the same page over and over would be asked for ever.
    if (runs.length > 0 && fresh.length === 0) {
      throw notUnderstood(`The list of runs that ${baseUrl.host} answered`);
    }
    for (const run of fresh) {
      seen.add(run.id);
      if (isWanted(run, search)) yield run;
    }
  }
}

/** What Dograh compares in another way, or not at all. */
function isWanted(run: ListedRun, { phoneNumber, dispositions }: RunSearch): boolean {
  const other = run.isInbound ? run.callerNumber : run.calledNumber;
  return (
    (phoneNumber === undefined || (other !== null && isSameNumber(phoneNumber, other))) &&
    (dispositions.length === 0 || dispositions.includes(run.disposition?.toLowerCase() ?? ''))
  );
}

/** Several lists, each with the newest run first, as one. */
async function* newestFirst(
  lists: readonly AsyncGenerator<ListedRun, void, undefined>[],
): AsyncGenerator<ListedRun, void, undefined> {
  const heads: { readonly list: (typeof lists)[number]; run: ListedRun }[] = [];
  for (const list of lists) {
    const first = await list.next();
    if (first.done !== true) heads.push({ list, run: first.value });
  }
  for (;;) {
    const [newest] = heads.sort((one, other) => byAge(one.run, other.run));
    if (newest === undefined) return;
    yield newest.run;
    const next = await newest.list.next();
    if (next.done === true) heads.shift();
    else newest.run = next.value;
  }
}

function byAge(one: ListedRun, other: ListedRun): number {
  return (other.createdAt ?? 0) - (one.createdAt ?? 0) || other.id - one.id;
}
