import {
  CancelledError,
  NetworkError,
  OutcomeUnknownError,
  type CallTrace,
} from '../errors/dograh-error';
import { describeFault } from '../transport/network-fault';
import { describeBody, detailOf, said } from '../transport/answer';
import type { TransportError, TransportResponse } from '../transport/transport';
import type { CallRequest } from './call-input';

export function notSentError(
  fault: TransportError,
  { url }: CallRequest,
  timeoutMs: number,
): NetworkError {
  const { happened, remedy } = describeFault(fault, new URL(url).host, timeoutMs);
  return new NetworkError({ message: happened, hint: `This number was not dialed. ${remedy}` });
}

export function unclearFaultError(
  fault: TransportError,
  call: CallRequest,
  trace: CallTrace,
  timeoutMs: number,
): OutcomeUnknownError {
  const { happened } = describeFault(fault, new URL(call.url).host, timeoutMs);
  return unknownError(happened, call, trace);
}

export function unclearResponseError(
  response: TransportResponse,
  call: CallRequest,
  trace: CallTrace,
): OutcomeUnknownError {
  const { status } = response;
  const detail = detailOf(response);
  const { host } = new URL(call.url);
  if (status >= 300 && status < 400) {
    return unknownError(
      `${host} answered with a redirect (${status})${redirectTarget(response, call)}, which is not followed.`,
      call,
      trace,
      { status, detail },
      'If the Base URL redirects, enter the address that it redirects to.',
    );
  }
  return unknownError(`${host} answered ${status}${described(response)}.`, call, trace, {
    status,
    detail,
  });
}

function described(response: TransportResponse): string {
  const detail = detailOf(response);
  if (detail !== undefined) return said(detail);
  return response.status >= 500 ? '' : ` and ${describeBody(response)}`;
}

export function stoppedBeforeSendingError(): CancelledError {
  return new CancelledError({
    callPlaced: 'no',
    message: 'The execution was stopped before the call was placed.',
    hint: 'This number was not dialed.',
  });
}

export function stoppedWhileSendingError(trace: CallTrace): CancelledError {
  return new CancelledError({
    trace,
    callPlaced: 'unknown',
    message: 'The execution was stopped while the call was being placed.',
    hint: 'Before you send it again, check the Dograh dashboard for a new run.',
  });
}

function redirectTarget(response: TransportResponse, call: CallRequest): string {
  const location = response.headers['location'];
  if (location === undefined || !URL.canParse(location, call.url)) return '';
  return ` to ${new URL(location, call.url).origin}`;
}

function unknownError(
  happened: string,
  { phoneNumber }: CallRequest,
  trace: CallTrace,
  response: { status?: number; detail?: string | undefined } = {},
  remedy = '',
): OutcomeUnknownError {
  return new OutcomeUnknownError({
    ...response,
    message: `It is not known whether ${phoneNumber} is being called: ${happened}`,
    hint: `Before you send it again, look in the Dograh dashboard for a new run to ${phoneNumber} whose context has the call_request_id ${trace.callRequestId}. ${remedy}`.trim(),
  });
}
