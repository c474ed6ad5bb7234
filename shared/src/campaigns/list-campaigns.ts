import { readJson } from '../connection/read';
import type { Session } from '../connection/session';
import type { CampaignList } from '../contract/types.gen';
import { contractError } from '../errors/contract-error';
import { NotFoundError } from '../errors/dograh-error';
import { parseDate } from '../runs/list-runs';
import { isRecord, type Fields } from '../transport/answer';
import { campaignUrl, parseCampaign, type Campaign } from './campaign';

export interface ListedCampaigns {
  /** Newest first. */
  readonly campaigns: readonly Campaign[];
  /** Dograh's time, in milliseconds since 1970; undefined if the response does not contain it. */
  readonly now: number | undefined;
}

/** All campaigns of the key's organization, in one request. @throws DograhError */
export async function listCampaigns(session: Session): Promise<ListedCampaigns> {
  const url = session.baseUrl.resolve('/campaign/');
  const { body, headers } = await readJson({ url, credential: 'api-key' }, session);
  const { campaigns }: Fields<CampaignList> = isRecord(body) ? body : {};
  const listed: unknown[] = Array.isArray(campaigns) ? campaigns : [undefined];
  const parsed = listed.map(parseCampaign).filter((one) => one !== undefined);
  // A campaign that is left out could be launched again.
  if (parsed.length < listed.length) throw contractError('list of campaigns', session);
  parsed.sort((one, other) => other.id - one.id);
  return { campaigns: parsed, now: parseDate(headers['date']) };
}

/** @throws NotFoundError if the key's organization has no such campaign; DograhError */
export async function readCampaign(id: number, session: Session): Promise<Campaign> {
  const url = campaignUrl(id, '', session);
  const { body } = await readJson({ url, credential: 'api-key' }, session).catch(
    (error: unknown) => {
      throw error instanceof NotFoundError ? notFoundError(id) : error;
    },
  );
  const campaign = parseCampaign(body);
  if (campaign === undefined) throw contractError(`response about campaign ${id}`, session);
  return campaign;
}

function notFoundError(id: number): NotFoundError {
  return new NotFoundError({
    message: `There is no campaign ${id} in the organization of this API key.`,
    hint: 'Choose the campaign from the list, or copy its ID from the address of its page in the Dograh dashboard.',
  });
}
