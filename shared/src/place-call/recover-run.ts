import type { BaseUrl } from '../connection/base-url';
import { CALL_REQUEST_ID } from '../context/reserved-keys';
import {
  CancelledError,
  DograhError,
  OutcomeUnknownError,
  TelephonyError,
  type CallTrace,
} from '../errors/dograh-error';
import { said } from '../errors/read-answer';
import type { CallResult } from '../runs/call-result';
import { listRunsTo } from '../runs/list-runs';
import { resultOfListedRun, type ListedRun } from '../runs/listed-run';
import { pause, timeLeft, type Operation } from '../transport/operation';
import type { CallRequest } from './call-input';
import { CLOCK_SKEW_MS, LONGEST_SEARCH_MS, SEARCH_PAUSES_MS } from './time-limits';

/** What the looks came to, beside a run. */
interface Findings {
  looks: number;
  /** Runs that may be ours. */
  candidates: readonly number[];
  /** Runs to the same number that are certainly somebody else's. */
  others: readonly number[];
  /** Why the last look failed, where it did. */
  blindness: DograhError | undefined;
}

/**
 * Looks for the run of a request whose answer was lost. Only the ID that the request left in the run's context
 * tells it from an equal call that somebody else placed at the same moment, so nothing else is believed.
 * @returns the run, as `recovered`
 * @throws TelephonyError when the run says that nobody was dialled; otherwise `lost`, told what the looks showed
 */
export async function recoverRun(
  call: CallRequest,
  trace: CallTrace,
  lost: OutcomeUnknownError,
  baseUrl: BaseUrl,
  operation: Operation,
): Promise<CallResult> {
  const { clock, deadline } = operation;
  const search = { ...operation, deadline: Math.min(deadline, clock.now() + LONGEST_SEARCH_MS) };
  const findings: Findings = { looks: 0, candidates: [], others: [], blindness: undefined };
  for (const wait of SEARCH_PAUSES_MS) {
    if (wait >= timeLeft(search)) break;
    const run = await look(wait, call, trace, findings, baseUrl, search);
    if (run !== undefined) return resultOf(run, call);
  }
  throw stillUnknown(lost, trace, findings, call);
}

async function look(
  wait: number,
  call: CallRequest,
  trace: CallTrace,
  findings: Findings,
  baseUrl: BaseUrl,
  search: Operation,
): Promise<ListedRun | undefined> {
  const query = { calledNumber: call.phoneNumber, since: trace.sentAt - CLOCK_SKEW_MS, tries: 1 };
  let runs: readonly ListedRun[];
  try {
    await pause(wait, search);
    findings.looks += 1;
    runs = await listRunsTo(query, baseUrl, search);
    findings.blindness = undefined;
  } catch (error) {
    if (!(error instanceof DograhError)) throw error;
    if (error.kind === 'Cancelled') throw stoppedWhileLooking(call, trace);
    findings.blindness = error;
    return undefined;
  }
  const ours = runs.filter((run) => run.initialContext?.[CALL_REQUEST_ID] === trace.callRequestId);
  const hidden = runs.filter((run) => run.initialContext === null);
  // Two with the same ID: something on the way repeated the request.
  findings.candidates = [...ours, ...hidden].map(({ id }) => id);
  findings.others = runs.map(({ id }) => id).filter((id) => !findings.candidates.includes(id));
  return ours.length === 1 ? ours[0] : undefined;
}

function resultOf(run: ListedRun, call: CallRequest): CallResult {
  if (run.failedBeforeDialling !== null) {
    throw new TelephonyError({
      detail: run.failedBeforeDialling,
      message: `Dograh could not dial${said(run.failedBeforeDialling)}.`,
      hint: `This number was not dialled; run ${run.id} says so. Check the credit and the telephony configuration in the Dograh dashboard, and the number to call.`,
    });
  }
  const found = resultOfListedRun(run, call);
  return {
    ...found,
    // As the answer would have said it.
    status: found.status === 'in_progress' ? 'initiated' : found.status,
    initial_context: call.initialContext,
    recovered: true,
  };
}

function stillUnknown(
  lost: OutcomeUnknownError,
  trace: CallTrace,
  findings: Findings,
  { phoneNumber }: CallRequest,
): OutcomeUnknownError {
  return new OutcomeUnknownError({
    status: lost.status,
    detail: lost.detail,
    trace: { ...trace, candidates: findings.candidates },
    message: withRemark(lost.message, seen(findings)),
    hint: withRemark(lost.hint, ownedByOthers(findings, phoneNumber)),
  });
}

/** A second search must not say the same again. */
function withRemark(text: string, remark: string): string {
  return text.includes(remark) ? text : `${text} ${remark}`;
}

function seen({ looks, candidates, blindness }: Findings): string {
  if (looks === 0) return 'There was no time left to look for it.';
  if (blindness !== undefined) {
    return `Looking for it in Dograh's list of runs failed: ${blindness.message}`;
  }
  if (candidates.length > 0) {
    return `Dograh lists ${runsNamed(candidates)}, of which any may be this call.`;
  }
  return 'Dograh lists no such run so far.';
}

function ownedByOthers({ others }: Findings, phoneNumber: string): string {
  if (others.length === 0) return '';
  const [verb, call] = others.length === 1 ? ['is', 'another call'] : ['are', 'other calls'];
  return `${capitalized(runsNamed(others))} ${verb} ${call} to ${phoneNumber} and not this one.`;
}

function runsNamed(ids: readonly number[]): string {
  return `${ids.length === 1 ? 'run' : 'runs'} ${ids.join(', ')}`;
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function stoppedWhileLooking({ phoneNumber }: CallRequest, trace: CallTrace): CancelledError {
  return new CancelledError({
    trace,
    callPlaced: 'unknown',
    message: `The execution was stopped while it was looking for the run of the call to ${phoneNumber}.`,
    hint: 'Look in the Dograh dashboard whether a new run was started before you send it again.',
  });
}
