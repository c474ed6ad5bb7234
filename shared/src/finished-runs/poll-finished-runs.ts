import type { Session } from '../connection/session';
import { ContractError } from '../errors/dograh-error';
import type { RunResult } from '../runs/call-result';
import { isChannelWanted } from '../runs/channel';
import { readPageOfRuns } from '../runs/list-runs';
import { resultOfListedRun, type ListedRun } from '../runs/listed-run';
import { matches, readCriteria, type FinishedRunFilters, type RunCriteria } from './filters';
import { isCertainlyFinished } from './is-finished';
import { createdAtOf, MARGIN_MS, nextState, toPending } from './next-state';
import { checkPendingRuns } from './pending-runs';
import { POLL_STATE_FORMAT, type PendingRun, type PollState } from './poll-state';
import { pollWithMemory, type Polled, type Poller } from './poll-with-memory';
import { openWindow, readWindow, type OpenWindow, type RunWindow } from './run-window';

export interface FinishedRunsPoll extends Poller {
  readonly filters: FinishedRunFilters;
  /** Maximum number of pages of 100 runs per poll: 2 or more. Default 20. */
  readonly maxPages?: number | undefined;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const MAX_PAGES = 20;
/** The last page may contain only one run, already handled. A poll must read more to make progress. */
const MIN_PAGES = 2;
/** Pending runs that are older than the others by more than this are checked one by one. */
const MAX_AGE_GAP_MS = 60 * MINUTE;
/** Reading this many pages costs less than checking runs one by one. */
const CHEAP_PAGES = 3;
/** A run that started earlier before the first poll is not pending. */
const MAX_CALL_MS = DAY;
const MAX_PENDING_MS = 7 * DAY;
const MAX_PENDING = 1_000;

/**
 * The runs that finished since the last poll and match the filters, oldest first. Each run is returned once. The
 * first poll returns none: it only remembers the calls that are running.
 * @throws DograhError
 */
export function pollFinishedRuns(
  { filters, maxPages = MAX_PAGES, ...poller }: FinishedRunsPoll,
  session: Session,
): Promise<readonly RunResult[]> {
  const poll = async (before: PollState | undefined): Promise<PolledRuns> => {
    const criteria = await readCriteria(filters, before?.criteria.agents ?? {}, session);
    return before === undefined
      ? firstPoll(criteria, session)
      : nextPoll(before, criteria, maxPages, session);
  };
  return pollWithMemory(poller, POLL_STATE_FORMAT, poll, session);
}

type PolledRuns = Polled<PollState, RunResult>;

async function firstPoll(criteria: RunCriteria, session: Session): Promise<PolledRuns> {
  const page = await readPageOfRuns({ filters: [] }, 1, session);
  const now = page.now ?? session.clock.now();
  const times = page.runs.map(({ createdAt }) => createdAt ?? now);
  const runs = new Map(page.runs.map((run) => [run.id, run]));
  const pending = page.runs
    .filter(({ disposition }) => disposition === null)
    .filter((run) => isChannelWanted(criteria, run))
    .map((run) => toPending(run, now))
    .filter(({ createdAt }) => now - createdAt <= MAX_CALL_MS);
  const isOnlyPage = page.totalPages <= 1;
  const from = isOnlyPage ? Math.min(now, ...times) - MARGIN_MS : Math.min(...times) + 1;
  const none = { handled: new Set<number>(), pending: new Map<number, PendingRun>() };
  const empty = { from, ...none, criteria };
  return {
    state: nextState(empty, { runs, isWhole: true, now }, [], pending, criteria),
    results: [],
  };
}

async function nextPoll(
  before: PollState,
  criteria: RunCriteria,
  maxPages: number,
  session: Session,
): Promise<PolledRuns> {
  const window = await readNewAndPending(before, maxPages, session);
  const split = splitByFinished(before, window, criteria);
  const pending = dropExpired(split.unfinished, window.now);
  const isWanted = (run: ListedRun): boolean => isChannelWanted(criteria, run);
  const checked = await checkPendingRuns(pending, window.runs, window.now, isWanted, session);
  const finished = [...split.finished, ...checked.finished].sort(
    (one, other) => createdAtOf(one, before) - createdAtOf(other, before) || one.id - other.id,
  );
  const state = nextState(before, window, finished, checked.pending, criteria);
  // Otherwise every poll would read these runs again and never a later one.
  if (!window.isWhole && state.from <= before.from && finished.length === 0) throw tooManyError();
  const results = finished
    .map((run) => ({ run, result: resultOfListedRun(run, undefined, { isCompleted: true }) }))
    // If the user changes the filters, runs from before the change do not appear.
    .filter(({ run, result }) => matches(before.criteria, run, result))
    .filter(({ run, result }) => matches(criteria, run, result))
    .map(({ result }) => result);
  return { state, results };
}

/** The new runs, and the pending runs near them if that takes few requests. */
async function readNewAndPending(
  { from, pending }: PollState,
  maxPages: number,
  session: Session,
): Promise<RunWindow> {
  const times = [...pending.values()].map(({ createdAt }) => createdAt);
  const oldest = Math.min(from, ...times.filter((time) => time >= from - MAX_AGE_GAP_MS));
  const open = (since: number): Promise<OpenWindow> =>
    openWindow({ filters: [], since }, { min: MIN_PAGES, max: maxPages }, session);
  const wide = await open(oldest);
  const isCheap = wide.first.totalPages <= Math.min(CHEAP_PAGES, wide.maxPages);
  const chosen = isCheap || oldest === from ? wide : await open(from);
  return readWindow(chosen, session);
}

/** The new and the pending runs. A text chat may never finish, so it is not awaited. */
function splitByFinished(
  before: PollState,
  window: RunWindow,
  criteria: RunCriteria,
): { readonly finished: readonly ListedRun[]; readonly unfinished: readonly PendingRun[] } {
  const isNew = (run: ListedRun): boolean =>
    createdAtOf(run, before) >= before.from && !before.handled.has(run.id);
  const isOther = (run: ListedRun): boolean => !isChannelWanted(criteria, run);
  const listed = [...window.runs.values()];
  const open = listed.filter((run) => !isOther(run) && (before.pending.has(run.id) || isNew(run)));
  const finished = open.filter(isCertainlyFinished);
  const unfinished = new Map(before.pending);
  for (const run of open) {
    if (!unfinished.has(run.id)) unfinished.set(run.id, toPending(run, before.from));
  }
  for (const { id } of [...finished, ...listed.filter(isOther)]) unfinished.delete(id);
  return { finished, unfinished: [...unfinished.values()] };
}

/** Without runs that were still unfinished after a week. If there are too many, without the oldest. */
function dropExpired(pending: readonly PendingRun[], now: number): readonly PendingRun[] {
  return pending
    .filter(({ createdAt, checkedAt }) => Math.min(now, checkedAt) - createdAt <= MAX_PENDING_MS)
    .sort((one, other) => other.createdAt - one.createdAt)
    .slice(0, MAX_PENDING);
}

function tooManyError(): ContractError {
  return new ContractError({
    message: 'More runs started at the same moment than one poll can read.',
    hint: 'Later runs are not returned either. Replace this trigger with a new one, which starts from now.',
  });
}
