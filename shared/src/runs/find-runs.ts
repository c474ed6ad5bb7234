import { findAgentId } from '../agents/find-agent-id';
import { contractError } from '../errors/contract-error';
import { isSameNumber, searchTerm } from '../input/same-number';
import { referenceIn } from '../variables/call-reference';
import type { Session } from '../connection/session';
import type { CallResult } from './call-result';
import {
  calledNumber,
  callerNumber,
  going,
  ofAgent,
  pagesOfRuns,
  withId,
  type RunFilter,
  type RunQuery,
} from './list-runs';
import { resultOfListedRun, type ListedRun } from './listed-run';
import type { RunSearch } from './run-search';

/** A million runs. */
const MAX_PAGES = 10_000;
/** Dograh cannot look for a reference; so the newest 2,000 runs are looked through, and no others. */
const MAX_PAGES_FOR_REFERENCE = 20;

/**
 * The runs that a search lets through, the newest first, each once. Dograh is asked for a page when somebody wants
 * a run of it, and no sooner.
 * @throws NotFoundError for an agent that is not there; DograhError
 */
export async function* findRuns(
  search: RunSearch,
  session: Session,
): AsyncGenerator<CallResult, void, undefined> {
  for await (const run of findListedRuns(search, session)) yield resultOfListedRun(run);
}

/** The same as the list has them. */
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

/** Dograh cannot look for one number among callers and called at once; so that takes a list of each. */
async function queriesFor(search: RunSearch, session: Session): Promise<RunQuery[]> {
  const { runId, agentUuid, phoneNumber, direction, since, until } = search;
  const all: RunFilter[] = [];
  if (runId !== undefined) all.push(withId(runId));
  if (agentUuid !== undefined) all.push(ofAgent(await findAgentId(agentUuid, session)));
  const query = (...more: RunFilter[]): RunQuery => ({ filters: [...all, ...more], since, until });
  if (phoneNumber === undefined)
    return [direction === undefined ? query() : query(going(direction))];
  const wanted = searchTerm(phoneNumber);
  const called = query(going('outbound'), calledNumber(wanted));
  const calling = query(going('inbound'), callerNumber(wanted));
  return direction === undefined ? [called, calling] : [direction === 'inbound' ? calling : called];
}

async function* runsIn(
  query: RunQuery,
  search: RunSearch,
  session: Session,
): AsyncGenerator<ListedRun, void, undefined> {
  const seen = new Set<number>();
  let pages = 0;
  for await (const { runs } of pagesOfRuns(query, MAX_PAGES, session)) {
    pages += 1;
    const fresh = runs.filter(({ id }) => !seen.has(id));
    // A server that gives the same page over and over would be asked for ever.
    if (runs.length > 0 && fresh.length === 0) {
      throw contractError(`The list of runs that ${session.baseUrl.host} answered`);
    }
    for (const run of fresh) {
      seen.add(run.id);
      if (isWanted(run, search)) yield run;
    }
    if (search.callReference !== undefined && pages >= MAX_PAGES_FOR_REFERENCE) return;
  }
}

/** What Dograh compares in another way, or not at all. */
function isWanted(run: ListedRun, search: RunSearch): boolean {
  const { runId, phoneNumber, callReference, dispositions } = search;
  const other = run.isInbound ? run.callerNumber : run.calledNumber;
  return (
    (runId === undefined || run.id === runId) &&
    (callReference === undefined || referenceIn(run.initialContext ?? {}) === callReference) &&
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
