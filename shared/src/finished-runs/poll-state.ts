import { isId } from '../input/id';
import { isRecord, type Fields } from '../transport/answer';
import { parseCriteria, type RunCriteria } from './filters';
import type { StateFormat } from './stored-states';

/** A run that was not finished at its last check. Times in milliseconds since 1970. */
export interface PendingRun {
  readonly id: number;
  /** By Dograh's clock. */
  readonly createdAt: number;
  /** The last check of this run alone, by our clock. 0 means never. */
  readonly checkedAt: number;
  /** The first check that found it completed without results, by our clock. 0 means none. */
  readonly completedAt: number;
  /** How often in a row Dograh did not find it. */
  readonly misses: number;
}

/** What the polls know of the runs of one organization. */
export interface PollState {
  /** A run created at this time or later is new unless it is handled or pending. By Dograh's clock. */
  readonly from: number;
  /** Runs created at `from` or later that need no check anymore, whether or not they matched. */
  readonly handled: ReadonlySet<number>;
  readonly pending: ReadonlyMap<number, PendingRun>;
  /** The criteria that the handled runs were compared with. */
  readonly criteria: RunCriteria;
}

/** The same as plain JSON, which a host stores between two polls. Its keys must never change: stored data has them. */
interface StoredPollState {
  readonly from: number;
  /** The handled runs. */
  readonly seen: readonly number[];
  /** By run ID: `createdAt`, `checkedAt` and `completedAt` in seconds, and `misses`, without zeros at the end. */
  readonly pending: Readonly<Record<string, readonly number[]>>;
  readonly criteria: RunCriteria;
}

export const POLL_STATE_FORMAT: StateFormat<PollState> = {
  store: ({ from, handled, pending, criteria }): StoredPollState => ({
    from,
    seen: [...handled].sort((one, other) => one - other),
    pending: Object.fromEntries([...pending.values()].map(storePending)),
    criteria,
  }),
  parse: (stored) => {
    const fields: Fields<StoredPollState> = stored;
    const { from, seen } = fields;
    const criteria = parseCriteria(fields.criteria);
    const pending = parsePending(fields.pending);
    const isValid = isTime(from) && Array.isArray(seen) && seen.every(isId);
    if (!isValid || criteria === undefined || pending === undefined) return undefined;
    return { from, handled: new Set(seen), pending, criteria };
  },
};

function storePending(run: PendingRun): [string, number[]] {
  const times = [run.createdAt, run.checkedAt, run.completedAt].map((ms) => Math.floor(ms / 1000));
  const numbers = [...times, run.misses];
  while (numbers.at(-1) === 0) numbers.pop();
  return [String(run.id), numbers];
}

function parsePending(value: unknown): Map<number, PendingRun> | undefined {
  if (!isRecord(value)) return undefined;
  const runs = Object.entries(value).map(([id, times]) => parsePendingRun(Number(id), times));
  const parsed = runs.filter((run) => run !== undefined);
  if (parsed.length !== runs.length) return undefined;
  return new Map(parsed.map((run) => [run.id, run]));
}

function parsePendingRun(id: number, numbers: unknown): PendingRun | undefined {
  if (!isId(id) || !Array.isArray(numbers) || !numbers.every(isTime)) return undefined;
  const [createdAt = 0, checkedAt = 0, completedAt = 0] = numbers.map((time) => time * 1000);
  return { id, createdAt, checkedAt, completedAt, misses: numbers[3] ?? 0 };
}

/** Whether a `Date` can hold it. */
export function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && !Number.isNaN(new Date(value as number).getTime());
}
