import type { Clock } from '../transport/clock';

/** A host has written down by then what a poll gave it. */
const WRITTEN_DOWN_AFTER_MS = 10_000;

/** The pollers that are polling now, and the last poll of each: what it began with, and when it was over. */
const polling = new Set<string>();
const lastPolls = new Map<string, { readonly revision: number; readonly endedAt: number }>();

/**
 * Lets only one poll of each poller go on at a time: a second one would find the same runs. It is passed over, and
 * so is one that begins with what an earlier one began with a moment ago, for its host has not written down yet
 * what that one found. The next poll finds whatever is left.
 * @param poller the same for polls with the same memory
 * @param revisionOf of the memory; undefined where it is empty. Read when it is this poll's turn.
 * @returns undefined where the poll was passed over
 */
export async function inTurn<T>(
  poller: string,
  clock: Clock,
  revisionOf: () => number | undefined,
  poll: () => Promise<T>,
): Promise<T | undefined> {
  if (polling.has(poller)) return undefined;
  const revision = revisionOf();
  const last = lastPolls.get(poller);
  const sinceLast = last === undefined ? Infinity : clock.now() - last.endedAt;
  if (last?.revision === revision && sinceLast < WRITTEN_DOWN_AFTER_MS) return undefined;
  polling.add(poller);
  try {
    const found = await poll();
    if (revision !== undefined && revision !== revisionOf()) {
      lastPolls.set(poller, { revision, endedAt: clock.now() });
    }
    return found;
  } finally {
    polling.delete(poller);
  }
}
