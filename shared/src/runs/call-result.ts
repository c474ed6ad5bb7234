import type { Environment } from '../agents/environment';
import type { Session } from '../connection/session';
import type { JsonObject } from '../variables/json-value';
import type { CallChannel } from './channel';
import type { CallOutcome } from './outcome';

/** `called_before`: within the same execution and its retries, or with the same Call Reference. */
export type SkipReason = 'called_before';

export type CallStatus = 'initiated' | 'in_progress' | 'completed' | 'failed';

/**
 * One run of an agent, in the same flat shape from every operation and in both hosts. An unknown value is `null` and
 * never missing, so that later steps can always refer to it.
 */
export interface CallResult {
  readonly workflow_run_id: number;
  readonly workflow_run_name: string | null;
  readonly workflow_id: number | null;
  readonly agent_name: string | null;
  readonly status: CallStatus;
  /** Null until the run is finished. */
  readonly outcome: CallOutcome | null;
  readonly disposition: string | null;
  /** The dialed number; for an inbound call, the caller's number. */
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
  /** Null for inbound calls and for calls from the Dograh dashboard. */
  readonly environment: Environment | null;
  /** The run in the Dograh dashboard. Null if its agent or the Dashboard URL is unknown. */
  readonly run_url: string | null;
  /** Whether the response was lost and the run was found in Dograh's list of runs. */
  readonly recovered: boolean;
  /** Whether no call was placed now, because this earlier run already called the number. */
  readonly skipped: boolean;
  /** Why it was skipped. Null if it was not. */
  readonly skip_reason: SkipReason | null;
  /** Things to know about the request of this step, or about a run without a result, in sentences. */
  readonly notes: readonly string[];
  /** How Dograh was connected: by a telephony provider, e.g. `twilio`, or by a browser. */
  readonly mode: string | null;
  /** Derived from `mode`. Null if Dograh does not tell the mode. */
  readonly channel: CallChannel | null;
  /** Who called. For an outbound call, the number that the person saw. */
  readonly caller_number: string | null;
  /** What the call used, by service and model. Only a step that reads the run itself knows it. */
  readonly usage_info: JsonObject | null;
  /** What Dograh's QA nodes found. Written after the results. Only a step that reads the run itself knows it. */
  readonly annotations: JsonObject | null;
}

/** The result of a call that Dograh has just accepted. */
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
    skip_reason: null,
    notes: [],
    mode: null,
    channel: 'telephony',
    caller_number: null,
    usage_info: null,
    annotations: null,
  };
}

/** The run of an earlier call, as the result of a step that placed no call because of it. */
export function skippedFor(earlier: CallResult): CallResult {
  return { ...earlier, skipped: true, skip_reason: 'called_before', recovered: false };
}

/** The same run with its link to the dashboard. */
export function withRunUrl(result: CallResult, { dashboard }: Session): CallResult {
  return { ...result, run_url: dashboard.run(result.workflow_id, result.workflow_run_id) };
}
