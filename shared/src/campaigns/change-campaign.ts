import { rejectedKeyError } from '../connection/rejected-key';
import { nextLimits, pause, type Session } from '../connection/session';
import {
  CancelledError,
  ContractError,
  DograhError,
  InvalidInputError,
  OutcomeUnknownError,
  PermissionDeniedError,
  QuotaExceededError,
  TelephonyError,
} from '../errors/dograh-error';
import { isGeneralError } from '../finished-runs/is-general-error';
import { isQuotaUsedUp } from '../place-call/refusal';
import { describeBody, detailOf, said } from '../transport/answer';
import { describeFault } from '../transport/network-fault';
import { TransportError, type TransportResponse } from '../transport/transport';
import { campaignUrl, parseCampaign, type Campaign, type CampaignState } from './campaign';
import { campaignNotFoundError, readCampaign } from './list-campaigns';

/** A change that may be sent again: the second time, it changes nothing. */
export type CampaignChange = 'pause' | 'resume';

/** The states in which there is nothing left to do. */
const GOALS: Readonly<Record<CampaignChange, readonly CampaignState[]>> = {
  pause: ['paused', 'completed', 'failed'],
  resume: ['running', 'syncing', 'completed'],
};
const MAX_TRIES = 3;
const PAUSE_MS = 1_000;

/**
 * Pauses or resumes a campaign. If the response is lost, the state of the campaign shows what happened.
 * @returns the campaign afterwards
 * @throws OutcomeUnknownError if that cannot be read either; DograhError
 */
export async function changeCampaign(
  id: number,
  change: CampaignChange,
  session: Session,
): Promise<Campaign> {
  let why = '';
  for (let tried = 1; tried <= MAX_TRIES; tried += 1) {
    const sent = await send(id, change, session);
    if (typeof sent !== 'string') return sent;
    why = sent;
    const campaign = await readAfter(why, id, change, session);
    if (GOALS[change].includes(campaign.state)) return campaign;
    if (tried < MAX_TRIES) await pause(PAUSE_MS, session);
  }
  throw unknownError(why, id, change);
}

/** @returns the campaign, or why the response does not show what happened */
async function send(
  id: number,
  change: CampaignChange,
  session: Session,
): Promise<Campaign | string> {
  const url = campaignUrl(id, `/${change}`, session);
  const limits = nextLimits(session);
  try {
    const request = { method: 'POST', url, credential: 'api-key', ...limits } as const;
    return readResponse(await session.transport.send(request), id, change, session);
  } catch (thrown) {
    if (!(thrown instanceof TransportError)) throw thrown;
    const { happened } = describeFault(thrown, session.baseUrl.host, limits.timeoutMs);
    if (thrown.fault === 'cancelled') throw cancelledError(happened, id, change);
    return happened;
  }
}

function readResponse(
  response: TransportResponse,
  id: number,
  change: CampaignChange,
  session: Session,
): Campaign | string {
  const { status } = response;
  const campaign = status === 200 ? parseCampaign(response.body) : undefined;
  if (campaign !== undefined) return campaign;
  const detail = detailOf(response);
  const { host } = session.baseUrl;
  // The state was another one at that moment.
  if (status === 400 && detail !== undefined) return `Dograh refused it${said(detail)}.`;
  if (status < 400 || status === 429 || status >= 500) {
    return `${host} answered ${status} with ${describeBody(response)}.`;
  }
  throw refusalError(response, id, change, host);
}

function refusalError(
  response: TransportResponse,
  id: number,
  change: CampaignChange,
  host: string,
): DograhError {
  const { status } = response;
  const detail = detailOf(response);
  const cause = { status, detail };
  const what = `Dograh did not ${change} campaign ${id}`;
  if (status === 401)
    return isAboutTelephony(detail) ? telephonyError(what, detail) : rejectedKeyError(detail);
  if (status === 402) return quotaError(what, detail);
  if (status === 403) {
    return new PermissionDeniedError({
      ...cause,
      message: `${what}${said(detail)}.`,
      hint: 'Use a key of the organization that the campaign belongs to.',
    });
  }
  if (status === 404 && detail !== undefined && detail !== 'Not Found') {
    return campaignNotFoundError(id);
  }
  return new ContractError({
    ...cause,
    message: `${host} refused to ${change} campaign ${id} with ${status} and ${describeBody(response)}${said(detail)}. Dograh does not respond like this.`,
    hint: 'Check that Base URL is the address of the Dograh API, not of its dashboard. Check the proxy in front of Dograh, if there is one.',
  });
}

/** Dograh answers 401 also if the organization has no telephony configuration. The key is right then. */
export function isAboutTelephony(detail: string | undefined): boolean {
  return /telephony/i.test(detail ?? '');
}

/** @param what did not happen, e.g. `Dograh did not resume campaign 5` */
export function telephonyError(what: string, detail: string | undefined): TelephonyError {
  return new TelephonyError({
    status: 401,
    detail,
    message: `${what}, because the organization has no telephony configuration.`,
    hint: 'Add one on the page Telephony of the Dograh dashboard. Then run this again. The API key is right.',
  });
}

/** @param what did not happen */
export function quotaError(what: string, detail: string | undefined): QuotaExceededError {
  return new QuotaExceededError({
    status: 402,
    detail,
    message: `${what}${said(detail)}.`,
    hint: isQuotaUsedUp(detail)
      ? 'Add credit or raise the limit in the Dograh dashboard, then run this again.'
      : 'Check the credit in the Dograh dashboard, and the service key of the model configuration. Or run this again later.',
  });
}

async function readAfter(
  why: string,
  id: number,
  change: CampaignChange,
  session: Session,
): Promise<Campaign> {
  try {
    return await readCampaign(id, session);
  } catch (error) {
    if (isGeneralError(error)) throw error;
    throw unknownError(why, id, change);
  }
}

const CONSEQUENCES: Readonly<Record<CampaignChange, string>> = {
  pause: 'It may still call its contacts.',
  resume: 'It may call its contacts now.',
};

function unknownError(why: string, id: number, change: CampaignChange): OutcomeUnknownError {
  return new OutcomeUnknownError({
    message: `It is not known whether campaign ${id} was ${change}d: ${why}`,
    hint: `${CONSEQUENCES[change]} Run this again: that does no harm. Or look at the campaign in the Dograh dashboard.`,
  });
}

function cancelledError(why: string, id: number, change: CampaignChange): CancelledError {
  return new CancelledError({
    callPlaced: 'unknown',
    message: `${why} It is not known whether campaign ${id} was ${change}d.`,
    hint: CONSEQUENCES[change],
  });
}

/** For a campaign whose state does not allow the change. */
export function wrongStateError(
  { id, name, state }: Campaign,
  change: CampaignChange,
  hint: string,
): InvalidInputError {
  const named = name === '' ? '' : ` (${name})`;
  return new InvalidInputError({
    message: `Campaign ${id}${named} cannot be ${change}d, because its state is ${state}.`,
    hint,
  });
}
