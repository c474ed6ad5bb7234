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
import { quote } from '../errors/quote';
import { rejectedKeyError } from '../connection/rejected-key';
import { describeBody, detailOf, said } from '../transport/answer';
import { nameOfAgent } from '../agents/agent-name';
import { NUMBER_IN_DASHBOARD, type TriggerTarget } from '../agents/agent-reference';
import type { Session } from '../connection/session';
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
  session: Session,
): DograhError | undefined {
  const detail = detailOf(response);
  const fields: ResponseFields = { status: response.status, detail };
  if (WITH_DETAIL.has(response.status) && (detail === undefined || detail === 'Not Found')) {
    return notDograhError(response, call);
  }
  const agent = describeTarget(call.target, session);
  switch (response.status) {
    case 400:
      return telephonyError(fields);
    case 401:
      return rejectedKeyError(detail);
    case 402:
      return creditError(fields);
    case 403:
      return new PermissionDeniedError({
        ...fields,
        message: `The API key may not call with ${agent}${said(detail)}.`,
        hint: 'The agent belongs to another organization. Use a key of that organization.',
      });
    case 404:
      return notFoundError(fields, call, agent);
    case 405:
      return notDograhError(response, call);
    case 409:
      return new PermissionDeniedError({
        ...fields,
        message: `Dograh cannot call with ${agent}, because the agent has no owner${said(detail)}.`,
        hint: 'The person who created the agent was probably removed. Ask a member of the organization to duplicate the agent in the Dograh dashboard and publish the copy. Then call with the copy.',
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
      hint: 'Choose a number of that configuration in Caller ID (From Phone Number), or leave it empty for the default.',
    });
  }
  return new TelephonyError({
    ...fields,
    message: `Dograh could not dial${said(fields.detail)}.`,
    hint: 'Check the telephony configuration in the Dograh dashboard and the number to call.',
  });
}

const USED_UP =
  /\b(?:out of|no|used up|exceeded|exhausted|insufficient|not enough|reached)\b.*\b(?:credits?|quota|minutes|balance|limit)\b|\b(?:credits?|quota|minutes|balance|limit)\b.*\b(?:used up|exceeded|exhausted|reached)\b/i;

/** Whether the words of a 402 say that the credit is used up. Then trying again does not help. */
export function isQuotaUsedUp(detail: string | undefined): boolean {
  return USED_UP.test(detail ?? '');
}

/** Dograh also answers 402 if it could not check the credit, or if a service key is wrong. */
function creditError(fields: ResponseFields): DograhError {
  const { detail = '' } = fields;
  if (isQuotaUsedUp(detail)) {
    return new QuotaExceededError({
      ...fields,
      message: `Dograh did not place the call because the quota is used up${said(detail)}.`,
      hint: 'Add credit or raise the limit in the Dograh dashboard, then run this again.',
    });
  }
  return new QuotaExceededError({
    ...fields,
    message: `Dograh did not place the call${said(detail)}.`,
    hint: /try again/i.test(detail)
      ? 'This number was not dialed. Dograh could not check the credit. Run this again later.'
      : 'This number was not dialed. Check the credit in the Dograh dashboard, and the service key of the model configuration.',
  });
}

function notFoundError(fields: ResponseFields, call: CallRequest, agent: string): DograhError {
  const { target, environment } = call;
  if (/telephony/i.test(fields.detail ?? '')) {
    return new NotFoundError({
      ...fields,
      message: `Dograh does not know the telephony configuration${said(fields.detail)}.`,
      hint: 'Check Telephony Configuration against the page Telephony in the Dograh dashboard, or leave it empty for the default.',
    });
  }
  const isUnknown = /^(agent trigger|workflow) not found$/i.test(fields.detail ?? '');
  return new NotFoundError({
    ...fields,
    message: `Dograh cannot call with ${agent}${said(fields.detail)}.`,
    hint: `${isUnknown ? unknownHint(target) : ''} ${notRunnableHint(target, environment)}`.trim(),
  });
}

function describeTarget(target: TriggerTarget, session: Session): string {
  if (target.kind === 'trigger') return `the API Trigger ${target.trigger}`;
  const name = nameOfAgent(target.agentUuid, target.inList?.name, session);
  return `the agent ${name === undefined ? target.agentUuid : quote(name)}`;
}

/** The kinds of ID look alike and are not interchangeable. An agent from the list has the right one. */
function unknownHint(target: TriggerTarget): string {
  if (target.kind === 'agent') {
    return target.inList === undefined
      ? 'Check that this is the Agent UUID. Enter the ID of an API Trigger as an API Trigger.'
      : 'Choose the agent from the list again. It may be deleted, or belong to another organization.';
  }
  if (/^[0-9a-f-]{36}$/i.test(target.trigger)) {
    return 'If this is an Agent UUID, enter it as an Agent UUID. This field expects the ID of an API Trigger.';
  }
  return /^\d+$/.test(target.trigger)
    ? `${NUMBER_IN_DASHBOARD} Choose the agent from the list.`
    : 'Check the ID against the API Trigger in the Dograh dashboard.';
}

/** Only a call by API Trigger needs one in the agent. */
function notRunnableHint({ kind }: TriggerTarget, environment: CallRequest['environment']): string {
  if (environment === 'production') {
    const draft = ' For an unpublished agent, choose Latest Draft (Test).';
    return kind === 'agent'
      ? `The agent must be active and published.${draft}`
      : `The agent must be active, and its published version and its draft must contain the API Trigger. A draft without it stops the production URL, too.${draft}`;
  }
  return kind === 'agent'
    ? 'The agent must be active.'
    : 'The agent must be active, and its latest draft must contain the API Trigger.';
}
