import type { Clock } from '../transport/clock';

/** By then a host has stored the state of a poll. */
const MAX_STORING_MS = 10_000;

/** The pollers whose poll is running, and of each poller the revision that the last poll started with. */
const polling = new Set<string>();
const lastPolls = new Map<string, { readonly revision: number; readonly endedAt: number }>();

/**
 * Skips a poll that would find the same runs as another one: one that starts while another one is running, or with
 * the same revision as one that ended a moment ago. In the second case the host has not stored the new state yet.
 * @param poller identifies the memory. Not the API key: a poll with another key writes into the same memory.
 * @param readRevision of the memory; undefined if the memory is empty
 * @returns undefined if the poll is skipped
 */
export async function onePollAtATime<T>(
  poller: string,
  clock: Clock,
  readRevision: () => number | undefined,
  poll: () => Promise<T>,
): Promise<T | undefined> {
  if (polling.has(poller)) return undefined;
  const revision = readRevision();
  const last = lastPolls.get(poller);
  const sinceLast = last === undefined ? Infinity : clock.now() - last.endedAt;
  if (last?.revision === revision && sinceLast < MAX_STORING_MS) return undefined;
  polling.add(poller);
  try {
    const found = await poll();
    if (revision !== undefined && revision !== readRevision()) {
      lastPolls.set(poller, { revision, endedAt: clock.now() });
    }
    return found;
  } finally {
    polling.delete(poller);
  }
}
