import { ContractError } from '../errors/dograh-error';
import type { Session } from '../connection/session';
import type { CallResult } from '../runs/call-result';
import { isCertainlyOver } from './is-finished';
import { lookAtPending } from './pending-runs';
import {
  parseState,
  storeState,
  type PendingRun,
  type PollState,
  type StoredPollState,
} from './poll-state';
import { inTurn } from './one-poll-at-a-time';
import { letsThrough, readCriteria, type FinishedRunFilters, type RunCriteria } from './filters';
import { openWindow, readWindow, type RunWindow } from './run-window';
import { readPageOfRuns } from '../runs/list-runs';
import { resultOfListedRun, type ListedRun } from '../runs/listed-run';

/** Where a host keeps what one poll tells the next. */
export interface PollMemory {
  /** What was written last; anything else stands for "nothing yet". */
  read(): unknown;
  write(state: StoredPollState): void;
}

export interface FinishedRunsPoll {
  /** The same for polls with the same memory, and for no others in this process. */
  readonly poller: string;
  readonly memory: PollMemory;
  readonly filters: FinishedRunFilters;
  /** How many pages of 100 runs one poll reads, at most: 2 or more. Default 20. */
  readonly maxPages?: number | undefined;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const MAX_PAGES = 20;
/** Dograh writes runs down out of order, and some a little late: so far back each poll looks once more. */
const MARGIN_MS = 5 * MINUTE;
/** Runs that began so long before the others are asked about one by one. */
const LONG_BEFORE_MS = 60 * MINUTE;
/** So many pages are cheaper than to ask about runs one by one. */
const CHEAP_PAGES = 3;
/** A call that went on before the first poll began at most so long ago. */
const MAX_CALL_MS = DAY;
const MAX_PENDING_MS = 7 * DAY;
const MAX_PENDING = 1_000;
/** Where more runs than that begin within the margin, it is shorter. */
const MAX_KNOWN = 1_000;
/** Of the runs given, so many that the list lacks are remembered: it may have them again. */
const MAX_MISSED = 200;

/**
 * The runs that have finished since the last poll and that the filters let through, in the order in which they
 * began: each exactly once. The first poll gives none, for they finished before; runs that go on then are given
 * when they end. A poll that throws changes nothing.
 * @returns none, too, where another poll with the same memory is under way
 * @throws DograhError
 */
export async function pollFinishedRuns(
  { poller, memory, filters, maxPages = MAX_PAGES }: FinishedRunsPoll,
  session: Session,
): Promise<readonly CallResult[]> {
  const source = session.baseUrl.service;
  const stateNow = (): PollState | undefined => parseState(memory.read(), source);
  const found = await inTurn(
    `${session.scope} ${poller}`,
    session.clock,
    () => stateNow()?.revision,
    async () => {
      const before = stateNow();
      const known = before?.criteria.agents ?? {};
      const criteria = await readCriteria(filters, known, session);
      const { state, results } =
        before === undefined
          ? await begin(criteria, session)
          : await goOn(before, criteria, maxPages, session);
      if (before === undefined || hasChanged(before, state, source)) {
        memory.write(storeState(state, source));
      }
      return results;
    },
  );
  return found ?? [];
}

/** In quiet times there is nothing to write down. */
function hasChanged(before: PollState, state: PollState, source: string): boolean {
  const written = [before, state].map((one) =>
    JSON.stringify(storeState({ ...one, revision: 0 }, source)),
  );
  return written[0] !== written[1];
}

interface Polled {
  readonly state: PollState;
  readonly results: readonly CallResult[];
}

async function begin(criteria: RunCriteria, session: Session): Promise<Polled> {
  const page = await readPageOfRuns({ filters: [] }, 1, session);
  const now = page.now ?? session.clock.now();
  const isWhole = page.totalPages <= 1;
  const times = page.runs.map(({ createdAt }) => createdAt ?? now);
  const window: RunWindow = {
    runs: new Map(page.runs.map((run) => [run.id, run])),
    isWhole: true,
    now,
  };
  const pending = page.runs
    .filter(({ disposition }) => disposition === null)
    .map((run) => asPending(run, now))
    .filter(({ createdAt }) => now - createdAt <= MAX_CALL_MS);
  const from = isWhole ? Math.min(now, ...times) - MARGIN_MS : Math.min(...times) + 1;
  const nothing: PollState = {
    from,
    seen: new Set(),
    pending: new Map(),
    criteria,
    revision: 0,
  };
  return { state: after(nothing, window, [], pending, criteria), results: [] };
}

async function goOn(
  before: PollState,
  criteria: RunCriteria,
  maxPages: number,
  session: Session,
): Promise<Polled> {
  const window = await readRunsAround(before, maxPages, session);
  const { over, unfinished } = sorted(before, window);
  const looked = await lookAtPending(
    trimmed(unfinished, window.now),
    window.runs,
    window.now,
    session,
  );
  const finished = [...over, ...looked.finished].sort(
    (one, other) => timeOf(one, before) - timeOf(other, before) || one.id - other.id,
  );
  const state = after(before, window, finished, looked.pending, criteria);
  if (!window.isWhole && state.from <= before.from && finished.length === 0) throw tooMany();
  const results = finished
    .map((run) => ({ run, result: resultOfListedRun(run, undefined, true) }))
    // Under other filters it was passed over, or would have been.
    .filter(({ run, result }) => letsThrough(before.criteria, run, result))
    .filter(({ run, result }) => letsThrough(criteria, run, result))
    .map(({ result }) => result);
  return { state, results };
}

/** The new runs, and those pending ones with them that can be had for few requests. */
async function readRunsAround(
  { from, pending }: PollState,
  maxPages: number,
  session: Session,
): Promise<RunWindow> {
  const times = [...pending.values()].map(({ createdAt }) => createdAt);
  const oldest = Math.min(from, ...times.filter((time) => time >= from - LONG_BEFORE_MS));
  const wide = await openWindow(oldest, maxPages, session);
  const isCheap = wide.first.totalPages <= Math.min(CHEAP_PAGES, wide.maxPages);
  const chosen = isCheap || oldest === from ? wide : await openWindow(from, maxPages, session);
  return readWindow(chosen, session);
}

/** The runs that have yet to be given, by whether they are over. */
function sorted(
  before: PollState,
  window: RunWindow,
): { readonly over: readonly ListedRun[]; readonly unfinished: readonly PendingRun[] } {
  const isNew = (run: ListedRun): boolean =>
    timeOf(run, before) >= before.from && !before.seen.has(run.id);
  const open = [...window.runs.values()].filter((run) => before.pending.has(run.id) || isNew(run));
  const over = open.filter(isCertainlyOver);
  const unfinished = new Map(before.pending);
  for (const run of open) {
    if (!unfinished.has(run.id)) unfinished.set(run.id, asPending(run, before.from));
  }
  for (const { id } of over) unfinished.delete(id);
  return { over, unfinished: [...unfinished.values()] };
}

/** Without those of which it cannot be hoped any more that they end, and without the oldest where there are many. */
function trimmed(pending: readonly PendingRun[], now: number): readonly PendingRun[] {
  return pending
    .filter(({ createdAt, lookedAt }) => !isGivenUp(createdAt, lookedAt, now))
    .sort((one, other) => other.createdAt - one.createdAt)
    .slice(0, MAX_PENDING);
}

/** Only after it was asked about once more: while nobody polled, it may have ended. */
function isGivenUp(createdAt: number, lookedAt: number, now: number): boolean {
  return Math.min(now, lookedAt) - createdAt > MAX_PENDING_MS;
}

/** More runs of one moment than a poll reads would be read over and over, and nothing after them ever. */
function tooMany(): ContractError {
  return new ContractError({
    message: 'More runs began at the same moment than can be read at once.',
    hint: 'Later runs are not given until this passes. Put a new trigger node in the place of this one to go on from now.',
  });
}

/** What is to be known the next time. */
function after(
  before: PollState,
  window: RunWindow,
  finished: readonly ListedRun[],
  pending: readonly PendingRun[],
  criteria: RunCriteria,
): PollState {
  const from = nextFrom(before, window);
  const open = new Map(pending.map((run) => [run.id, run]));
  // Of the finished ones some were asked about by themselves, and the list may show them only the next time.
  const ids = [...window.runs.values(), ...finished]
    .filter((run) => timeOf(run, before) >= from && !open.has(run.id))
    .map(({ id }) => id);
  // Those that this list lacks, though it ought to have them: it may have them again the next time.
  const missed = [...before.seen].filter((id) => !window.runs.has(id)).slice(-MAX_MISSED);
  const seen = new Set(ids.length === 0 ? before.seen : [...ids, ...missed]);
  // What has yet to be read began under the old criteria: those must let it through, too.
  const judgedBy = window.isWhole ? criteria : before.criteria;
  return { from, seen, pending: open, criteria: judgedBy, revision: before.revision + 1 };
}

/** Goes on as far as everything was read, less the margin. */
function nextFrom(before: PollState, { runs, isWhole, now }: RunWindow): number {
  const times = [...runs.values()].map((run) => timeOf(run, before)).sort((a, b) => b - a);
  const [newest] = times;
  // Later than now where Dograh's clock was ahead, and has been put right.
  const floor = Math.min(before.from, now);
  if (newest === undefined) return floor;
  // Where there are more, the next poll must not read the same once more.
  const most = isWhole ? MAX_KNOWN : Math.floor(times.length / 2);
  const tooOld = times[most] ?? -Infinity;
  const next = Math.max(Math.min(newest, now) - MARGIN_MS, tooOld + 1);
  // Of those that began in the same moment as the newest, some may be yet to be read.
  return Math.max(floor, Math.min(next, newest));
}

function asPending(run: ListedRun, otherwise: number): PendingRun {
  return {
    id: run.id,
    createdAt: run.createdAt ?? otherwise,
    lookedAt: 0,
    completedAt: 0,
    misses: 0,
  };
}

function timeOf({ createdAt }: ListedRun, { from }: PollState): number {
  return createdAt ?? from;
}
