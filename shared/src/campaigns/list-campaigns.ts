import { readJson } from '../connection/read';
import type { Session } from '../connection/session';
import type { CampaignList } from '../contract/types.gen';
import { contractError } from '../errors/contract-error';
import { NotFoundError } from '../errors/dograh-error';
import { parseDate } from '../runs/list-runs';
import { isRecord, type Fields } from '../transport/answer';
import { isBlank } from '../input/blank';
import { parseChoices } from '../input/choice';
import {
  CAMPAIGN_STATES,
  campaignUrl,
  parseCampaign,
  type Campaign,
  type CampaignState,
} from './campaign';
import { campaignResult, type CampaignResult } from './campaign-result';

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
      throw error instanceof NotFoundError ? campaignNotFoundError(id) : error;
    },
  );
  const campaign = parseCampaign(body);
  if (campaign === undefined) throw contractError(`response about campaign ${id}`, session);
  return campaign;
}

/** No such campaign in the organization. */
export function campaignNotFoundError(id: number): NotFoundError {
  return new NotFoundError({
    message: `There is no campaign ${id} in the organization of this API key.`,
    hint: 'Choose the campaign from the list, or copy its ID from the address of its page in the Dograh dashboard.',
  });
}

/** From a host's form, not yet checked. */
export interface CampaignFilter {
  /** Values of {@link CAMPAIGN_STATES}: a list, or a text with commas. Blank means all. */
  readonly state?: unknown;
}

/** @throws InvalidInputError */
export function parseCampaignFilter({ state }: CampaignFilter): readonly CampaignState[] {
  return isBlank(state) ? CAMPAIGN_STATES : parseChoices('State', state, CAMPAIGN_STATES);
}

/** The newest campaigns in one of the states, newest first, without counts. @throws DograhError */
export async function readCampaigns(
  states: readonly CampaignState[],
  limit: number,
  session: Session,
): Promise<readonly CampaignResult[]> {
  const { campaigns } = await listCampaigns(session);
  return campaigns
    .filter(({ state }) => states.includes(state))
    .slice(0, limit)
    .map((campaign) => campaignResult(campaign, session));
}

/** An entry of a dropdown list. */
export interface CampaignChoice {
  readonly id: number;
  readonly name: string;
  readonly state: CampaignState;
  /** ISO-8601, UTC. Null if it is unknown. */
  readonly createdAt: string | null;
  /** For example `Spring list (running, 12 Nov 2026)`. Names are not unique. */
  readonly label: string;
}

/** All campaigns, newest first. @throws DograhError */
export async function listCampaignChoices(session: Session): Promise<readonly CampaignChoice[]> {
  const { campaigns } = await listCampaigns(session);
  return campaigns.map(({ id, name, state, createdAt }) => {
    const marks = createdAt === null ? state : `${state}, ${dayOf(createdAt)}`;
    return {
      id,
      name,
      state,
      createdAt: createdAt === null ? null : new Date(createdAt).toISOString(),
      label: `${name === '' ? `Campaign ${id}` : name} (${marks})`,
    };
  });
}

/** In UTC, like all times of Dograh. */
function dayOf(time: number): string {
  const date = new Date(time);
  const month = date.toLocaleString('en-US', { month: 'short', timeZone: 'UTC' });
  return `${date.getUTCDate()} ${month} ${date.getUTCFullYear()}`;
}
