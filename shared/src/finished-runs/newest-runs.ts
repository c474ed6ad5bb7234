import { timeLeft, type Session } from '../connection/session';
import { DograhError } from '../errors/dograh-error';
import { pagesOfRuns, type RunPage, type RunQuery } from '../runs/list-runs';
import type { ListedRun } from '../runs/listed-run';
import type { ReadRuns } from './drop-unfinished';

/** Far longer than any call. The result of an older unfinished run is not awaited. */
export const MAX_CALL_MS = 24 * 60 * 60_000;

/**
 * The runs of the last day, newest first, and the others of the last page that was read. If Dograh is too slow to read
 * them all, the oldest are missing. Each run once: a run written late moves another one to the next page.
 * @throws DograhError if not even one page was read, or for another reason than the time
 */
export async function readNewestRuns(
  query: RunQuery,
  maxPages: number,
  session: Session,
): Promise<ReadRuns> {
  const { clock } = session;
  const runs = new Map<number, ListedRun>();
  let pages = 0;
  let sentAt = clock.now();
  let now = sentAt;
  let hasTime = true;
  try {
    for await (const page of pagesOfRuns(query, maxPages, session)) {
      for (const run of page.runs) runs.set(run.id, run);
      pages += 1;
      now = page.now ?? clock.now();
      hasTime = timeLeft(session) > clock.now() - sentAt;
      if (!hasTime || isLast(page, pages, maxPages, now)) break;
      sentAt = clock.now();
    }
  } catch (error) {
    if (pages === 0 || !isTooSlow(error, session)) throw error;
    hasTime = false;
  }
  return { runs: [...runs.values()], now, hasTime };
}

function isLast(
  { runs, totalPages }: RunPage,
  pages: number,
  maxPages: number,
  now: number,
): boolean {
  const since = now - MAX_CALL_MS;
  const isFarBack = runs.some(({ createdAt }) => createdAt !== null && createdAt < since);
  return isFarBack || pages >= totalPages || pages >= maxPages;
}

/** Less time than this is not enough for a request. */
const MIN_REQUEST_MS = 1_000;

function isTooSlow(error: unknown, session: Session): boolean {
  return (
    error instanceof DograhError && error.kind === 'Network' && timeLeft(session) < MIN_REQUEST_MS
  );
}
