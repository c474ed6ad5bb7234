import type { CallAccepted } from '../contract/types.gen';
import {
  CancelledError,
  NetworkError,
  OutcomeUnknownError,
  DograhError,
} from '../errors/dograh-error';
import { describeBody, detailOf, isRecord, type Fields } from '../errors/read-answer';
import { networkFault } from '../errors/network-fault';
import { acceptedCall, type CallResult } from '../runs/call-result';
import {
  TransportError,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '../transport/transport';
import type { CallRequest } from './call-input';
import { refusalOf } from './refusal';

export interface PlaceCallLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends the call once and tells what became of it. Dograh has no idempotency key, so a request that may have
 * arrived is never sent again.
 * @throws DograhError whose `callPlaced` says `no` only where nobody can have been dialled
 */
export async function placeCall(
  call: CallRequest,
  transport: Transport,
  limits: PlaceCallLimits,
): Promise<CallResult> {
  if (limits.signal?.aborted === true) throw cancelled('no');
  const request: TransportRequest = {
    method: 'POST',
    url: call.url,
    body: call.body,
    credential: 'api-key',
    ...limits,
  };
  try {
    return resultOf(await transport.send(request), call);
  } catch (thrown) {
    throw thrown instanceof DograhError ? thrown : afterFault(thrown, call, limits);
  }
}

function resultOf(response: TransportResponse, call: CallRequest): CallResult {
  const run = runIn(response.body);
  const accepted = response.status >= 200 && response.status <= 299;
  // A refusal that names a run contradicts itself, and nobody can tell which half is true.
  if (!accepted && run !== undefined) throw unclear(response, call);
  if (run === undefined) throw refusalOf(response, call) ?? unclear(response, call);
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
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id <= 0) return undefined;
  return { workflow_run_id: id, workflow_run_name: typeof name === 'string' ? name : null };
}

function afterFault(fault: unknown, call: CallRequest, limits: PlaceCallLimits): DograhError {
  // Anything else is a defect of an adapter, and says nothing about whether the request went out.
  const known =
    fault instanceof TransportError ? fault : new TransportError('interrupted', 'maybe', 'UNKNOWN');
  if (known.fault === 'cancelled') return cancelled(known.sent === 'no' ? 'no' : 'unknown');
  const { host } = new URL(call.url);
  const { happened, remedy } = networkFault(known, host, limits.timeoutMs);
  if (known.sent === 'no') {
    return new NetworkError({ message: happened, hint: `This number was not dialled. ${remedy}` });
  }
  return unknownOutcome(happened, call);
}

function unclear(response: TransportResponse, call: CallRequest): DograhError {
  const { status } = response;
  const detail = detailOf(response);
  const { host } = new URL(call.url);
  if (status >= 300 && status < 400) {
    return unknownOutcome(
      `${host} answered with a redirect (${status})${toHost(response, call)}, which is not followed.`,
      call,
      { status, detail },
      'A base URL that redirects should be replaced by the address that it leads to.',
    );
  }
  const answered =
    detail === undefined ? `${status} and ${describeBody(response)}` : `${status}: ${detail}`;
  return unknownOutcome(`${host} answered ${answered}.`, call, { status, detail });
}

function toHost(response: TransportResponse, call: CallRequest): string {
  const location = response.headers['location'];
  if (location === undefined || !URL.canParse(location, call.url)) return '';
  return ` to ${new URL(location, call.url).origin}`;
}

function unknownOutcome(
  happened: string,
  call: CallRequest,
  told: { status?: number; detail?: string | undefined } = {},
  remedy = '',
): OutcomeUnknownError {
  return new OutcomeUnknownError({
    ...told,
    message: `It is not known whether ${call.phoneNumber} is being called: ${happened}`,
    hint: `Before you send it again, look in the Dograh dashboard for a new run to ${call.phoneNumber}. ${remedy}`.trim(),
  });
}

function cancelled(callPlaced: 'no' | 'unknown'): CancelledError {
  return new CancelledError({
    callPlaced,
    message:
      callPlaced === 'no'
        ? 'The execution was stopped before the call was placed.'
        : 'The execution was stopped while the call was being placed.',
    hint:
      callPlaced === 'no'
        ? 'This number was not dialled.'
        : 'Look in the Dograh dashboard whether a new run was started before you send it again.',
  });
}
