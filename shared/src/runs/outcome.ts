/**
 * How a call can end. Both hosts' forms, the filters, the docs and the tests take the outcomes from here.
 * Every other disposition ends a conversation, by whatever name.
 */
export const CALL_OUTCOMES = [
  {
    value: 'answered',
    label: 'Answered',
    description: 'The call was answered, and no voicemail was detected',
  },
  { value: 'no_answer', label: 'No Answer', description: 'The phone rang, and was not answered' },
  { value: 'busy', label: 'Busy', description: 'The line was busy' },
  { value: 'voicemail', label: 'Voicemail', description: 'Dograh detected a voicemail' },
  {
    value: 'failed',
    label: 'Failed',
    description: 'The call could not be placed, or failed before it was answered',
  },
  { value: 'unknown', label: 'Unknown', description: 'Dograh wrote no results' },
] as const;

/** One of {@link CALL_OUTCOMES}. `unknown` means that Dograh wrote no results. */
export type CallOutcome = (typeof CALL_OUTCOMES)[number]['value'];

/** Dispositions that mean that no conversation took place. */
const OUTCOMES: ReadonlyMap<string, CallOutcome> = new Map([
  ['busy', 'busy'],
  ['no-answer', 'no_answer'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
  ['error', 'failed'],
  ['voicemail_detected', 'voicemail'],
]);

export function isOutcome(value: unknown): value is CallOutcome {
  return CALL_OUTCOMES.some((outcome) => outcome.value === value);
}

/** The outcome of a finished call. */
export function toOutcome(disposition: string): CallOutcome {
  return OUTCOMES.get(disposition) ?? 'answered';
}

/** Whether a call with this disposition has a duration. */
export function hadConversation(disposition: string): boolean {
  const outcome = toOutcome(disposition);
  return outcome === 'answered' || outcome === 'voicemail';
}
