export type RunState = 'initiated' | 'ringing' | 'in_progress' | 'completed';

/** What a test may wait for: a state, or what Dograh writes down after the last one. */
export type RunMilestone = RunState | 'results' | 'artifacts';

/** What Dograh stores of a call. */
export interface Artifacts {
  transcript: string | null;
  hasRecording: boolean;
}

/** A run as Dograh records it, whether its call could be placed or not. */
export interface Run {
  runId: number;
  runName: string;
  direction: 'outbound' | 'inbound';
  environment: 'production' | 'test';
  agentVersion: 'published' | 'draft';
  agentUuid: string;
  /** The API Trigger that was called, or null when the agent was named by its UUID. */
  trigger: string | null;
  organizationId: number;
  /** The other party's: who is called, and of an inbound call who calls. */
  phoneNumber: string;
  /** The context that the run got in the end: merged, with Dograh's own keys. */
  initialContext: Record<string, unknown>;
  /** The configuration that dialled, asked for or not. */
  telephonyConfigurationId: number;
  /** The caller ID that was asked for. */
  fromPhoneNumberId: number | null;
  /** The agent's version has a webhook, so Dograh makes the public access token by itself. */
  hasWebhook: boolean;
  /** ISO-8601 UTC, as all times here. */
  createdAt: string;
  /** When the provider took the call; null when there was no call, and when a test put the run there. */
  placedAt: string | null;
  /** Every state so far, the present one last. */
  states: { state: RunState; at: string }[];
  /** What the agent found out, and how the call ended. */
  gatheredContext: Record<string, unknown>;
  /** When the results were written, later than the run was completed; null until then. */
  resultsAt: string | null;
  /** From picking up to hanging up; 0 until the results are written. */
  durationSeconds: number;
  /** In US dollars; null until the results are written, and where there was no call. */
  chargeUsd: number | null;
  /**
   * How it ended, null while it lives. Dograh says so only once the results are written, or before the end where the
   * agent decides it during the conversation.
   */
  disposition: string | null;
  /** Why there was no call, where there was none. */
  error: string | null;
  /** When transcript and recordings were stored, or it was clear that there are none; null until then. */
  artifactsAt: string | null;
  artifacts: Artifacts;
  /** What the artifacts can be downloaded with; null until somebody reads the run, or a webhook needs it. */
  publicAccessToken: string | null;
}

/** A run whose phone really rang. */
export interface PlacedCall extends Run {
  placedAt: string;
}

/** What is known of a run before it begins. */
export type RunDetails = Pick<
  Run,
  | 'direction'
  | 'environment'
  | 'agentVersion'
  | 'agentUuid'
  | 'trigger'
  | 'organizationId'
  | 'phoneNumber'
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
