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
import type { CallResult } from '../runs/call-result';
import { failedBeforeDialling, mayHaveDialled } from '../runs/failed-before-dialing';
import { calledNumber, pagesOfRuns } from '../runs/list-runs';
import { mayBeTo, resultOfListedRun, type ListedRun } from '../runs/listed-run';
import { limitedTo, pause, timeLeft, type Session } from '../connection/session';
import type { CallRequest } from './call-input';
import { CLOCK_SKEW_MS, MAX_SEARCH_MS, SEARCH_PAUSES_MS } from './time-limits';

/** Ours is among the newest. */
const MAX_PAGES = 3;

/** What the looks came to, beside a run. */
interface Findings {
  looks: number;
  /** Runs that may be ours. */
  readonly candidates: Set<number>;
  /** Runs to the same number that are certainly somebody else's. */
  readonly others: Set<number>;
  /** Why the last look failed, where it did. */
  lastFailure: DograhError | undefined;
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
  session: Session,
): Promise<CallResult> {
  const search = limitedTo(MAX_SEARCH_MS, session);
  const findings: Findings = {
    looks: 0,
    candidates: new Set(),
    others: new Set(),
    lastFailure: undefined,
  };
  for (const wait of SEARCH_PAUSES_MS) {
    if (wait >= timeLeft(search)) break;
    const run = await look(wait, call, trace, findings, search);
    if (run !== undefined && !mayHaveDialled(run.failure ?? undefined)) return resultOf(run, call);
  }
  throw stillUnknown(lost, trace, findings, call);
}

async function look(
  wait: number,
  call: CallRequest,
  trace: CallTrace,
  findings: Findings,
  session: Session,
): Promise<ListedRun | undefined> {
  const { phoneNumber } = call;
  const query = { filters: [calledNumber(searchTerm(phoneNumber))], tries: 1 };
  const runs: ListedRun[] = [];
  const isOurs = (run: ListedRun): boolean =>
    run.initialContext?.[CALL_REQUEST_ID] === trace.callRequestId;
  try {
    await pause(wait, session);
    findings.looks += 1;
    for await (const page of pagesOfRuns(query, MAX_PAGES, session)) {
      runs.push(...page.runs);
      if (page.runs.some(isOurs)) break;
    }
    findings.lastFailure = undefined;
  } catch (error) {
    if (!(error instanceof DograhError)) throw error;
    if (error.kind === 'Cancelled') throw stoppedWhileLooking(call, trace);
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
  // Two with the same ID: something on the way repeated the request.
  return ours.size === 1 ? runs.find(isOurs) : undefined;
}

function resultOf(run: ListedRun, call: CallRequest): CallResult {
  if (failedBeforeDialling(run)) {
    const reason = run.failure ?? undefined;
    throw new TelephonyError({
      detail: reason,
      message: `Dograh could not dial${said(reason)}.`,
      hint: `This number was not dialled; run ${run.id} says so. Check the credit and the telephony configuration in the Dograh dashboard, and the number to call.`,
    });
  }
  const found = resultOfListedRun(run, call);
  return {
    ...found,
    // As the answer would have said it.
    status: found.status === 'in_progress' ? 'initiated' : found.status,
    phone_number: call.phoneNumber,
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
    trace: {
      ...trace,
      candidates: [...findings.candidates],
      couldLook: findings.looks > 0 && findings.lastFailure === undefined,
    },
    message: withRemark(lost.message, seen(findings)),
    hint: withRemark(lost.hint, ownedByOthers(findings, phoneNumber)),
  });
}

/** A second search must not say the same again. */
function withRemark(text: string, remark: string): string {
  return text.includes(remark) ? text : `${text} ${remark}`;
}

function seen({ looks, candidates, lastFailure }: Findings): string {
  if (looks === 0) return 'There was no time left to look for it.';
  if (lastFailure !== undefined) {
    return `Looking for it in Dograh's list of runs failed: ${lastFailure.message}`;
  }
  if (candidates.size > 0) {
    return `Dograh lists ${runsNamed(candidates)}, of which any may be this call.`;
  }
  return 'Dograh lists no such run so far.';
}

function ownedByOthers({ others }: Findings, phoneNumber: string): string {
  if (others.size === 0) return '';
  const [verb, call] = others.size === 1 ? ['is', 'another call'] : ['are', 'other calls'];
  return `${capitalized(runsNamed(others))} ${verb} ${call} to ${phoneNumber} and not this one.`;
}

function runsNamed(ids: ReadonlySet<number>): string {
  return `${ids.size === 1 ? 'run' : 'runs'} ${[...ids].join(', ')}`;
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
