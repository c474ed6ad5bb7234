import type { CallOutcome } from '../call-result';
import type { ListedRun } from '../listed-run';
import { outcomeOf } from '../outcome';

/**
 * An agent's disposition is written down a moment before the call is over, and its length only after it. Where
 * nobody answered there is no length.
 */
export function isCertainlyOver(run: ListedRun): boolean {
  const { disposition, durationSeconds } = run;
  if (disposition === null) return false;
  return (durationSeconds ?? 0) > 0 || !WITH_CONVERSATION.has(outcomeOf(disposition));
}

const WITH_CONVERSATION: ReadonlySet<CallOutcome> = new Set(['answered', 'voicemail']);
