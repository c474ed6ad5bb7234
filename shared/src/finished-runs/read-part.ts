import { timeLeft, type Session } from '../connection/session';
import { readPageOfRuns, type RunQuery } from '../runs/list-runs';
import type { ListedRun } from '../runs/listed-run';
import { isAfter, placeOf, positionAt, type BatchPosition, type RunPlace } from './batch-position';
import type { ReadRuns } from './drop-unfinished';
import { MAX_CALL_MS, readNewestRuns } from './newest-runs';
import { openWindow, readWindow, type OpenWindow } from './run-window';

/** What a batch read. */
export interface ReadPart {
  /** Whether the host only remembers the runs. */
  readonly isFirst: boolean;
  readonly before: BatchPosition;
  readonly read: ReadRuns;
  /** The IDs of a part of the list without gaps. The other runs that were read are open ones. */
  readonly window: ReadonlySet<number>;
  /** False if newer runs are unread. */
  readonly isWhole: boolean;
  /** When the newest run of the list was created. */
  readonly newest: number;
  /** How many pages of 100 runs Dograh's speed allows. */
  readonly maxPages: number;
  /** How many requests were needed at most. */
  readonly requests: number;
  /** The open runs that Dograh was asked for. */
  readonly asked: ReadonlySet<number>;
}

/** Pages of 100 runs. */
const PAGES = { min: 2, max: 5 };
const MAX_PAGES_OF_OPEN = 2;
const MAX_PAGES_AT_FIRST = 10;

/** The newest runs of the last day. */
export async function readFirst(query: RunQuery, session: Session): Promise<ReadPart> {
  const read = await readNewestRuns(query, MAX_PAGES_AT_FIRST, session);
  const window = new Set(read.runs.map(({ id }) => id));
  return {
    isFirst: true,
    before: positionAt(read.now - MAX_CALL_MS),
    read,
    window,
    isWhole: true,
    newest: newestOf(read.runs, read.now),
    maxPages: PAGES.max,
    requests: MAX_PAGES_AT_FIRST,
    asked: new Set(),
  };
}

/** The runs from the position on, and the open ones. Without a position, from a day ago on. */
export async function readNext(
  stored: BatchPosition | undefined,
  { filters }: RunQuery,
  session: Session,
): Promise<ReadPart> {
  const open = ({ from }: BatchPosition): Promise<OpenWindow> =>
    openWindow({ filters, since: from }, PAGES, session);
  let before = stored ?? positionAt(session.clock.now() - MAX_CALL_MS);
  let opened = await open(before);
  const { now = session.clock.now() } = opened.first;
  if (before.last.createdAt > now) {
    // Dograh's clock was ahead and is now corrected.
    before = positionAt(now - MAX_CALL_MS);
    opened = await open(before);
  }
  const { maxPages, msPerPage, first } = opened;
  const { runs, isWhole } = isFirstPageEnough(opened, before, session)
    ? { runs: new Map(first.runs.map((run) => [run.id, run])), isWhole: true }
    : await readWindow(opened, session);
  const hasTime = (): boolean => timeLeft(session) > msPerPage;
  const elsewhere = await readOpenRuns(before, runs, { filters }, hasTime, session);
  return {
    isFirst: false,
    before,
    read: { runs: [...runs.values(), ...elsewhere.runs], now, hasTime: hasTime() },
    window: new Set(runs.keys()),
    isWhole,
    newest: newestOf(first.runs, now),
    maxPages,
    requests: Math.min(first.totalPages, maxPages + 1) + elsewhere.pages,
    asked: elsewhere.asked,
  };
}

/** Whether Dograh is so slow that only the newest page can be read, but no run after the last one is on another page. */
function isFirstPageEnough(
  { first, maxPages, msPerPage }: OpenWindow,
  { last }: BatchPosition,
  session: Session,
): boolean {
  const pages = first.totalPages > maxPages ? maxPages : first.totalPages - 1;
  return (
    pages * msPerPage > timeLeft(session) && first.runs.some((run) => !isAfter(placeOf(run), last))
  );
}

function newestOf(runs: readonly ListedRun[], now: number): number {
  return runs.reduce((newest, run) => Math.max(newest, placeOf(run).createdAt), 0) || now;
}

function newestPlace(places: readonly RunPlace[], first: RunPlace): RunPlace {
  return places.reduce((newest, one) => (isAfter(one, newest) ? one : newest), first);
}

interface OpenRuns {
  readonly runs: readonly ListedRun[];
  readonly pages: number;
  /** Also those that Dograh does not list anymore. */
  readonly asked: ReadonlySet<number>;
}

/** The open runs outside of the window. One page has all of them that were created close to each other. */
async function readOpenRuns(
  { open }: BatchPosition,
  window: ReadonlyMap<number, ListedRun>,
  { filters }: RunQuery,
  hasTime: () => boolean,
  session: Session,
): Promise<OpenRuns> {
  const runs = new Map<number, ListedRun>();
  const asked = new Set<number>();
  let pages = 0;
  const unread = new Map(open.filter(({ id }) => !window.has(id)).map((run) => [run.id, run]));
  while (pages < MAX_PAGES_OF_OPEN && hasTime()) {
    const [first] = unread.values();
    if (first === undefined) break;
    // The first page is for the one that waited longest. A page from the newest one on has most of them.
    const next = pages === 0 ? first : newestPlace([...unread.values()], first);
    // The stored times have no milliseconds.
    const page = await readPageOfRuns({ filters, until: next.createdAt + 1_000 }, 1, session);
    pages += 1;
    for (const run of page.runs) if (unread.has(run.id)) runs.set(run.id, run);
    for (const id of [next.id, ...runs.keys()]) {
      asked.add(id);
      unread.delete(id);
    }
  }
  return { runs: [...runs.values()], pages, asked };
}
