import { isId } from '../input/id';
import { isRecord, type Fields } from '../transport/answer';
import { parseCriteria, type RunCriteria } from './filters';

/** A run that had begun and not finished when it was last looked at. Times in milliseconds since 1970. */
export interface PendingRun {
  readonly id: number;
  /** By Dograh's clock. */
  readonly createdAt: number;
  /** When it was last asked about by itself; 0 where never. By our clock. */
  readonly lookedAt: number;
  /** When Dograh first said that it is completed, though without results; 0 where not yet. By our clock. */
  readonly completedAt: number;
  /** How often in a row Dograh knew nothing of it. */
  readonly misses: number;
}

/** What was found out about the runs of one Dograh so far. */
export interface PollState {
  /** Of the runs created then or later, the new ones are those that are neither seen nor pending. By Dograh's clock. */
  readonly from: number;
  /** Runs created at `from` or later that are done with, whether or not the criteria let them through. */
  readonly seen: ReadonlySet<number>;
  readonly pending: ReadonlyMap<number, PendingRun>;
  /** By which the runs seen were judged. */
  readonly criteria: RunCriteria;
  /** Grows with every change. */
  readonly revision: number;
}

/** The same as plain JSON, which a host keeps between two polls. */
export interface StoredPollState {
  readonly version: typeof VERSION;
  /** Which Dograh the run IDs belong to. */
  readonly source: string;
  readonly revision: number;
  readonly from: number;
  readonly seen: readonly number[];
  /** By run ID: `createdAt`, `lookedAt` and `completedAt` in seconds, and `misses`; zeros at the end are left out. */
  readonly pending: Readonly<Record<string, readonly number[]>>;
  readonly criteria: RunCriteria;
}

const VERSION = 1;

export function storeState(state: PollState, source: string): StoredPollState {
  return {
    version: VERSION,
    source,
    revision: state.revision,
    from: state.from,
    seen: [...state.seen].sort((one, other) => one - other),
    pending: Object.fromEntries([...state.pending.values()].map(storePending)),
    criteria: state.criteria,
  };
}

/** Undefined where there is none yet, and for what cannot be read or tells of another Dograh. */
export function parseState(stored: unknown, source: string): PollState | undefined {
  const fields: Fields<StoredPollState> = isRecord(stored) ? stored : {};
  const { from, seen, revision } = fields;
  const criteria = parseCriteria(fields.criteria);
  const pending = parsePending(fields.pending);
  const isRight =
    fields.version === VERSION &&
    fields.source === source &&
    isTime(from) &&
    Number.isSafeInteger(revision) &&
    Array.isArray(seen) &&
    seen.every(isId);
  if (!isRight || criteria === undefined || pending === undefined) return undefined;
  return { from, seen: new Set(seen), pending, criteria, revision: revision as number };
}

function storePending(run: PendingRun): [string, number[]] {
  const times = [run.createdAt, run.lookedAt, run.completedAt].map((ms) => Math.floor(ms / 1000));
  const figures = [...times, run.misses];
  while (figures.at(-1) === 0) figures.pop();
  return [String(run.id), figures];
}

function parsePending(value: unknown): Map<number, PendingRun> | undefined {
  if (!isRecord(value)) return undefined;
  const runs = Object.entries(value).map(([id, times]) => parsePendingRun(Number(id), times));
  const understood = runs.filter((run) => run !== undefined);
  if (understood.length !== runs.length) return undefined;
  return new Map(understood.map((run) => [run.id, run]));
}

function parsePendingRun(id: number, figures: unknown): PendingRun | undefined {
  if (!isId(id) || !Array.isArray(figures) || !figures.every(isTime)) return undefined;
  const [createdAt = 0, lookedAt = 0, completedAt = 0] = figures.map((time) => time * 1000);
  return { id, createdAt, lookedAt, completedAt, misses: figures[3] ?? 0 };
}

/** What a `Date` can hold. */
function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && !Number.isNaN(new Date(value as number).getTime());
}
