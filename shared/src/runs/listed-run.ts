import { isJsonObject, type JsonObject, type JsonValue } from '../variables/json-value';
import { isId } from '../input/id';
import { isSameNumber } from '../input/same-number';
import type { BaseUrl } from '../connection/base-url';
import type { ListedRun as RunInContract } from '../contract/types.gen';
import { isRecord, said, textOrNull, type Fields } from '../transport/answer';
import type { Environment } from '../agents/environment';
import { artifactUrl } from './artifact-url';
import type { RunResult } from './call-result';
import { channelOf, isPhoneCall } from './channel';
import { mayHaveDialed, mayHaveDialedContact } from './may-have-dialed';
import { toOutcome, type CallEnd, type CallOutcome } from './outcome';

/** An entry of Dograh's list of runs. A value that is missing or of another type is null. */
export interface ListedRun {
  readonly id: number;
  readonly name: string | null;
  readonly workflowId: number | null;
  readonly agentName: string | null;
  /** Milliseconds since 1970, by Dograh's clock. */
  readonly createdAt: number | null;
  readonly calledNumber: string | null;
  readonly callerNumber: string | null;
  /** How Dograh was connected, e.g. `twilio`. */
  readonly mode: string | null;
  readonly isInbound: boolean;
  /** What the call achieved or how it ended, as the organization names it. Usually null while it is running. */
  readonly disposition: string | null;
  readonly end: CallEnd;
  /** Why the call could not be placed, if Dograh ended the run for that reason. */
  readonly failure: string | null;
  readonly durationSeconds: number | null;
  readonly charge: number | null;
  readonly initialContext: JsonObject | null;
  readonly gatheredContext: JsonObject | null;
  /** Both voices. Dograh sends an address of it and of the transcript even if there is no file. */
  readonly recordingUrl: string | null;
  /** The voice of the person on the phone. */
  readonly userRecordingUrl: string | null;
  /** The voice of the agent. */
  readonly botRecordingUrl: string | null;
  readonly transcriptUrl: string | null;
}

/** What only the run itself says. */
export interface RunState {
  /** Set when the call ends, which may be before the results are written. */
  readonly isCompleted: boolean;
  readonly usageInfo: JsonObject | null;
  readonly annotations: JsonObject | null;
}

/** Undefined if the value is not a run. */
export function parseListedRun(value: unknown, baseUrl: BaseUrl): ListedRun | undefined {
  if (!isRecord(value)) return undefined;
  const run: Fields<RunInContract> = value;
  if (!isId(run.id)) return undefined;
  const initialContext = objectOrNull(run.initial_context);
  const gatheredContext = objectOrNull(run.gathered_context);
  const end = parseEnd(gatheredContext, run.call_duration_seconds);
  return {
    id: run.id,
    name: textOrNull(run.name),
    workflowId: numberOrNull(run.workflow_id),
    agentName: textOrNull(run.workflow_name),
    createdAt: timeOrNull(run.created_at),
    calledNumber: textOrNull(run.called_number) ?? textOrNull(initialContext?.['called_number']),
    callerNumber: textOrNull(run.caller_number) ?? textOrNull(initialContext?.['caller_number']),
    mode: textOrNull(run.mode),
    isInbound: run.call_type === 'inbound',
    disposition: textOrNull(run.disposition) ?? textOrNull(gatheredContext?.['call_disposition']),
    end,
    failure: failureOf(gatheredContext, end),
    durationSeconds: numberOrNull(run.call_duration_seconds),
    charge: numberOrNull(run.charge_usd),
    initialContext,
    gatheredContext,
    recordingUrl: artifactUrl(run, 'recording', baseUrl),
    userRecordingUrl: artifactUrl(run, 'user_recording', baseUrl),
    botRecordingUrl: artifactUrl(run, 'bot_recording', baseUrl),
    transcriptUrl: artifactUrl(run, 'transcript', baseUrl),
  };
}

/**
 * @param asked values of the request, for a run that does not contain them
 * @param state of the run itself, if it was read. The list shows only the disposition.
 */
export function resultOfListedRun(
  run: ListedRun,
  asked: { readonly phoneNumber: string | null; readonly environment: Environment | null } = {
    phoneNumber: null,
    environment: null,
  },
  state: Partial<RunState> = {},
): RunResult {
  const { disposition } = run;
  const outcome = outcomeOf(run, state.isCompleted === true);
  return {
    workflow_run_id: run.id,
    workflow_run_name: run.name,
    workflow_id: run.workflowId,
    agent_name: run.agentName,
    status: outcome === null ? 'in_progress' : outcome === 'failed' ? 'failed' : 'completed',
    outcome,
    disposition,
    phone_number: (run.isInbound ? run.callerNumber : run.calledNumber) ?? asked.phoneNumber,
    duration_seconds: outcome === null || isWithoutDuration(run) ? null : run.durationSeconds,
    started_at: run.createdAt === null ? null : new Date(run.createdAt).toISOString(),
    gathered_context: run.gatheredContext,
    initial_context: run.initialContext ?? {},
    recording_url: run.recordingUrl,
    transcript_url: run.transcriptUrl,
    transcript: null,
    cost: run.charge,
    environment: environmentOf(run.initialContext?.['trigger_mode']) ?? asked.environment,
    run_url: null,
    recovered: false,
    skipped: false,
    skip_reason: null,
    callable_at: null,
    notes: outcome === null ? [] : notesOn(run),
    mode: run.mode,
    channel: channelOf(run.mode),
    caller_number: run.callerNumber,
    usage_info: state.usageInfo ?? null,
    annotations: state.annotations ?? null,
  };
}

/** Whether a run may be to this number: Dograh may not say which number a run called. */
export function mayBeTo(phoneNumber: string, { calledNumber }: ListedRun): boolean {
  return calledNumber === null || isSameNumber(calledNumber, phoneNumber);
}

/** The list has 0 seconds for every run whose duration Dograh never wrote. */
function isWithoutDuration({ disposition, durationSeconds }: ListedRun): boolean {
  return disposition === null && durationSeconds === 0;
}

/** What is known about a finished run without a disposition. */
function notesOn(run: ListedRun): string[] {
  if (run.disposition !== null) return [];
  const error = whyNeverPlaced(run);
  if (error === null) {
    return ['Dograh completed this run without a result. It is not known how the call ended.'];
  }
  return mayHaveDialedContact(error)
    ? [`It is not known whether this call was placed. Dograh noted an error${said(error)}.`]
    : [`Dograh did not place this call${said(error)}.`];
}

function outcomeOf(run: ListedRun, isCompleted: boolean): CallOutcome | null {
  if (run.failure !== null && mayHaveDialed(run.failure)) return 'unknown';
  if (run.disposition !== null) return toOutcome(run.end);
  const error = whyNeverPlaced(run);
  if (error !== null) return mayHaveDialedContact(error) ? 'unknown' : 'failed';
  return isCompleted ? 'unknown' : null;
}

/** @param duration in seconds, as Dograh sends it */
export function parseEnd(gathered: JsonObject | null, duration: unknown): CallEnd {
  const tags = gathered?.['call_tags'];
  return {
    callStatus: textOrNull(gathered?.['call_status']),
    disposition: textOrNull(gathered?.['call_disposition']),
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
    durationSeconds: numberOrNull(duration),
  };
}

/**
 * If a campaign cannot place a call, the run has an error and no disposition. Of a placed call, Dograh first writes the
 * provider. Its agent may also gather a value called `error`. Null if there is no such error. The error does not always
 * prove that no phone was dialed, see {@link mayHaveDialedContact}.
 */
export function whyNeverPlaced(run: ListedRun): string | null {
  const { gatheredContext, durationSeconds } = run;
  const { error, provider } = gatheredContext ?? {};
  const hasError = typeof error === 'string' && error !== '' && run.disposition === null;
  const isUnplaced = provider === undefined && (durationSeconds ?? 0) === 0;
  return hasError && isUnplaced && isPhoneCall(run) && !run.isInbound ? error : null;
}

/** An agent may also gather a value called `error`, but only in a conversation. Then Dograh wrote tags and a provider. */
function failureOf(gathered: JsonObject | null, end: CallEnd): string | null {
  const error = gathered?.['error'];
  const wasNotPlaced =
    end.disposition === 'error' &&
    gathered?.['provider'] === undefined &&
    !end.tags.includes('error') &&
    end.durationSeconds === 0;
  if (!wasNotPlaced || error === undefined || error === null || error === '') return null;
  return typeof error === 'string' ? error : JSON.stringify(error);
}

function environmentOf(mode: JsonValue | undefined): Environment | undefined {
  return mode === 'production' || mode === 'test' ? mode : undefined;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function objectOrNull(value: unknown): JsonObject | null {
  return isRecord(value) && isJsonObject(value as JsonObject) ? (value as JsonObject) : null;
}

/** A time without a zone is in UTC. */
export function timeOrNull(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const time = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`);
  return Number.isNaN(time) ? null : time;
}
