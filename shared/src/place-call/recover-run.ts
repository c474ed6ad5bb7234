import { CLOCK_SKEW_MS } from '../calling-rules/call-history';
import { CALL_REQUEST_ID } from '../variables/reserved-names';
import {
  CancelledError,
  DograhError,
  OutcomeUnknownError,
  TelephonyError,
  type CallTrace,
} from '../errors/dograh-error';
import { said } from '../transport/answer';
import { searchTerm } from '../input/same-number';
import type { RunResult } from '../runs/call-result';
import { failedBeforeDialing } from '../runs/failed-before-dialing';
import { pagesOfRuns } from '../runs/list-runs';
import { mayHaveDialed } from '../runs/may-have-dialed';
import { byCalledNumber } from '../runs/run-filters';
import { mayBeTo, resultOfListedRun, type ListedRun } from '../runs/listed-run';
import { readRunState } from '../runs/read-run';
import { limitedTo, pause, timeLeft, type Session } from '../connection/session';
import type { CallRequest } from './call-input';
import { MAX_ANSWERED_SEARCHES, MAX_SEARCH_MS, SEARCH_PAUSES_MS } from './time-limits';

/** The run is among the newest ones. */
const MAX_PAGES = 3;

interface Findings {
  searches: number;
  /** How many of them Dograh answered. */
  answered: number;
  /** The run with the ID of this request, if it is not clear whether a phone was dialed. */
  own: number | undefined;
  /** Why the provider's reports about it could not be read. */
  unread: DograhError | undefined;
  /** Runs of which one may be this call. */
  readonly candidates: Set<number>;
  /** Runs to the same number that are certainly other calls. */
  readonly others: Set<number>;
  /** Why the last search failed; undefined if it did not. */
  lastFailure: DograhError | undefined;
}

/**
 * Searches for the run of a request whose response was lost. Only the request's ID in the run's context proves that
 * the run is this call, because another program can place an equal call at the same moment.
 * @returns the run, as `recovered`
 * @throws TelephonyError if the run proves that no phone was dialed; otherwise `lost`, with the findings added
 */
export async function recoverRun(
  call: CallRequest,
  trace: CallTrace,
  lost: OutcomeUnknownError,
  session: Session,
): Promise<RunResult> {
  const search = limitedTo(MAX_SEARCH_MS, session);
  const findings: Findings = {
    searches: 0,
    answered: 0,
    own: undefined,
    unread: undefined,
    candidates: new Set(),
    others: new Set(),
    lastFailure: undefined,
  };
  for (const wait of SEARCH_PAUSES_MS) {
    if (findings.answered >= MAX_ANSWERED_SEARCHES || wait >= timeLeft(search)) break;
    const run = await searchOnce(wait, call, trace, findings, search);
    if (!isUnreachable(findings.lastFailure)) findings.answered += 1;
    if (run === undefined) continue;
    if (!mayHaveDialed(run.failure ?? undefined)) return toResult(run, call);
    findings.own = run.id;
    const reading = wasTakenByProvider(run, search);
    const taken = await reading.catch((error: unknown) => {
      if (!(error instanceof DograhError)) throw error;
      if (error.kind === 'Cancelled') throw stoppedError(call, trace);
      findings.unread = error;
    });
    if (taken === true) return takenResult(run, call);
    if (taken === false) findings.unread = undefined;
  }
  throw stillUnknownError(lost, trace, findings, call);
}

/** Whether Dograh, or a proxy in front of it, may be restarting. */
function isUnreachable(failure: DograhError | undefined): boolean {
  return failure !== undefined && ['Network', 'Server', 'Contract'].includes(failure.kind);
}

/** The provider's reports that a phone rang, or that it tried to. */
const TAKEN: ReadonlySet<unknown> = new Set([
  ...['initiated', 'ringing', 'in-progress', 'answered', 'completed', 'busy', 'no-answer'],
]);

/** Dograh may have lost only the provider's response. Then the provider reports the call to Dograh later. */
async function wasTakenByProvider(run: ListedRun, session: Session): Promise<boolean> {
  const { callbacks } = await readRunState(run, session);
  return callbacks.some(({ status }) => TAKEN.has(status));
}

/** Dograh ended the run as failed, although the provider took the call. */
function takenResult(run: ListedRun, call: CallRequest): RunResult {
  const result = toResult(run, call);
  return {
    ...result,
    status: 'initiated',
    outcome: null,
    disposition: null,
    duration_seconds: null,
  };
}

async function searchOnce(
  pauseMs: number,
  call: CallRequest,
  trace: CallTrace,
  findings: Findings,
  session: Session,
): Promise<ListedRun | undefined> {
  const { phoneNumber } = call;
  const query = { filters: [byCalledNumber(searchTerm(phoneNumber))], tries: 1 };
  const runs: ListedRun[] = [];
  const isOurs = (run: ListedRun): boolean =>
    run.initialContext?.[CALL_REQUEST_ID] === trace.callRequestId;
  try {
    await pause(pauseMs, session);
    findings.searches += 1;
    for await (const page of pagesOfRuns(query, MAX_PAGES, session)) {
      runs.push(...page.runs);
      if (page.runs.some(isOurs)) break;
    }
    findings.lastFailure = undefined;
  } catch (error) {
    if (!(error instanceof DograhError)) throw error;
    if (error.kind === 'Cancelled') throw stoppedError(call, trace);
    findings.lastFailure = error;
  }
  const isRecent = ({ createdAt }: ListedRun): boolean =>
    createdAt === null || createdAt >= trace.sentAt - CLOCK_SKEW_MS;
  const ours = new Set(runs.filter(isOurs).map(({ id }) => id));
  for (const run of runs) {
    const mayBeOurs = isOurs(run) || (run.initialContext === null && isRecent(run));
    if (mayBeOurs) findings.candidates.add(run.id);
    else if (mayBeTo(phoneNumber, run) && isRecent(run)) findings.others.add(run.id);
  }
  // Two runs with the same ID: a proxy repeated the request.
  return ours.size === 1 ? runs.find(isOurs) : undefined;
}

/** @throws TelephonyError */
function toResult(run: ListedRun, call: CallRequest): RunResult {
  if (failedBeforeDialing(run)) {
    const reason = run.failure ?? undefined;
    throw new TelephonyError({
      detail: reason,
      message: `Dograh could not dial${said(reason)}.`,
      hint: `This number was not dialed, as run ${run.id} shows. Check the credit and the telephony configuration in the Dograh dashboard, and the phone number.`,
    });
  }
  const found = resultOfListedRun(run, call);
  return {
    ...found,
    // The lost response would have said the same.
    status: found.status === 'in_progress' ? 'initiated' : found.status,
    phone_number: call.phoneNumber,
    initial_context: call.initialContext,
    recovered: true,
  };
}

function stillUnknownError(
  lost: OutcomeUnknownError,
  trace: CallTrace,
  findings: Findings,
  { phoneNumber }: CallRequest,
): OutcomeUnknownError {
  return new OutcomeUnknownError({
    status: lost.status,
    detail: lost.detail,
    trace: {
      ...trace,
      candidates: [...findings.candidates],
      couldLook: findings.searches > 0 && findings.lastFailure === undefined,
    },
    message: withRemark(lost.message, describeSearches(findings)),
    hint: withRemark(lost.hint, describeOthers(findings, phoneNumber)),
  });
}

/** A second recovery must not add the same remark again. */
function withRemark(text: string, remark: string): string {
  return text.includes(remark) ? text : `${text} ${remark}`;
}

function describeSearches(findings: Findings): string {
  const { searches, own, unread, candidates, lastFailure } = findings;
  if (searches === 0) return 'There was no time left to search for its run.';
  if (own !== undefined) {
    return unread === undefined
      ? `Run ${own} in Dograh is this call. It does not show whether the provider dialed.`
      : `Run ${own} in Dograh is this call. Whether the provider dialed could not be read: ${unread.message}`;
  }
  if (lastFailure !== undefined) {
    return `The search for it in Dograh's list of runs failed: ${lastFailure.message}`;
  }
  if (candidates.size > 0) {
    const which = candidates.size === 1 ? 'which' : 'and one of them';
    return `Dograh lists ${namedRuns(candidates)}, ${which} may be this call.`;
  }
  return 'Dograh lists no run of this call so far.';
}

function describeOthers({ others }: Findings, phoneNumber: string): string {
  if (others.size === 0) return '';
  const [verb, call] = others.size === 1 ? ['is', 'another call'] : ['are', 'other calls'];
  return `${capitalized(namedRuns(others))} ${verb} ${call} to ${phoneNumber} and not this one.`;
}

function namedRuns(ids: ReadonlySet<number>): string {
  return `${ids.size === 1 ? 'run' : 'runs'} ${[...ids].join(', ')}`;
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function stoppedError({ phoneNumber }: CallRequest, trace: CallTrace): CancelledError {
  return new CancelledError({
    trace,
    callPlaced: 'unknown',
    message: `The execution was stopped while it searched for the run of the call to ${phoneNumber}.`,
    hint: 'Before you send it again, check the Dograh dashboard for a new run.',
  });
}
