import { ContractError } from '../errors/dograh-error';
import type { ListedRun } from '../runs/listed-run';
import { isAfter, oldestFirst, placeOf, type BatchPosition, type RunPlace } from './batch-position';
import type { RunCriteria } from './filters';
import { isDecided, mayMatchLater } from './finished-among';
import { MAX_CALL_MS } from './newest-runs';
import { MARGIN_MS } from './next-state';
import type { ReadPart } from './read-part';

/** What a batch returns, oldest first. */
export interface Given {
  /** Runs that were not returned before. */
  readonly batch: readonly ListedRun[];
  /** Runs that are repeated. */
  readonly repeated: readonly ListedRun[];
  /** Finished runs that are left for later batches. */
  readonly left: readonly ListedRun[];
  /** The runs that were checked, each with a request. */
  readonly checked: ReadonlySet<number>;
}

/** The last page that is read may have only one run. So a batch is sure to read 100 runs for each page but one. */
const REPEATED_PER_PAGE = 60;
/** If more runs than this started within the margin, the margin is shorter. The rest of each page is for new runs. */
const MARGIN_PER_PAGE = 15;
/** No run is written later than this, even if Dograh's clock and that of its database differ. */
const MAX_LATE_MS = 60 * 60_000;
/** Of more open runs, the oldest are given up. */
const MAX_OPEN = 300;
/** Of more returned runs, the oldest may be returned again. */
const MAX_RETURNED = 500;

/** The position after a batch. */
export function nextPosition(part: ReadPart, given: Given, criteria: RunCriteria): BatchPosition {
  const { before, read, window } = part;
  const listed = oldestFirst(read.runs.filter(({ id }) => window.has(id)).map(placeOf));
  const last = nextLast(listed, given, part);
  const from = nextFrom(listed, last, part);
  const hasProgress = given.batch.length > 0 || isAfter(last, before.last) || from > before.from;
  if (!part.isWhole && !hasProgress) throw tooManyError();
  const open = nextOpen(last, from, part, given, criteria);
  return { last, from, open, returned: nextReturned(last, from, open, part, given) };
}

/** The newest run up to which all finished runs were returned, minus the margin for runs that are written late. */
function nextLast(
  listed: readonly RunPlace[],
  { batch, left }: Given,
  { before, read: { now }, newest, maxPages }: ReadPart,
): RunPlace {
  const lastGiven = batch.at(-1);
  const end = left.length > 0 && lastGiven !== undefined ? placeOf(lastGiven) : listed.at(-1);
  if (end === undefined) return before.last;
  const reached = listed.filter((place) => !isAfter(place, end) && isAfter(place, before.last));
  const settledUntil = Math.max(Math.min(newest, now) - MARGIN_MS, now - MAX_LATE_MS);
  const settled = reached.filter(({ createdAt }) => createdAt <= settledUntil);
  const unsettled = reached.slice(settled.length);
  return unsettled.at(-MARGIN_PER_PAGE * (maxPages - 1) - 1) ?? settled.at(-1) ?? before.last;
}

/** The next batch repeats enough runs to include a lost batch, but none that is more than a day older. */
function nextFrom(
  listed: readonly RunPlace[],
  last: RunPlace,
  { before, maxPages }: ReadPart,
): number {
  const repeated = listed.filter((place) => !isAfter(place, last));
  const start = repeated.at(-REPEATED_PER_PAGE * (maxPages - 1))?.createdAt ?? before.from;
  return Math.max(before.from, start, last.createdAt - MAX_CALL_MS);
}

/** Those that Dograh was asked for come last. */
function nextOpen(
  last: RunPlace,
  from: number,
  { isFirst, before, read, asked }: ReadPart,
  { batch, repeated, left, checked }: Given,
  criteria: RunCriteria,
): readonly RunPlace[] {
  const { now } = read;
  const batchIds = idsOf(batch);
  const leftIds = idsOf(left);
  const isGiven = (id: number): boolean => batchIds.has(id) || before.returned.has(id);
  const repeatedIds = idsOf(repeated);
  // The next batch does not repeat these by itself.
  const isOnceMore = (run: ListedRun): boolean =>
    !isFirst && batchIds.has(run.id) && (placeOf(run).createdAt < from || !isDecided(run, now));
  const isPending = (run: ListedRun): boolean =>
    !isGiven(run.id) &&
    !repeatedIds.has(run.id) &&
    (leftIds.has(run.id) || (!isDecided(run, now) && mayMatchLater(run, criteria)));

  const byId = new Map(read.runs.map((run) => [run.id, run]));
  const known = idsOf(before.open);
  const kept = before.open.filter(({ id }) => {
    const run = byId.get(id);
    return run === undefined || isOnceMore(run) || isPending(run);
  });
  const added = read.runs
    .filter(({ id }) => !known.has(id))
    .filter((run) => isOnceMore(run) || (!isAfter(placeOf(run), last) && isPending(run)))
    .map(placeOf);
  const oldest = Math.min(now, last.createdAt) - MAX_CALL_MS;
  const open = [...kept, ...oldestFirst(added)].filter(({ createdAt }) => createdAt >= oldest);
  const newest = new Set(oldestFirst(open).slice(-MAX_OPEN));
  const isAsked = ({ id }: RunPlace): boolean => asked.has(id) || checked.has(id);
  const bounded = open.filter((run) => newest.has(run));
  return [...bounded.filter((run) => !isAsked(run)), ...bounded.filter(isAsked)];
}

function nextReturned(
  last: RunPlace,
  from: number,
  open: readonly RunPlace[],
  { before, read }: ReadPart,
  { batch }: Given,
): ReadonlySet<number> {
  const byId = new Map(read.runs.map((run) => [run.id, run]));
  const openIds = idsOf(open);
  const ids = [...before.returned, ...idsOf(batch)].filter((id) => {
    const run = byId.get(id);
    if (openIds.has(id) || run === undefined) return true;
    // If a run is not decided, the next batch could not tell a returned one from one that was written late.
    return isAfter(placeOf(run), isDecided(run, read.now) ? last : { id: 0, createdAt: from });
  });
  return new Set(ids.slice(-MAX_RETURNED));
}

function idsOf(runs: readonly { readonly id: number }[]): ReadonlySet<number> {
  return new Set(runs.map(({ id }) => id));
}

function tooManyError(): ContractError {
  return new ContractError({
    message: 'More runs started at the same moment than one poll can read.',
    hint: 'Later runs are not returned either. Replace this trigger with a new one, which starts from now.',
  });
}
