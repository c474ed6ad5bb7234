import { findAgentId } from '../agents/find-agent-id';
import type { Session } from '../connection/session';
import { contractError } from '../errors/contract-error';
import { isSameNumber, searchTerm } from '../input/same-number';
import { normalizedReference, referenceIn } from '../variables/call-reference';
import type { RunResult } from './call-result';
import { isChannelWanted } from './channel';
import { hasDisposition } from './has-disposition';
import { pagesOfRuns, type RunQuery } from './list-runs';
import { resultOfListedRun, type ListedRun } from './listed-run';
import {
  byAgent,
  byCalledNumber,
  byCallerNumber,
  byDirection,
  byId,
  byPhone,
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
): AsyncGenerator<RunResult, void, undefined> {
  for await (const run of findListedRuns(search, session)) yield resultOfListedRun(run);
}

/** The same runs in the format of the list. */
export async function* findListedRuns(
  search: RunSearch,
  session: Session,
): AsyncGenerator<ListedRun, void, undefined> {
  const { agentUuid, agentName } = search;
  const agentId =
    agentUuid === undefined ? undefined : await findAgentId(agentUuid, agentName, session);
  const lists = queriesFor(search, agentId).map((list) =>
    runsIn(list, { ...search, ...list, agentId }, session),
  );
  let left = search.limit;
  for await (const run of newestFirst(lists)) {
    yield run;
    left -= 1;
    if (left <= 0) return;
  }
}

/** A list of runs in Dograh, and the direction of its runs; undefined for both. */
type DirectedQuery = RunQuery & Pick<RunSearch, 'direction'>;

/** Dograh cannot search for a caller and for a called number at once. So a number takes two lists. */
function queriesFor(search: RunSearch, agentId: number | undefined): DirectedQuery[] {
  const { runId, phoneNumber, direction, onlyPhoneCalls, since, until } = search;
  const all: RunFilter[] = [];
  if (runId !== undefined) all.push(byId(runId));
  if (agentId !== undefined) all.push(byAgent(agentId));
  if (onlyPhoneCalls) all.push(byPhone());
  const query = (direction: DirectedQuery['direction'], ...more: RunFilter[]): DirectedQuery => {
    const directed = direction === undefined ? [] : [byDirection(direction)];
    return { filters: [...all, ...directed, ...more], since, until, direction };
  };
  if (phoneNumber === undefined) return [query(direction)];
  const wanted = searchTerm(phoneNumber);
  const called = query('outbound', byCalledNumber(wanted));
  const calling = query('inbound', byCallerNumber(wanted));
  return direction === undefined ? [called, calling] : [direction === 'inbound' ? calling : called];
}

/** What a run of one list must match. */
type Wanted = RunSearch & { readonly agentId: number | undefined };

async function* runsIn(
  query: RunQuery,
  wanted: Wanted,
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
      if (matches(wanted, run)) yield run;
    }
    if (wanted.callReference !== undefined && pages >= MAX_PAGES_FOR_REFERENCE) return;
  }
}

/** Everything again: Dograh compares some parts in another way, and a version ignores the filters that it lacks. */
function matches(wanted: Wanted, run: ListedRun): boolean {
  const { runId, agentId, phoneNumber, callReference, dispositions, direction } = wanted;
  const other = run.isInbound ? run.callerNumber : run.calledNumber;
  return (
    (runId === undefined || run.id === runId) &&
    (agentId === undefined || run.workflowId === agentId) &&
    (direction === undefined || run.isInbound === (direction === 'inbound')) &&
    isChannelWanted(wanted, run) &&
    isWithin(wanted, run) &&
    (callReference === undefined ||
      referenceIn(run.initialContext ?? {}) === normalizedReference(callReference)) &&
    (phoneNumber === undefined || (other !== null && isSameNumber(phoneNumber, other))) &&
    hasDisposition(dispositions, run)
  );
}

/** Dograh's times have microseconds, ours only milliseconds. */
function isWithin({ since, until }: Wanted, { createdAt }: ListedRun): boolean {
  if (createdAt === null) return true;
  return (since === undefined || createdAt >= since) && (until === undefined || createdAt <= until);
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
