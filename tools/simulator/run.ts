export type RunState = 'initiated' | 'ringing' | 'in_progress' | 'completed';

/** What a test can wait for: a state, or something that Dograh stores after the last state. */
export type RunMilestone = RunState | 'results' | 'artifacts';

/** What Dograh stores of a call. */
export interface Artifacts {
  transcript: string | null;
  hasRecording: boolean;
}

/** A run as Dograh records it, also if its call could not be placed. */
export interface Run {
  runId: number;
  runName: string;
  direction: 'outbound' | 'inbound';
  /** The telephony provider. `smallwebrtc` for a test in the browser, `textchat` for a text chat. */
  mode: string;
  environment: 'production' | 'test';
  agentVersion: 'published' | 'draft';
  agentUuid: string;
  /** The API Trigger that was called. Null if the request named the agent by its UUID. */
  trigger: string | null;
  organizationId: number;
  /** The number of the other party: the called number, or the caller of an inbound call. */
  phoneNumber: string;
  /** The row of a campaign to which it belongs. Null for a call of another kind. */
  campaignRow: { campaignId: number; rowId: number } | null;
  /** The complete context of the run: merged, with Dograh's own keys. */
  initialContext: Record<string, unknown>;
  /** The configuration that dialed, requested or not. */
  telephonyConfigurationId: number;
  /** The requested caller ID. */
  fromPhoneNumberId: number | null;
  /** Whether the agent's version has a webhook. Then Dograh creates the public access token by itself. */
  hasWebhook: boolean;
  /** ISO-8601 UTC, like all times here. */
  createdAt: string;
  /** When the provider took the call. Null if there was no call, or if a test added the run. */
  placedAt: string | null;
  /** Every state so far, the current one last. */
  states: { state: RunState; at: string }[];
  /** What the agent learned, and how the call ended. */
  gatheredContext: Record<string, unknown>;
  /** When the results were written, which is after the run was completed. Null until then. */
  resultsAt: string | null;
  /** From picking up to hanging up. 0 until the results are written. */
  durationSeconds: number;
  /** In US dollars. Null until the results are written, or if there was no call. */
  chargeUsd: number | null;
  /**
   * How it ended. Null while it is running. Dograh reports it only after the results are written, or during the
   * call if the agent decides it then.
   */
  disposition: string | null;
  /** What the telephony provider reported. The simulator writes only the end of an answered call. */
  callbacks: { status: string; timestamp: string }[];
  /** Why there was no call. Null if there was one. */
  error: string | null;
  /** When transcript and recordings were stored, or Dograh knew that there are none. Null until then. */
  artifactsAt: string | null;
  artifacts: Artifacts;
  /** What the agent's QA nodes found, by node. They run when the artifacts are stored. Empty until then. */
  annotations: Record<string, unknown>;
  /** The token that downloads the artifacts. Null until the run is read, or a webhook needs the token. */
  publicAccessToken: string | null;
}

/** A run whose call was placed. */
export interface PlacedCall extends Run {
  placedAt: string;
}

/** The data of a run that is known before it begins. */
export type RunDetails = Pick<
  Run,
  | 'direction'
  | 'mode'
  | 'environment'
  | 'agentVersion'
  | 'agentUuid'
  | 'trigger'
  | 'organizationId'
  | 'phoneNumber'
  | 'campaignRow'
  | 'initialContext'
  | 'telephonyConfigurationId'
  | 'fromPhoneNumberId'
  | 'hasWebhook'
>;

export function stateOf(run: Run): RunState | undefined {
  return run.states.at(-1)?.state;
}

export function isOver(run: Run): boolean {
  return stateOf(run) === 'completed';
}

export function hasReached(run: Run, milestone: RunMilestone): boolean {
  if (milestone === 'results') return run.resultsAt !== null;
  if (milestone === 'artifacts') return run.artifactsAt !== null;
  return run.states.some(({ state }) => state === milestone);
}

/** The time since the run entered the state. At least a millisecond, because an answered call has a duration. */
export function elapsedMs(run: Run, state: RunState, now: string): number {
  const entry = run.states.find((candidate) => candidate.state === state);
  return Math.max(1, Date.parse(now) - Date.parse(entry?.at ?? now));
}
