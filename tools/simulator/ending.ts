// Dograh's own word. cspell:ignore cancelled
import type { Artifacts, RunState } from './run';
import type { VersionProfile } from './version';

/** How a call ends. A test chooses it. Each value that is left out is that of a usual answered call. */
export interface Ending {
  /**
   * Default: `user_hangup`. Others are `voicemail_detected`, the agent's own dispositions, and those of a provider
   * for an unanswered call: `busy`, `no-answer`, `failed`, `canceled`, `error`.
   */
  disposition?: string;
  /** Whether a person or a machine took the call. Default: not for a provider's disposition, else yes. */
  answered?: boolean;
  /** How the call ended. Dograh 1.48 says so beside the disposition. Default there: what fits the disposition. */
  callStatus?: string;
  /** Whether the call keeps its slot for 20 minutes, because the provider does not report its end. Default: no. */
  keepsSlot?: boolean;
  /** Whether Dograh completed the run without its agent. Then it writes no results. Default: no. */
  withoutResults?: boolean;
  /** The organization's own code for it. Default: the disposition. */
  mappedDisposition?: string;
  /** What the agent learned, without Dograh's own keys. */
  gathered?: Record<string, unknown>;
  /** The duration that Dograh reports. Default: the duration of the simulated call. */
  durationSeconds?: number;
  /** The lines of the conversation. Null if there is no transcript. */
  transcript?: string | null;
  /** Whether the call was recorded. Default: true. */
  recording?: boolean;
  /** What the agent's QA nodes find. Default: the agent has no QA node. */
  annotations?: Record<string, unknown>;
}

/** The results that Dograh writes after a call. */
export interface CallResults {
  gathered: Record<string, unknown>;
  durationSeconds: number;
  chargeUsd: number | null;
}

/** A state of a running call. */
export type LiveState = Exclude<RunState, 'completed'>;

const usualDisposition = 'user_hangup';
const usdPerSecond = 0.125;

/** Words of Dograh about how a call ended, after its agent was connected. */
const ofDograh: ReadonlySet<string> = new Set([
  ...['user_hangup', 'voicemail_detected', 'voicemail_no_message', 'voicemail_message_left'],
  ...['machine_timeout', 'ivr_detected', 'answer_message_failed', 'screening_timeout'],
  ...['screening_limit', 'screening_message_missing', 'user_idle_max_duration_exceeded'],
  ...['call_duration_exceeded', 'call_transferred', 'transfer_call', 'end_call_tool'],
  ...['system_cancelled', 'system_connect_error', 'unexpected_error', 'pipeline_error', 'unknown'],
]);

/** The states of an unanswered call before it ends, by disposition. */
const statesWithoutAnswer = new Map<string, LiveState[]>([
  ['busy', ['initiated']],
  ['failed', ['initiated']],
  ['error', ['initiated']],
  ['no-answer', ['initiated', 'ringing']],
  ['canceled', ['initiated', 'ringing']],
]);

export function dispositionOf({ disposition = usualDisposition }: Ending): string {
  return disposition;
}

export function isAnswered(ending: Ending): boolean {
  return ending.answered ?? !statesWithoutAnswer.has(dispositionOf(ending));
}

export function statesBefore(ending: Ending): LiveState[] {
  const withoutAnswer = isAnswered(ending)
    ? undefined
    : (statesWithoutAnswer.get(dispositionOf(ending)) ?? ['initiated', 'ringing']);
  return withoutAnswer ?? ['initiated', 'ringing', 'in_progress'];
}

/** @param livedMs from picking up to hanging up */
export function resultsOf(ending: Ending, livedMs: number, profile: VersionProfile): CallResults {
  const disposition = dispositionOf(ending);
  const answered = isAnswered(ending);
  const durationSeconds = answered ? (ending.durationSeconds ?? Math.ceil(livedMs / 1000)) : 0;
  const gathered = ending.gathered ?? (answered ? { customer_satisfied: 'yes' } : {});
  return {
    gathered: {
      ...gathered,
      call_tags: answered
        ? [disposition, 'user_speech']
        : ['not_connected', `telephony_${disposition}`],
      ...callStatusOf(ending, profile),
      call_disposition: disposition,
      mapped_call_disposition: ending.mappedDisposition ?? disposition,
    },
    durationSeconds,
    chargeUsd: answered ? durationSeconds * usdPerSecond : null,
  };
}

/** `call_status`, if this version or the test has one. An agent's own word is about a call that a person ended. */
export function callStatusOf(ending: Ending, profile: VersionProfile): { call_status?: string } {
  const { callStatus } = ending;
  if (callStatus !== undefined) return { call_status: callStatus };
  if (!profile.writesCallStatus) return {};
  const disposition = dispositionOf(ending);
  const isOwn = isAnswered(ending) && !ofDograh.has(disposition);
  return { call_status: isOwn ? usualDisposition : disposition.replaceAll('-', '_') };
}

/** @param pickedUpAt ISO-8601 UTC */
export function artifactsOf(ending: Ending, pickedUpAt: string): Artifacts {
  if (!isAnswered(ending)) return { transcript: null, hasRecording: false };
  const { transcript = usualTranscript(pickedUpAt), recording: hasRecording = true } = ending;
  return { transcript, hasRecording };
}

function usualTranscript(pickedUpAt: string): string {
  const said = [
    ['assistant', 'Hello! Do you have a minute?'],
    ['user', 'Yes, I do.'],
    ['assistant', 'Thank you. Goodbye!'],
  ];
  const start = Date.parse(pickedUpAt);
  const lines = said.map(([who = '', what = ''], index) => {
    const at = new Date(start + index * 100).toISOString().replace('Z', '+00:00');
    return `[${at}] ${who}: ${what}\n`;
  });
  return lines.join('');
}
