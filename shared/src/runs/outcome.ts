// Dograh's own word. cspell:ignore cancelled
/** How a call can end. Both hosts' forms, the filters, the docs and the tests take the outcomes from here. */
export const CALL_OUTCOMES = [
  { value: 'answered', label: 'Answered', description: 'A person answered the call' },
  { value: 'no_answer', label: 'No Answer', description: 'The phone rang, and was not answered' },
  { value: 'busy', label: 'Busy', description: 'The line was busy' },
  { value: 'voicemail', label: 'Voicemail', description: 'Dograh detected a voicemail' },
  {
    value: 'failed',
    label: 'Failed',
    description: 'The call could not be placed, or failed before it was answered',
  },
  {
    value: 'unknown',
    label: 'Unknown',
    description: 'The call is over. It is not known whether a person answered',
  },
] as const;

/** One of {@link CALL_OUTCOMES}. `answered` only if the call is known to have reached a person. */
export type CallOutcome = (typeof CALL_OUTCOMES)[number]['value'];

/** What Dograh knows about the end of a call. */
export interface CallEnd {
  /** How the call ended: `gathered_context.call_status`. Dograh 1.46 and later. */
  readonly callStatus: string | null;
  /** `gathered_context.call_disposition`: the agent's own word, or else how the call ended. */
  readonly disposition: string | null;
  /** `gathered_context.call_tags` */
  readonly tags: readonly string[];
  readonly durationSeconds: number | null;
}

/** What a telephony provider says of a call that connected nobody. An agent may use the same words for its result. */
const OUTCOMES_OF_PROVIDER: ReadonlyMap<string, CallOutcome> = new Map([
  ['busy', 'busy'],
  ['no_answer', 'no_answer'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
  ['error', 'failed'],
]);

/** What Dograh says after its agent was connected. A person was reached only in those that say so. */
const OUTCOMES_OF_DOGRAH: ReadonlyMap<string, CallOutcome> = new Map([
  ...withOutcome('answered', ['user_hangup', 'call_duration_exceeded', 'end_call_tool']),
  ...withOutcome('answered', ['call_transferred', 'transfer_call']),
  ...withOutcome('voicemail', ['voicemail_detected', 'voicemail_no_message']),
  ...withOutcome('voicemail', ['voicemail_message_left']),
  // A machine, or only silence, may have taken the call.
  ...withOutcome('unknown', ['machine_timeout', 'ivr_detected', 'answer_message_failed']),
  ...withOutcome('unknown', ['screening_timeout', 'screening_limit', 'screening_message_missing']),
  ...withOutcome('unknown', ['user_idle_max_duration_exceeded', 'system_cancelled']),
  ...withOutcome('unknown', ['system_connect_error', 'unexpected_error', 'pipeline_error']),
  ...withOutcome('unknown', ['unknown']),
]);

function withOutcome(outcome: CallOutcome, words: readonly string[]): [string, CallOutcome][] {
  return words.map((word) => [word, outcome]);
}

export function isOutcome(value: unknown): value is CallOutcome {
  return CALL_OUTCOMES.some((outcome) => outcome.value === value);
}

/** The outcome of a finished call. An organization's own code says nothing about it. */
export function toOutcome(end: CallEnd): CallOutcome {
  const byStatus = knownOutcome(end.callStatus, end);
  const byDisposition = knownOutcome(end.disposition, end);
  // Dograh knows only how the line ended. The agent heard a machine.
  if (byStatus === 'answered' && byDisposition === 'voicemail') return 'voicemail';
  const known = byStatus ?? byDisposition;
  if (known !== undefined || end.callStatus !== null) return known ?? 'unknown';
  // The agent's own word, about a conversation that took place.
  const isOwnWord = end.disposition !== null && (end.durationSeconds ?? 0) > 0;
  return isOwnWord ? 'answered' : 'unknown';
}

/** Whether Dograh writes no duration after this end, because its agent was never connected. */
export function wasNotConnected(end: CallEnd): boolean {
  const words = [end.callStatus, end.disposition].map((word) => asWord(word ?? ''));
  return isOfProvider(end) && words.some((word) => OUTCOMES_OF_PROVIDER.has(word));
}

/** Undefined for a word that is not Dograh's, or that the agent used for something else. */
function knownOutcome(text: string | null, end: CallEnd): CallOutcome | undefined {
  const word = asWord(text ?? '');
  const byProvider = isOfProvider(end) ? OUTCOMES_OF_PROVIDER.get(word) : undefined;
  return byProvider ?? OUTCOMES_OF_DOGRAH.get(word);
}

/** Dograh tags the provider's word as not connected, and every other word with the word itself. */
function isOfProvider({ disposition, tags, durationSeconds }: CallEnd): boolean {
  if (tags.includes('not_connected')) return true;
  return (durationSeconds ?? 0) === 0 && !tags.includes(disposition ?? '');
}

/** The same text for `no-answer`, `no_answer` and `No_Answer`. */
export function asWord(text: string): string {
  return text.trim().toLowerCase().replaceAll('-', '_');
}
