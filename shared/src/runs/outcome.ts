import type { CallOutcome } from './call-result';

/** Dispositions that say that nobody was reached; every other one ends a conversation, by whatever name. */
const WITHOUT_ANSWER: ReadonlyMap<string, CallOutcome> = new Map([
  ['busy', 'busy'],
  ['no-answer', 'no_answer'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
  ['error', 'failed'],
  ['voicemail_detected', 'voicemail'],
]);

/** What came of a call that is over. */
export function outcomeOf(disposition: string): CallOutcome {
  return WITHOUT_ANSWER.get(disposition) ?? 'answered';
}

/** Whether a call that ended so has a length: not where nobody picked up. */
export function hadConversation(disposition: string): boolean {
  return WITH_CONVERSATION.has(outcomeOf(disposition));
}

const WITH_CONVERSATION: ReadonlySet<CallOutcome> = new Set(['answered', 'voicemail']);
