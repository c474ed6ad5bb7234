import { isId } from '../input/id';
import { isRecord, type Fields } from '../transport/answer';
import { parseCriteria, type RunCriteria } from './filters';

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

/** The organization that the run IDs belong to. */
export interface StateOwner {
  /** The Dograh. */
  readonly source: string;
  /** The ID of the organization. Null if Dograh does not tell it. Older states do not have it. */
  readonly organization?: number | null | undefined;
  /** The fingerprint of the API key that was last used. Older states do not have it. */
  readonly key?: string | undefined;
}

export interface OwnedState {
  readonly owner: StateOwner;
  readonly state: PollState;
}

/** The same as plain JSON, which a host stores between two polls. Its keys must never change: stored data has them. */
export interface StoredPollState extends StateOwner {
  readonly from: number;
  /** The handled runs. */
  readonly seen: readonly number[];
  /** By run ID: `createdAt`, `checkedAt` and `completedAt` in seconds, and `misses`, without zeros at the end. */
  readonly pending: Readonly<Record<string, readonly number[]>>;
  readonly criteria: RunCriteria;
}

export function storeState({ owner, state }: OwnedState): StoredPollState {
  return {
    ...owner,
    from: state.from,
    seen: [...state.handled].sort((one, other) => one - other),
    pending: Object.fromEntries([...state.pending.values()].map(storePending)),
    criteria: state.criteria,
  };
}

/** Undefined if there is no state, or if it cannot be read. */
export function parseState(stored: unknown): OwnedState | undefined {
  const fields: Fields<StoredPollState> = isRecord(stored) ? stored : {};
  const { source, from, seen } = fields;
  const criteria = parseCriteria(fields.criteria);
  const pending = parsePending(fields.pending);
  const isValid =
    typeof source === 'string' && isTime(from) && Array.isArray(seen) && seen.every(isId);
  if (!isValid || criteria === undefined || pending === undefined) return undefined;
  return {
    owner: { source, ...parseOrganization(fields) },
    state: { from, handled: new Set(seen), pending, criteria },
  };
}

function parseOrganization({
  organization,
  key,
}: Fields<StoredPollState>): Pick<StateOwner, 'organization' | 'key'> {
  const isValid = organization === null || typeof organization === 'number';
  return isValid && typeof key === 'string' ? { organization, key } : {};
}

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
function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && !Number.isNaN(new Date(value as number).getTime());
}
