import { findAgentId } from '../agents/find-agent-id';
import type { Session } from '../connection/session';
import { contractError } from '../errors/contract-error';
import { isSameNumber, searchTerm } from '../input/same-number';
import { normalizedReference, referenceIn } from '../variables/call-reference';
import type { CallResult } from './call-result';
import { hasDisposition } from './has-disposition';
import { pagesOfRuns, type RunQuery } from './list-runs';
import { resultOfListedRun, type ListedRun } from './listed-run';
import {
  byAgent,
  byCalledNumber,
  byCallerNumber,
  byDirection,
  byId,
  type RunFilter,
} from './run-filters';
import type { RunSearch } from './run-search';

/** A million runs. */
const MAX_PAGES = 10_000;
/** Dograh cannot search for a call reference. So the client searches the newest 2,000 runs that match the other filters. */
const MAX_PAGES_FOR_REFERENCE = 20;

/**
 * The runs that match a search, newest first, each once. A page is read only when one of its runs is needed.
 * @throws NotFoundError if there is no such agent; DograhError
 */
export async function* findRuns(
  search: RunSearch,
  session: Session,
): AsyncGenerator<CallResult, void, undefined> {
  for await (const run of findListedRuns(search, session)) yield resultOfListedRun(run);
}

/** The same runs in the format of the list. */
export async function* findListedRuns(
  search: RunSearch,
  session: Session,
): AsyncGenerator<ListedRun, void, undefined> {
  const queries = await queriesFor(search, session);
  const lists = queries.map((query) => runsIn(query, search, session));
  let left = search.limit;
  for await (const run of newestFirst(lists)) {
    yield run;
    left -= 1;
    if (left <= 0) return;
  }
}

/** Dograh cannot search for a caller and for a called number at once. So a number takes two lists. */
async function queriesFor(search: RunSearch, session: Session): Promise<RunQuery[]> {
  const { runId, agentUuid, agentName, phoneNumber, direction, since, until } = search;
  const all: RunFilter[] = [];
  if (runId !== undefined) all.push(byId(runId));
  if (agentUuid !== undefined) {
    all.push(byAgent(await findAgentId(agentUuid, agentName, session)));
  }
  const query = (...more: RunFilter[]): RunQuery => ({ filters: [...all, ...more], since, until });
  if (phoneNumber === undefined) {
    return [direction === undefined ? query() : query(byDirection(direction))];
  }
  const wanted = searchTerm(phoneNumber);
  const called = query(byDirection('outbound'), byCalledNumber(wanted));
  const calling = query(byDirection('inbound'), byCallerNumber(wanted));
  return direction === undefined ? [called, calling] : [direction === 'inbound' ? calling : called];
}

async function* runsIn(
  query: RunQuery,
  search: RunSearch,
  session: Session,
): AsyncGenerator<ListedRun, void, undefined> {
  const found = new Set<number>();
  let pages = 0;
  for await (const { runs } of pagesOfRuns(query, MAX_PAGES, session)) {
    pages += 1;
    const fresh = runs.filter(({ id }) => !found.has(id));
    // Stops if a server repeats the same page forever.
    if (runs.length > 0 && fresh.length === 0) {
      throw contractError('list of runs', session);
    }
    for (const run of fresh) {
      found.add(run.id);
      if (matches(search, run)) yield run;
    }
    if (search.callReference !== undefined && pages >= MAX_PAGES_FOR_REFERENCE) return;
  }
}

/** The parts of a search that Dograh compares in another way, or not at all. */
function matches(search: RunSearch, run: ListedRun): boolean {
  const { runId, phoneNumber, callReference, dispositions } = search;
  const other = run.isInbound ? run.callerNumber : run.calledNumber;
  return (
    (runId === undefined || run.id === runId) &&
    (callReference === undefined ||
      referenceIn(run.initialContext ?? {}) === normalizedReference(callReference)) &&
    (phoneNumber === undefined || (other !== null && isSameNumber(phoneNumber, other))) &&
    hasDisposition(dispositions, run)
  );
}

/** Merges lists that have the newest run first. */
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
