import { CALL_REQUEST_ID } from '../variables/reserved-names';
import { isId } from '../input/id';
import type { CallAccepted, CallRequestBody } from '../contract/types.gen';
import { DograhError, OutcomeUnknownError, type CallTrace } from '../errors/dograh-error';
import { detailOf, isRecord, type Fields } from '../transport/answer';
import { normalizedNumber } from '../input/same-number';
import { acceptedCall, type CallResult } from '../runs/call-result';
import { mayHaveDialled } from '../runs/failed-before-dialing';
import { nextLimits, timeLeft, type Limits, type Session } from '../connection/session';
import { TransportError, type TransportResponse } from '../transport/transport';
import type { CallRequest } from './call-input';
import { oneAtATime } from './one-at-a-time';
import { recoverRun } from './recover-run';
import { refusalOf } from './refusal';
import { askUntilClear } from './retry-policy';
import { earlierCall } from './skip-if-called';
import { NEEDED_TO_PLACE } from './time-limits';
import {
  answerUnclear,
  faultUnclear,
  neverSent,
  stoppedBeforeSending,
  stoppedWhileSending,
} from './unclear-outcome';

/**
 * Places a call at most once.
 *
 * Dograh has no idempotency key, so everything hangs on one question: can anybody have been dialled?
 *
 * | what happened                                   | dialled?    | then                                            |
 * |-------------------------------------------------|-------------|-------------------------------------------------|
 * | 2xx with a run ID                               | yes         | its run is the result                           |
 * | 429                                             | no          | waits, and asks again, as long as it may        |
 * | a refusal: 400 401 402 403 404 405 409 422      | no          | fails and says why                              |
 * | the request cannot have left this machine       | no          | asks again, once; then fails                    |
 * | anything else: 5xx, 3xx, a reset, silence, a    | **unknown** | never asks again; looks for the run, by an ID   |
 * | 400 that does not show that nobody was dialled  |             | that only this request has, or fails saying so  |
 *
 * With a {@link SkipRule} it looks first whether the call was made before, in front of every attempt.
 * @param check throws where the call must not be placed; not asked where it was made before
 * @param maxWaitMs how long to wait, in all, for a running call to end and leave its place
 * @throws DograhError whose `callPlaced` says `no` only where nobody can have been dialled
 */
export async function placeCall(
  call: CallRequest,
  check: () => Promise<void>,
  session: Session,
  maxWaitMs: number,
): Promise<CallResult> {
  const { skip } = call;
  if (skip === undefined) {
    await check();
    return askUntilClear({ ask: () => attempt(call, session) }, session, maxWaitMs);
  }
  const sameCall = JSON.stringify([
    session.scope,
    skip.reference,
    normalizedNumber(call.phoneNumber),
  ]);
  const patienceMs = Math.min(maxWaitMs + session.timeoutMs, timeLeft(session));
  const lookFirst = async (): Promise<CallResult | undefined> => {
    const earlier = await earlierCall(call, skip, session);
    if (earlier === undefined) await check();
    return earlier;
  };
  const ask = async (): Promise<CallResult> => (await lookFirst()) ?? attempt(call, session);
  return oneAtATime(sameCall, session, patienceMs, () =>
    askUntilClear({ ask, lookFirst }, session, maxWaitMs),
  );
}

/** The only place that sends a request which makes a phone ring; it does so once. */
async function attempt(call: CallRequest, session: Session): Promise<CallResult> {
  const { transport, clock, signal } = session;
  if (signal?.aborted === true) throw stoppedBeforeSending();
  const limits = nextLimits(session, NEEDED_TO_PLACE);
  const trace = {
    callRequestId: clock.uuid(),
    sentAt: clock.now(),
    candidates: [],
    couldLook: false,
  };
  let outcome: CallResult | DograhError;
  try {
    const response = await transport.send({
      method: 'POST',
      url: call.url,
      body: withRequestId(call.body, trace.callRequestId),
      credential: 'api-key',
      ...limits,
    });
    outcome = readAnswer(response, call, trace);
  } catch (thrown) {
    outcome = thrown instanceof DograhError ? thrown : readFault(thrown, call, trace, limits);
  }
  if (!(outcome instanceof DograhError)) return outcome;
  if (!(outcome instanceof OutcomeUnknownError)) throw outcome;
  return recoverRun(call, trace, outcome, session);
}

/** The body of one request. */
export function withRequestId(body: CallRequestBody, callRequestId: string): CallRequestBody {
  return {
    ...body,
    initial_context: { ...body.initial_context, [CALL_REQUEST_ID]: callRequestId },
  };
}

function readAnswer(
  response: TransportResponse,
  call: CallRequest,
  trace: CallTrace,
): CallResult | DograhError {
  const run = runIn(response.body);
  const accepted = response.status >= 200 && response.status <= 299;
  if (!accepted) {
    // A refusal that names a run contradicts itself, and nobody can tell which half is true.
    const isClear = run === undefined && !mayHaveDialled(detailOf(response));
    const refusal = isClear ? refusalOf(response, call) : undefined;
    return refusal ?? answerUnclear(response, call, trace);
  }
  if (run === undefined) return answerUnclear(response, call, trace);
  return acceptedCall({
    ...run,
    phone_number: call.phoneNumber,
    initial_context: call.initialContext,
    environment: call.environment,
  });
}

/** A run ID in a 2xx is the proof that the call was placed; the run's name is a nicety. */
function runIn(
  body: unknown,
): Pick<CallResult, 'workflow_run_id' | 'workflow_run_name'> | undefined {
  const { workflow_run_id: id, workflow_run_name: name }: Fields<CallAccepted> = isRecord(body)
    ? body
    : {};
  if (!isId(id)) return undefined;
  return { workflow_run_id: id, workflow_run_name: typeof name === 'string' ? name : null };
}

function readFault(
  thrown: unknown,
  call: CallRequest,
  trace: CallTrace,
  { timeoutMs }: Limits,
): DograhError {
  // Anything else is a defect of an adapter, and says nothing about whether the request went out.
  const fault =
    thrown instanceof TransportError
      ? thrown
      : new TransportError('interrupted', 'maybe', 'UNKNOWN');
  if (fault.fault === 'cancelled') {
    return fault.sent === 'no' ? stoppedBeforeSending() : stoppedWhileSending(trace);
  }
  return fault.sent === 'no'
    ? neverSent(fault, call, timeoutMs)
    : faultUnclear(fault, call, trace, timeoutMs);
}
