import { isId } from '../input/id';
import type { ListedRun } from '../runs/listed-run';
import { isRecord, type Fields } from '../transport/answer';

/** Where a run is in the list, which is in the order of creation. */
export interface RunPlace {
  readonly id: number;
  /** By Dograh's clock, in milliseconds since 1970. */
  readonly createdAt: number;
}

/** How far the batches of one trigger got. */
export interface BatchPosition {
  /** Every finished run up to this place was returned, except open ones. */
  readonly last: RunPlace;
  /** The next batch reads the runs created at this time or later. Many of them were returned before. */
  readonly from: number;
  /** Runs that are read again wherever they are, mostly unfinished ones. The next one to check is the first. */
  readonly open: readonly RunPlace[];
  /** The returned runs after `last`, and the returned ones among the open runs. */
  readonly returned: ReadonlySet<number>;
}

/** The same as plain JSON, which a host stores between two polls. Its keys must never change: stored data has them. */
export interface StoredBatchPosition {
  readonly version: typeof VERSION;
  /** Identifies the Dograh, the API key and the filters. */
  readonly owner: string;
  /** The ID, and the time of creation in milliseconds. */
  readonly last: readonly [number, number];
  readonly from: number;
  /** For each run, the ID and the time of creation in seconds. */
  readonly open: readonly (readonly [number, number])[];
  readonly returned: readonly number[];
}

const VERSION = 1;

export function storePosition(
  { last, from, open, returned }: BatchPosition,
  owner: string,
): StoredBatchPosition {
  return {
    version: VERSION,
    owner,
    last: [last.id, last.createdAt],
    from,
    open: open.map(({ id, createdAt }) => [id, Math.floor(createdAt / 1000)]),
    returned: [...returned],
  };
}

/** Undefined if nothing that can be read is stored, or if it belongs to another owner. */
export function parsePosition(stored: unknown, owner: string): BatchPosition | undefined {
  const fields: Fields<StoredBatchPosition> = isRecord(stored) ? stored : {};
  const { from, returned } = fields;
  const last = parsePlace(fields.last);
  const open = Array.isArray(fields.open) ? fields.open.map(parsePlace) : [undefined];
  const isValid =
    fields.version === VERSION &&
    fields.owner === owner &&
    last !== undefined &&
    Number.isSafeInteger(from) &&
    open.every((place) => place !== undefined) &&
    Array.isArray(returned) &&
    returned.every(isId);
  if (!isValid) return undefined;
  return {
    last,
    from: from as number,
    open: open.map(({ id, createdAt }) => ({ id, createdAt: createdAt * 1000 })),
    returned: new Set(returned),
  };
}

/** Nothing after this time was returned. */
export function positionAt(time: number): BatchPosition {
  return { last: { id: 0, createdAt: time }, from: time, open: [], returned: new Set() };
}

/** A run without a time counts as old: it is returned whenever it is read. */
export function placeOf({ id, createdAt }: RunPlace | ListedRun): RunPlace {
  return { id, createdAt: createdAt ?? 0 };
}

export function isAfter(one: RunPlace, other: RunPlace): boolean {
  return comparePlaces(one, other) > 0;
}

export function oldestFirst<T extends RunPlace | ListedRun>(runs: readonly T[]): readonly T[] {
  return runs.toSorted((one, other) => comparePlaces(placeOf(one), placeOf(other)));
}

function comparePlaces(one: RunPlace, other: RunPlace): number {
  return one.createdAt - other.createdAt || one.id - other.id;
}

function parsePlace(value: unknown): RunPlace | undefined {
  const [id, createdAt] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const isPlace = Number.isSafeInteger(id) && Number.isSafeInteger(createdAt);
  return isPlace ? { id: id as number, createdAt: createdAt as number } : undefined;
}
