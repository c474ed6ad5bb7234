import { CALL_REQUEST_ID } from '../variables/reserved-names';
import { isId } from '../input/id';
import type { CallAccepted, CallRequestBody } from '../contract/types.gen';
import { DograhError, OutcomeUnknownError, type CallTrace } from '../errors/dograh-error';
import { CallHistory } from '../calling-rules/call-history';
import { hasRules, limitsAttempts } from '../calling-rules/calling-rules';
import { detailOf, isRecord, type Fields } from '../transport/answer';
import { turnOf } from '../input/may-reach-same';
import { normalizedNumber } from '../input/same-number';
import { acceptedCall, type CallResult, type RunResult } from '../runs/call-result';
import { mayHaveDialed } from '../runs/may-have-dialed';
import { nextLimits, timeLeft, type Limits, type Session } from '../connection/session';
import { TransportError, type TransportResponse } from '../transport/transport';
import type { CallRequest } from './call-input';
import { assertAllowed, placeByRules, type WaitForHours } from './obey-rules';
import { oneAtATime } from './one-at-a-time';
import { recoverRun } from './recover-run';
import { refusalError } from './refusal';
import { placeWithRetries } from './retry-policy';
import { findEarlierCall, ofRequests, withReference, type EarlierRequests } from './earlier-calls';
import { NEEDED_TO_PLACE } from './time-limits';
import {
  notSentError,
  stoppedBeforeSendingError,
  stoppedWhileSendingError,
  unclearFaultError,
  unclearResponseError,
} from './unclear-outcome';

export interface HowToPlace extends WaitForHours {
  /** How long to wait for a free call slot, in milliseconds. */
  readonly maxWaitMs: number;
  /** The ID of the request, which no other call has. Default: each request gets a random one. */
  readonly callRequestId?: string | undefined;
  readonly earlier?: EarlierRequests | undefined;
}

/**
 * Places a call at most once.
 *
 * Dograh has no idempotency key, so everything depends on one question: can a phone have been dialed?
 *
 * | what happened                                   | dialed?     | then                                            |
 * |-------------------------------------------------|-------------|-------------------------------------------------|
 * | 2xx with a run ID                               | yes         | its run is the result                           |
 * | 429                                             | no          | waits and tries again for up to `maxWaitMs`     |
 * | a refusal: 400 401 402 403 404 405 409 422      | no          | fails and says why                              |
 * | the request cannot have left this machine       | no          | tries again once, then fails                    |
 * | anything else: 5xx, 3xx, a reset, no response,  | **unknown** | never tries again; searches for the run by an   |
 * | a 400 without proof that no phone was dialed    |             | ID that only this request has, or fails         |
 *
 * With a {@link SkipRule}, {@link EarlierRequests} or calling rules, each attempt first checks them.
 * @param check returns the call as it is sent, or throws if it must not be placed; not used after an earlier call was
 * found, or if a calling rule does not allow the call
 * @throws DograhError; its `callPlaced` is `no` only if no phone can have been dialed
 */
export async function placeCall(
  call: CallRequest,
  check: () => Promise<CallRequest>,
  session: Session,
  { maxWaitMs, maxWaitForHoursMs = maxWaitMs, whileWaiting, callRequestId, earlier }: HowToPlace,
): Promise<CallResult> {
  const { skip, callingRules } = call;
  const earlierCalls = [
    ...(skip === undefined ? [] : [withReference(skip)]),
    ...(earlier === undefined ? [] : [ofRequests(earlier)]),
  ];
  const send = (checked: CallRequest): Promise<RunResult> =>
    sendOnce(checked, callRequestId ?? session.clock.uuid(), session);
  if (earlierCalls.length === 0 && !hasRules(callingRules)) {
    const checked = await check();
    return placeWithRetries({ attempt: () => send(checked) }, session, maxWaitMs);
  }
  let checked = call;
  const checkFirst = async (): Promise<RunResult | undefined> => {
    const history = new CallHistory(call.phoneNumber, session);
    const found =
      earlierCalls.length === 0 ? undefined : await findEarlierCall(call, earlierCalls, history);
    if (found !== undefined) return found;
    await assertAllowed(call, history, session);
    checked = await check();
    // Reading the agent can take until after the calling hours. This check needs no request.
    await assertAllowed(call, history, session);
    return undefined;
  };
  const attempt = async (): Promise<RunResult> => (await checkFirst()) ?? send(checked);
  const place = (): Promise<RunResult> =>
    placeWithRetries({ attempt, checkFirst }, session, maxWaitMs);
  const maxWaitForTurnMs = Math.min(maxWaitMs + session.timeoutMs, timeLeft(session));
  const placeInTurn = turnsOf(call, earlier).reduce((next, { sharesRun, key: parts }) => {
    const key = JSON.stringify([session.scope, ...parts]);
    return () => oneAtATime({ key, sharesRun, maxWaitMs: maxWaitForTurnMs }, session, next);
  }, place);
  const result = await placeByRules(call, placeInTurn, session, {
    maxWaitForHoursMs,
    whileWaiting,
  });
  // The run of another call has that call's remarks.
  return result.skip_reason === 'called_before' ? { ...result, notes: call.notes } : result;
}

/** The calls that this call waits for. Two rules can share their runs with different calls. */
function turnsOf(
  { skip, callingRules, phoneNumber }: CallRequest,
  earlier: EarlierRequests | undefined,
): { readonly sharesRun: boolean; readonly key: readonly string[] }[] {
  const sharedBy = [earlier?.sharedBy, skip?.reference].filter((text) => text !== undefined);
  return [
    // The list of runs must contain a call before the next one is counted, which may write the number differently.
    ...(limitsAttempts(callingRules.attempts)
      ? [{ sharesRun: false, key: [turnOf(phoneNumber)] }]
      : []),
    ...sharedBy.map((by) => ({ sharesRun: true, key: [by, normalizedNumber(phoneNumber)] })),
  ];
}

/** Sends one request. Nothing else in this project sends a request that can dial a phone. */
async function sendOnce(
  call: CallRequest,
  callRequestId: string,
  session: Session,
): Promise<RunResult> {
  const { transport, clock, signal } = session;
  if (signal?.aborted === true) throw stoppedBeforeSendingError();
  const limits = nextLimits(session, NEEDED_TO_PLACE);
  const trace = {
    callRequestId,
    sentAt: clock.now(),
    candidates: [],
    couldLook: false,
  };
  let outcome: RunResult | DograhError;
  try {
    const response = await transport.send({
      method: 'POST',
      url: call.url,
      body: withRequestId(call.body, trace.callRequestId),
      credential: 'api-key',
      ...limits,
    });
    outcome = readResponse(response, call, trace, session);
  } catch (thrown) {
    outcome = thrown instanceof DograhError ? thrown : faultError(thrown, call, trace, limits);
  }
  const { notes } = call;
  if (!(outcome instanceof DograhError)) return { ...outcome, notes };
  if (!(outcome instanceof OutcomeUnknownError)) throw outcome;
  return { ...(await recoverRun(call, trace, outcome, session)), notes };
}

/** The body of one request. */
export function withRequestId(body: CallRequestBody, callRequestId: string): CallRequestBody {
  return {
    ...body,
    initial_context: { ...body.initial_context, [CALL_REQUEST_ID]: callRequestId },
  };
}

function readResponse(
  response: TransportResponse,
  call: CallRequest,
  trace: CallTrace,
  session: Session,
): RunResult | DograhError {
  const run = parseRun(response.body);
  const isAccepted = response.status >= 200 && response.status <= 299;
  if (!isAccepted) {
    // A refusal that names a run contradicts itself.
    const isClear = run === undefined && !mayHaveDialed(detailOf(response));
    const refusal = isClear ? refusalError(response, call, session) : undefined;
    return refusal ?? unclearResponseError(response, call, trace);
  }
  if (run === undefined) return unclearResponseError(response, call, trace);
  return acceptedCall({
    ...run,
    phone_number: call.phoneNumber,
    initial_context: call.initialContext,
    environment: call.environment,
  });
}

/** The run in a response. Its ID proves that the call was placed; its name is optional. */
function parseRun(
  body: unknown,
): Pick<RunResult, 'workflow_run_id' | 'workflow_run_name'> | undefined {
  const { workflow_run_id: id, workflow_run_name: name }: Fields<CallAccepted> = isRecord(body)
    ? body
    : {};
  if (!isId(id)) return undefined;
  return { workflow_run_id: id, workflow_run_name: typeof name === 'string' ? name : null };
}

function faultError(
  thrown: unknown,
  call: CallRequest,
  trace: CallTrace,
  { timeoutMs }: Limits,
): DograhError {
  // Any other error is a defect of an adapter. The request may have been sent.
  const fault =
    thrown instanceof TransportError
      ? thrown
      : new TransportError('interrupted', 'maybe', 'UNKNOWN');
  if (fault.fault === 'cancelled') {
    return fault.sent === 'no' ? stoppedBeforeSendingError() : stoppedWhileSendingError(trace);
  }
  return fault.sent === 'no'
    ? notSentError(fault, call, timeoutMs)
    : unclearFaultError(fault, call, trace, timeoutMs);
}
