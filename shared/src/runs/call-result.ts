import type { Environment } from '../agents/environment';
import type { Session } from '../connection/session';
import type { JsonObject } from '../variables/json-value';
import type { CallOutcome } from './outcome';

export type CallStatus = 'initiated' | 'in_progress' | 'completed' | 'failed';

/**
 * One run of an agent, the same flat shape from every operation and in both hosts. What Dograh did not say is
 * `null`, never missing, so that a later step can always name it.
 */
export interface CallResult {
  readonly workflow_run_id: number;
  readonly workflow_run_name: string | null;
  readonly workflow_id: number | null;
  readonly agent_name: string | null;
  readonly status: CallStatus;
  /** Null until the call is over. */
  readonly outcome: CallOutcome | null;
  readonly disposition: string | null;
  /** The destination as it was dialled; of an inbound call, who called. */
  readonly phone_number: string | null;
  readonly duration_seconds: number | null;
  /** ISO-8601, UTC. */
  readonly started_at: string | null;
  readonly gathered_context: JsonObject | null;
  readonly initial_context: JsonObject;
  readonly recording_url: string | null;
  readonly transcript_url: string | null;
  readonly transcript: string | null;
  readonly cost: number | null;
  /** Null where the run does not say it: inbound calls, and calls from Dograh's own dashboard. */
  readonly environment: Environment | null;
  /** The run in the Dograh dashboard, which the client fills in; null where its agent or the dashboard is not known. */
  readonly run_url: string | null;
  /** Dograh's answer was lost, and the run was found in its list of runs. */
  readonly recovered: boolean;
  /** Nobody was dialled now: this is the earlier run for the same reference and number. */
  readonly skipped: boolean;
}

/** What is known of a call in the moment Dograh accepted it. */
export function acceptedCall(
  known: Pick<
    CallResult,
    'workflow_run_id' | 'workflow_run_name' | 'phone_number' | 'initial_context' | 'environment'
  >,
): CallResult {
  return {
    workflow_run_id: known.workflow_run_id,
    workflow_run_name: known.workflow_run_name,
    workflow_id: null,
    agent_name: null,
    status: 'initiated',
    outcome: null,
    disposition: null,
    phone_number: known.phone_number,
    duration_seconds: null,
    started_at: null,
    gathered_context: null,
    initial_context: known.initial_context,
    recording_url: null,
    transcript_url: null,
    transcript: null,
    cost: null,
    environment: known.environment,
    run_url: null,
    recovered: false,
    skipped: false,
  };
}

/** The same run with the link to it in the dashboard. */
export function withRunUrl(result: CallResult, { dashboard }: Session): CallResult {
  return { ...result, run_url: dashboard.run(result.workflow_id, result.workflow_run_id) };
}
