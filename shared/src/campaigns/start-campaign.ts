import { responseError } from '../connection/read';
import { pause, timeLeft, type Session } from '../connection/session';
import { ContractError, DograhError, OutcomeUnknownError } from '../errors/dograh-error';
import { detailOf, said } from '../transport/answer';
import { TransportError, type TransportResponse } from '../transport/transport';
import { campaignUrl, parseCampaign, wasStarted, type Campaign } from './campaign';
import { isAboutTelephony, quotaError, telephonyError } from './change-campaign';
import { readCampaign } from './list-campaigns';
import { isClearRefusal, sendOnce } from './send-once';

/** Another launch waits only so long for this one that no start may be under way for longer. */
const MAX_START_MS = 60_000;
/**
 * Pauses before each look at a campaign whose start was not answered. They are longer than any transaction of Dograh
 * together. Reading fails while Dograh restarts, which takes 45 seconds.
 */
const LOOK_PAUSES_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000, 10_000];
const MAX_FAILED_LOOKS = 12;

/**
 * Starts a campaign. The request is sent once: two starts at the same moment can both be accepted, and then Dograh
 * fails the campaign. If the response is lost, the state shows what happened.
 * @returns the started campaign; undefined if it certainly was not started, so that another request may start it
 * @throws OutcomeUnknownError if the state cannot be read; CancelledError, after which it may be started, too; another
 * DograhError if it certainly was not started
 */
export async function startCampaign(id: number, session: Session): Promise<Campaign | undefined> {
  const url = campaignUrl(id, '/start', session);
  const limits = { ...session, timeoutMs: Math.min(session.timeoutMs, MAX_START_MS) };
  const response = await sendOnce({ method: 'POST', url, credential: 'api-key' }, limits);
  if (response instanceof TransportError) {
    return response.sent === 'no' ? undefined : findStarted(id, session);
  }
  const campaign = response.status === 200 ? parseCampaign(response.body) : undefined;
  if (campaign !== undefined && wasStarted(campaign)) return campaign;
  if (!isClearRefusal(response)) return findStarted(id, session);
  if (response.status === 400) {
    const now = await readNow(id, session);
    // A person has started it.
    if (wasStarted(now)) return now;
  }
  throw refusalOfStart(id, response, url);
}

async function readNow(id: number, session: Session): Promise<Campaign> {
  try {
    return await readCampaign(id, session);
  } catch (error) {
    throw error instanceof DograhError ? unknownStart(id, error.message) : error;
  }
}

function refusalOfStart(id: number, response: TransportResponse, url: string): DograhError {
  const { status } = response;
  const detail = detailOf(response);
  const what = `Dograh did not start campaign ${id}`;
  if (status === 401 && isAboutTelephony(detail)) return telephonyError(what, detail);
  if (status === 402) return quotaError(what, detail);
  if (status === 400) {
    return new ContractError({
      status,
      detail,
      message: `${what}${said(detail)}.`,
      hint: 'Check the campaign in the Dograh dashboard.',
    });
  }
  return responseError(response, url);
}

/** The campaign if it was started after all. Undefined if it was not, and the request cannot have an effect anymore. */
async function findStarted(id: number, session: Session): Promise<Campaign | undefined> {
  let failed = 0;
  for (let looks = 0; looks < LOOK_PAUSES_MS.length; ) {
    const wait = LOOK_PAUSES_MS[looks] ?? 0;
    if (wait >= timeLeft(session)) throw unknownStart(id, NO_TIME);
    await pause(wait, session);
    try {
      const campaign = await readCampaign(id, session);
      if (wasStarted(campaign)) return campaign;
      looks += 1;
    } catch (error) {
      if (!(error instanceof DograhError)) throw error;
      failed += 1;
      const mayPass = error.retryable || error.kind === 'Contract';
      if (!mayPass || failed >= MAX_FAILED_LOOKS) throw unknownStart(id, error.message);
    }
  }
  return undefined;
}

const NO_TIME = "This step's time limit ended before Dograh said it.";

function unknownStart(id: number, why: string): OutcomeUnknownError {
  return new OutcomeUnknownError({
    message: `It is not known whether campaign ${id} was started. ${why}`,
    hint: `Check campaign ${id} in the Dograh dashboard.`,
  });
}
