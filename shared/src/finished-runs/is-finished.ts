import type { ListedRun } from '../runs/listed-run';
import { hadConversation } from '../runs/outcome';

/**
 * An agent's disposition is written down a moment before the call is over, and its length only after it. Where
 * nobody answered there is no length.
 */
export function isCertainlyOver(run: ListedRun): boolean {
  const { disposition, durationSeconds } = run;
  if (disposition === null) return false;
  return (durationSeconds ?? 0) > 0 || !hadConversation(disposition);
}

/** Three times as long as Dograh lets a call last. */
const LONG_PAST_MS = 60 * 60_000;

/**
 * Whether a run with a disposition counts as over because it began so long ago: what it lacks, it never gets.
 * @param now by Dograh's clock
 */
export function isLongPast({ createdAt }: Pick<ListedRun, 'createdAt'>, now: number): boolean {
  return createdAt === null || now - createdAt > LONG_PAST_MS;
}
