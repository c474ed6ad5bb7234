import { responseError } from '../connection/read';
import { pause, type Session } from '../connection/session';
import { contractError } from '../errors/contract-error';
import type { CampaignRequest } from '../contract/types.gen';
import {
  CancelledError,
  InvalidInputError,
  NotFoundError,
  TelephonyError,
  type DograhError,
} from '../errors/dograh-error';
import { detailOf, said } from '../transport/answer';
import { TransportError, type TransportResponse } from '../transport/transport';
import { parseCampaign, type Campaign } from './campaign';
import { listCampaigns } from './list-campaigns';
import { isClearRefusal, responseOf, sendOnce } from './send-once';

export interface CreateEvents {
  /** Before each request. */
  readonly onSend: () => void;
  /** After each request of which it is not known whether it created a campaign. */
  readonly onUnclear: () => void;
}

const MAX_TRIES = 3;
/** Pauses before each look for a campaign whose response was lost. */
const LOOK_PAUSES_MS: readonly number[] = [1_000, 3_000];

/**
 * Creates a campaign. It does not dial before it is started, so the request may be repeated. If a response is lost, the
 * list shows whether the campaign exists. In the worst case, there are two, and only one is ever started.
 * @throws DograhError
 */
export async function createCampaign(
  request: CampaignRequest,
  session: Session,
  { onSend, onUnclear }: CreateEvents,
): Promise<Campaign> {
  const url = session.baseUrl.resolve('/campaign/create');
  for (let tried = 1; ; tried += 1) {
    onSend();
    const change = { method: 'POST', url, body: request, credential: 'api-key' } as const;
    const wasStopped = session.signal?.aborted === true;
    const response = await sendOnce(change, session).catch((error: unknown) => {
      if (error instanceof CancelledError && !wasStopped) onUnclear();
      throw error;
    });
    const campaign = response instanceof TransportError ? undefined : campaignIn(response);
    if (campaign !== undefined) return campaign;
    if (isClearRefusal(response)) throw refusalOf(response, url);
    if (!(response instanceof TransportError && response.sent === 'no')) onUnclear();
    const found = await findCreated(request.source_id, session);
    if (found !== undefined) return found;
    if (tried < MAX_TRIES) continue;
    const last = responseOf(response, url, session);
    throw isSuccess(last) ? contractError('new campaign', session) : responseError(last, url);
  }
}

function isSuccess(response: TransportResponse | TransportError): boolean {
  return !(response instanceof TransportError) && response.status >= 200 && response.status <= 299;
}

function campaignIn(response: TransportResponse): Campaign | undefined {
  return isSuccess(response) ? parseCampaign(response.body) : undefined;
}

async function findCreated(sourceId: string, session: Session): Promise<Campaign | undefined> {
  for (const wait of LOOK_PAUSES_MS) {
    await pause(wait, session);
    const { campaigns } = await listCampaigns(session);
    // The file's key is new and unique.
    const found = campaigns.findLast((campaign) => campaign.sourceId === sourceId);
    if (found !== undefined) return found;
  }
  return undefined;
}

function refusalOf(response: TransportResponse, url: string): DograhError {
  const { status } = response;
  const detail = detailOf(response);
  const fields = { status, detail };
  // Dograh names the telephony configuration here, too.
  if (status === 400 && (detail ?? '').includes('max_concurrency')) {
    return new InvalidInputError({
      ...fields,
      message: `Concurrency is higher than Dograh allows${said(detail)}.`,
      hint: 'Lower Concurrency, or add phone numbers to the telephony configuration in the Dograh dashboard.',
    });
  }
  if (status === 400 && /telephony|not ready for outbound/i.test(detail ?? '')) {
    return new TelephonyError({
      ...fields,
      message: `Dograh did not accept the telephony configuration of the campaign${said(detail)}.`,
      hint: 'Check Telephony Configuration against the page Telephony in the Dograh dashboard.',
    });
  }
  if (status === 404 && detail !== undefined && detail !== 'Not Found') {
    return new NotFoundError({
      ...fields,
      message: `Dograh cannot use the agent in a campaign${said(detail)}.`,
      hint: 'Choose the agent again. It must be active and published.',
    });
  }
  if ((status === 400 || status === 422) && detail !== undefined) {
    return new InvalidInputError({
      ...fields,
      message: `Dograh did not accept the campaign${said(detail)}.`,
      hint: 'Row 2 is the first contact of the file. Correct what the message names.',
    });
  }
  return responseError(response, url);
}
