import {
  ConcurrencyLimitError,
  ContractError,
  InvalidInputError,
  NotFoundError,
  PermissionDeniedError,
  QuotaExceededError,
  TelephonyError,
  type DograhError,
  type DograhErrorFields,
} from '../errors/dograh-error';
import { rejectedKeyError } from '../connection/rejected-key';
import { describeBody, detailOf, said } from '../transport/answer';
import type { TriggerTarget } from '../agents/agent-reference';
import type { TransportResponse } from '../transport/transport';
import type { CallRequest } from './call-input';

type ResponseFields = Pick<DograhErrorFields, 'status' | 'detail'>;

/**
 * The error for a response that proves that no phone was dialed. Undefined for every other response: then it is not
 * known.
 */
export function refusalError(
  response: TransportResponse,
  call: CallRequest,
): DograhError | undefined {
  const detail = detailOf(response);
  const fields: ResponseFields = { status: response.status, detail };
  if (WITH_DETAIL.has(response.status) && (detail === undefined || detail === 'Not Found')) {
    return notDograhError(response, call);
  }
  switch (response.status) {
    case 400:
      return telephonyError(fields);
    case 401:
      return rejectedKeyError(detail);
    case 402:
      return new QuotaExceededError({
        ...fields,
        message: `Dograh did not place the call because the quota is used up${said(detail)}.`,
        hint: 'Add credit or raise the limit in the Dograh dashboard, then run this again.',
      });
    case 403:
      return new PermissionDeniedError({
        ...fields,
        message: `The API key may not call with this agent${said(detail)}.`,
        hint: 'The agent belongs to another organization. Use a key of that organization.',
      });
    case 404:
      return notFoundError(fields, call);
    case 405:
      return notDograhError(response, call);
    case 409:
      return new PermissionDeniedError({
        ...fields,
        message: `The agent has no owner${said(detail)}.`,
        hint: 'Ask a member of the organization to open the agent in the Dograh dashboard, save it and publish it.',
      });
    case 422:
      return new InvalidInputError({
        ...fields,
        message: `Dograh did not accept the call's data${said(detail)}.`,
        hint: 'Correct the fields that the message names.',
      });
    case 429:
      return new ConcurrencyLimitError({
        ...fields,
        message: `Dograh's concurrent-call limit is reached${said(detail)}.`,
        hint: 'This number was not dialed. Try again when a running call has ended, or raise the limit in Dograh.',
      });
    default:
      return undefined;
  }
}

/** Dograh explains each of these. Without an explanation, another server refused the call. */
const WITH_DETAIL = new Set([400, 402, 403, 404, 409, 422]);

function notDograhError(response: TransportResponse, call: CallRequest): DograhError {
  const { host, pathname } = new URL(call.url);
  return new ContractError({
    status: response.status,
    detail: detailOf(response),
    message: `${host} refused ${pathname} with ${response.status} and ${describeBody(response)}. Dograh does not respond like this.`,
    hint: 'This number was not dialed. Check that the Base URL is the address of the Dograh API, not of its dashboard. Check any proxy in front of it.',
  });
}

function telephonyError(fields: ResponseFields): DograhError {
  if (fields.detail === 'from_phone_number_not_found') {
    return new TelephonyError({
      ...fields,
      message:
        'The caller ID is not an active number of the telephony configuration (from_phone_number_not_found).',
      hint: 'Choose a phone number of that configuration, or leave the caller ID empty for the default.',
    });
  }
  return new TelephonyError({
    ...fields,
    message: `Dograh could not dial${said(fields.detail)}.`,
    hint: 'Check the telephony configuration in the Dograh dashboard and the number to call.',
  });
}

function notFoundError(fields: ResponseFields, call: CallRequest): DograhError {
  if (/telephony/i.test(fields.detail ?? '')) {
    return new NotFoundError({
      ...fields,
      message: `Dograh does not know the telephony configuration${said(fields.detail)}.`,
      hint: 'Check its ID in the Dograh dashboard under Telephony, or leave it empty for the default.',
    });
  }
  return new NotFoundError({
    ...fields,
    message: `Dograh cannot call with ${describeTarget(call.target)}${said(fields.detail)}.`,
    hint: `${mixedUpHint(call.target, fields.detail)} ${notRunnableHint(call)}`.trim(),
  });
}

function describeTarget(target: TriggerTarget): string {
  return target.kind === 'agent'
    ? `the agent ${target.agentUuid}`
    : `the API Trigger ${target.trigger}`;
}

/** The two kinds of ID look alike and are not interchangeable. */
function mixedUpHint(target: TriggerTarget, detail = ''): string {
  if (!/^(agent trigger|workflow) not found$/i.test(detail)) return '';
  if (target.kind === 'agent') {
    return 'Check that this is the Agent UUID. Enter the ID of an API Trigger as an API Trigger.';
  }
  return /^[0-9a-f-]{36}$/i.test(target.trigger)
    ? 'If this is an Agent UUID, enter it as an Agent UUID. This field expects the ID of an API Trigger.'
    : 'Check the ID against the API Trigger in the Dograh dashboard.';
}

function notRunnableHint({ environment }: CallRequest): string {
  return environment === 'production'
    ? 'The agent must be active and published with its API Trigger. For an unpublished agent, choose Latest Draft (Test).'
    : 'The agent must be active, and its latest draft must contain the API Trigger.';
}
