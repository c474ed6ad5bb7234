import type { Session } from '../connection/session';
import { shortHash } from '../connection/short-hash';
import type { RunResult } from '../runs/call-result';
import type { RunQuery } from '../runs/list-runs';
import type { ListedRun } from '../runs/listed-run';
import {
  isAfter,
  oldestFirst,
  parsePosition,
  placeOf,
  storePosition,
  type StoredBatchPosition,
} from './batch-position';
import { readCriteria, type FinishedRunFilters, type RunCriteria } from './filters';
import { finishedAmong, isDecided, queryFor } from './finished-among';
import { nextPosition, type Given } from './next-position';
import { readFirst, readNext, type ReadPart } from './read-part';

export interface BatchRequest {
  readonly filters: FinishedRunFilters;
  /** The position that the last batch returned, as the host stored it. Anything else means that there is none. */
  readonly position: unknown;
  /** Whether the host only remembers the runs of this batch, and does not handle them. */
  readonly isFirst: boolean;
}

export interface RunBatch {
  /** Newest first. */
  readonly runs: readonly RunResult[];
  /** The host must store it before the next batch. */
  readonly position: StoredBatchPosition;
}

/** Zapier holds the runs of a Zap if 100 or more items are new. A batch and a lost one before it are fewer. */
const MAX_NEW = 49;
const MAX_REQUESTS = 12;
/** How many runs without a disposition are checked. The lower number also if all requests are used. */
const CHECKS = { min: 2, max: 10, atFirst: 20 };

/**
 * The finished runs in batches that are small enough for Zapier, for a host that remembers the IDs of the runs that it
 * handled. A batch has at most 49 runs that were not returned before, the oldest ones of all that match. It also
 * repeats runs of the batches before it, because a response may be lost. So each run is returned at least once, also
 * one that ends hours after newer ones.
 *
 * The first batch has the newest 1,000 runs of the last day. Without a position, a later batch starts a day ago.
 * @throws DograhError. The position is unchanged then.
 */
export async function finishedRunsInBatches(
  { filters, position, isFirst }: BatchRequest,
  session: Session,
): Promise<RunBatch> {
  const criteria = await readCriteria(filters, {}, session);
  const owner = await ownerOf(criteria, session);
  const query = queryFor(criteria);
  const part = isFirst
    ? await readFirst(query, session)
    : await readNext(parsePosition(position, owner), query, session);
  const { given, results } = await chooseRuns(part, query, criteria, session);
  const runs = oldestFirst([...given.batch, ...given.repeated]).toReversed();
  return {
    runs: runs.flatMap(({ id }) => results.get(id) ?? []),
    position: storePosition(nextPosition(part, given, criteria), owner),
  };
}

/** After a change, nothing is known about the runs. */
async function ownerOf(criteria: RunCriteria, session: Session): Promise<string> {
  const key = await session.keyFingerprint();
  return shortHash(JSON.stringify([session.baseUrl.service, key, criteria]));
}

interface Chosen {
  readonly given: Given;
  /** By run ID. */
  readonly results: ReadonlyMap<number, RunResult>;
}

async function chooseRuns(
  part: ReadPart,
  query: RunQuery,
  criteria: RunCriteria,
  session: Session,
): Promise<Chosen> {
  const { isFirst, before, read } = part;
  const open = new Set(before.open.map(({ id }) => id));
  const isNew = (run: ListedRun): boolean =>
    !before.returned.has(run.id) && (open.has(run.id) || isAfter(placeOf(run), before.last));
  // Of the others, the list alone must tell the end. Each further request is for a run that is not returned yet.
  const runs = read.runs.filter(
    (run) => isNew(run) || open.has(run.id) || isDecided(run, read.now),
  );
  const checked = new Set<number>();
  const results = await finishedAmong(
    { ...read, runs: isFirst ? runs : oldestFirst(runs) },
    query,
    criteria,
    (due) => {
      const chosen = isFirst ? due.slice(0, CHECKS.atFirst) : nextChecks(due, part);
      for (const { id } of chosen) checked.add(id);
      return chosen;
    },
    session,
  );
  const finished = oldestFirst(runs.filter(({ id }) => results.has(id)));
  const fresh = finished.filter(isNew);
  const batch = fresh.slice(0, isFirst ? Infinity : MAX_NEW);
  const repeated = finished.filter((run) => !isNew(run));
  return { given: { batch, repeated, left: fresh.slice(batch.length), checked }, results };
}

/** The next open runs and the oldest of the others, alternately. So neither can take all checks. */
function nextChecks(
  due: readonly ListedRun[],
  { before, requests }: ReadPart,
): readonly ListedRun[] {
  const byId = new Map(due.map((run) => [run.id, run]));
  const open = before.open.flatMap(({ id }) => byId.get(id) ?? []);
  const others = due.filter((run) => !open.includes(run));
  // One request is for the runs of 0 seconds.
  const max = Math.min(CHECKS.max, Math.max(CHECKS.min, MAX_REQUESTS - requests - 1));
  const pairs = due.flatMap((_, rank) => [
    ...open.slice(rank, rank + 1),
    ...others.slice(rank, rank + 1),
  ]);
  return pairs.slice(0, max);
}
