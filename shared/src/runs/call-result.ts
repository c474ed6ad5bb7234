import type { Environment } from '../agents/environment';
import type { CallingRuleReason } from '../errors/dograh-error';
import type { Session } from '../connection/session';
import type { JsonObject } from '../variables/json-value';
import type { CallChannel } from './channel';
import type { CallOutcome } from './outcome';

/**
 * Why a call was not placed. `called_before`: within the same execution and its retries, or with the same Call
 * Reference. The others: by a calling rule.
 */
export type SkipReason = 'called_before' | CallingRuleReason;

/**
 * `skipped`: a calling rule did not allow the call, so there is no run. `pending` and `never_called`: a contact of a
 * campaign without a run.
 */
export type CallStatus =
  | 'initiated'
  | 'in_progress'
  | 'completed'
  | 'failed'
  | 'skipped'
  | 'pending'
  | 'never_called';

/**
 * One run of an agent, in the same flat shape from every operation and in both hosts. An unknown value is `null` and
 * never missing, so that later steps can always refer to it.
 */
export interface CallResult {
  /** Null only if a calling rule did not allow the call, and for a contact of a campaign without a run. */
  readonly workflow_run_id: number | null;
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
  /** Whether no call was placed now: this earlier run already called the number, or a calling rule did not allow it. */
  readonly skipped: boolean;
  /** Why it was skipped. Null if it was not. */
  readonly skip_reason: SkipReason | null;
  /** When the calling rules allow the call, ISO-8601 with zone. Null if they allow it now or never. */
  readonly callable_at: string | null;
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

/** The result of a step that has a run. */
export interface RunResult extends CallResult {
  readonly workflow_run_id: number;
}

/** The values of the request. */
type AskedValues = Pick<CallResult, 'phone_number' | 'initial_context' | 'environment'>;

/** The result of a call that Dograh has just accepted. */
export function acceptedCall(
  known: AskedValues & Pick<RunResult, 'workflow_run_id' | 'workflow_run_name'>,
): RunResult {
  return {
    ...withoutRun(known, 'initiated'),
    workflow_run_id: known.workflow_run_id,
    workflow_run_name: known.workflow_run_name,
    channel: 'telephony',
  };
}

/** The result of a call that a calling rule did not allow. */
export function refusedCall(
  asked: AskedValues,
  refusal: { readonly reason: SkipReason; readonly callableAt: string | null },
): CallResult {
  const why = { skipped: true, skip_reason: refusal.reason, callable_at: refusal.callableAt };
  const { phone_number, status, notes, ...others } = withoutRun(asked, 'skipped');
  // What a person looks for comes first. Most other values are null.
  return { phone_number, status, ...why, notes, ...others, ...why };
}

/** A result with only the values of the request. */
export function withoutRun(known: AskedValues, status: CallStatus): CallResult {
  return {
    workflow_run_id: null,
    workflow_run_name: null,
    workflow_id: null,
    agent_name: null,
    status,
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
    callable_at: null,
    notes: [],
    mode: null,
    channel: null,
    caller_number: null,
    usage_info: null,
    annotations: null,
  };
}

/** The run of an earlier call, as the result of a step that placed no call because of it. */
export function skippedFor<T extends CallResult>(earlier: T): T {
  return { ...earlier, skipped: true, skip_reason: 'called_before', recovered: false };
}

/** The same run with its link to the dashboard. */
export function withRunUrl<T extends CallResult>(result: T, { dashboard }: Session): T {
  const { workflow_id: agentId, workflow_run_id: runId } = result;
  return { ...result, run_url: runId === null ? null : dashboard.run(agentId, runId) };
}
