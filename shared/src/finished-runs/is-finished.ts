import type { ListedRun } from '../runs/listed-run';
import { wasNotConnected } from '../runs/outcome';

/**
 * Whether the list proves that the call ended. The agent's disposition is written a moment before the end, the
 * duration after it. An unanswered call has no duration.
 */
export function isCertainlyFinished({ disposition, durationSeconds, end }: ListedRun): boolean {
  if (disposition === null) return false;
  return (durationSeconds ?? 0) > 0 || wasNotConnected(end);
}

/** Three times Dograh's limit for a call. */
const MAX_UNCERTAIN_MS = 60 * 60_000;

/**
 * Whether a run with a disposition counts as finished because it is this old. A result still missing never comes.
 * @param now by Dograh's clock
 */
export function isOld({ createdAt }: Pick<ListedRun, 'createdAt'>, now: number): boolean {
  return createdAt === null || now - createdAt > MAX_UNCERTAIN_MS;
}
