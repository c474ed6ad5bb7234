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

type Told = Pick<DograhErrorFields, 'status' | 'detail'>;

/**
 * The answers after which nobody has been dialled for certain, each with what to do about it. Undefined for
 * every other answer: then nobody can tell.
 */
export function refusalOf(response: TransportResponse, call: CallRequest): DograhError | undefined {
  const detail = detailOf(response);
  const told: Told = { status: response.status, detail };
  if (WITH_DETAIL.has(response.status) && (detail === undefined || detail === 'Not Found')) {
    return notFromDograh(response, call);
  }
  switch (response.status) {
    case 400:
      return telephony(told);
    case 401:
      return rejectedKeyError(detail);
    case 402:
      return new QuotaExceededError({
        ...told,
        message: `Dograh did not place the call because the quota is used up${said(detail)}.`,
        hint: 'Add credit or raise the limit in the Dograh dashboard, then run this again.',
      });
    case 403:
      return new PermissionDeniedError({
        ...told,
        message: `The API key may not call with this agent${said(detail)}.`,
        hint: 'The agent belongs to another organization than the key. Use a key of the organization that owns the agent.',
      });
    case 404:
      return notFound(told, call);
    case 405:
      return notFromDograh(response, call);
    case 409:
      return new PermissionDeniedError({
        ...told,
        message: `The agent has no owner to call for${said(detail)}.`,
        hint: 'Open the agent in the Dograh dashboard and have a member of the organization save and publish it.',
      });
    case 422:
      return new InvalidInputError({
        ...told,
        message: `Dograh did not accept the call's data${said(detail)}.`,
        hint: 'Correct the fields that are named here.',
      });
    case 429:
      return new ConcurrencyLimitError({
        ...told,
        message: `Dograh is holding as many calls as it may at once${said(detail)}.`,
        hint: 'This number was not dialled. Try again when a running call has ended, or raise the limit in Dograh.',
      });
    default:
      return undefined;
  }
}

/** Dograh explains each of these; without its words something else refused. */
const WITH_DETAIL = new Set([400, 402, 403, 404, 409, 422]);

function notFromDograh(response: TransportResponse, call: CallRequest): DograhError {
  const { host, pathname } = new URL(call.url);
  return new ContractError({
    status: response.status,
    detail: detailOf(response),
    message: `${host} refused ${pathname} with ${response.status} and ${describeBody(response)}, as no Dograh does.`,
    hint: 'This number was not dialled. Check that the base URL is the address of the Dograh API, not of its dashboard, and what stands in front of it.',
  });
}

function telephony(told: Told): DograhError {
  if (told.detail === 'from_phone_number_not_found') {
    return new TelephonyError({
      ...told,
      message:
        'The caller ID is not an active number of the telephony configuration (from_phone_number_not_found).',
      hint: 'Choose a phone number of that configuration, or leave the caller ID empty for its default.',
    });
  }
  return new TelephonyError({
    ...told,
    message: `Dograh could not dial${said(told.detail)}.`,
    hint: 'Check the telephony configuration in the Dograh dashboard and the number to call.',
  });
}

function notFound(told: Told, call: CallRequest): DograhError {
  if (/telephony/i.test(told.detail ?? '')) {
    return new NotFoundError({
      ...told,
      message: `Dograh does not know the telephony configuration${said(told.detail)}.`,
      hint: 'Check its ID in the Dograh dashboard under Telephony, or leave it empty for the default.',
    });
  }
  return new NotFoundError({
    ...told,
    message: `Dograh cannot call with ${nameOf(call.target)}${said(told.detail)}.`,
    hint: `${mixedUp(call.target, told.detail)} ${notRunnable(call)}`.trim(),
  });
}

function nameOf(target: TriggerTarget): string {
  return target.kind === 'agent'
    ? `the agent ${target.agentUuid}`
    : `the API Trigger ${target.trigger}`;
}

/** The two kinds of ID look alike and are not interchangeable. */
function mixedUp(target: TriggerTarget, detail = ''): string {
  if (!/^(agent trigger|workflow) not found$/i.test(detail)) return '';
  if (target.kind === 'agent') {
    return 'Check that this is the Agent UUID: the ID of an API Trigger must be given as an API Trigger.';
  }
  return /^[0-9a-f-]{36}$/i.test(target.trigger)
    ? 'If this is an Agent UUID, give it as an Agent UUID: here the ID of an API Trigger is expected.'
    : 'Check the ID against the API Trigger in the Dograh dashboard.';
}

function notRunnable({ environment }: CallRequest): string {
  return environment === 'production'
    ? 'The agent must be active, and published with its API Trigger; for an unpublished one choose Latest Draft (Test).'
    : 'The agent must be active, and its latest draft must contain the API Trigger.';
}
