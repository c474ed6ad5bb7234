export type RunState = 'initiated' | 'ringing' | 'in_progress' | 'completed';

/** A run as Dograh records it, whether its call could be placed or not. */
export interface Run {
  runId: number;
  runName: string;
  environment: 'production' | 'test';
  agentVersion: 'published' | 'draft';
  agentUuid: string;
  /** The API Trigger that was called, or null when the agent was named by its UUID. */
  trigger: string | null;
  organizationId: number;
  phoneNumber: string;
  /** The context that the run got in the end: merged, with Dograh's own keys. */
  initialContext: Record<string, unknown>;
  /** The configuration that dialled, asked for or not. */
  telephonyConfigurationId: number;
  /** The caller ID that was asked for. */
  fromPhoneNumberId: number | null;
  /** ISO-8601 UTC, as all times here. */
  createdAt: string;
  /** When the provider took the call; null when there was no call. */
  placedAt: string | null;
  /** Every state so far, the present one last. */
  states: { state: RunState; at: string }[];
  /** What the agent found out, and how the call ended; empty while it lives. */
  gatheredContext: Record<string, unknown>;
  /** From picking up to hanging up; 0 while it lives. */
  durationSeconds: number;
  /** In US dollars; null while it lives, and where there was no call. */
  chargeUsd: number | null;
  /** How it ended; null while it lives. */
  disposition: string | null;
  /** Why there was no call, where there was none. */
  error: string | null;
}

/** A run whose phone really rang. */
export interface PlacedCall extends Run {
  placedAt: string;
}

/** What is known of a run before it begins. */
export type RunDetails = Omit<
  Run,
  | 'runId'
  | 'runName'
  | 'createdAt'
  | 'placedAt'
  | 'states'
  | 'gatheredContext'
  | 'durationSeconds'
  | 'chargeUsd'
  | 'disposition'
  | 'error'
>;

export function stateOf(run: Run): RunState | undefined {
  return run.states.at(-1)?.state;
}

export function isOver(run: Run): boolean {
  return stateOf(run) === 'completed';
}
