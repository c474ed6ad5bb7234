import type { Session } from '../connection/session';
import { inputError } from '../errors/input-error';
import { NotFoundError } from '../errors/dograh-error';
import { isBlank } from '../input/blank';
import { cleanText } from '../input/text';
import { parseCampaignId } from './campaign';
import type { CampaignResult } from './campaign-result';
import { readCountedCampaign } from './count-contacts';
import { hashOfReference } from './launch-file-name';
import { parseCampaignReference } from './launch-input';
import { launchesOf } from './launch-rivals';
import { listCampaigns } from './list-campaigns';

/** What is known of a campaign, from a host's form: exactly one of them. */
export interface CampaignSearch {
  readonly campaignId?: unknown;
  /** Its Campaign Reference, if this client launched it. */
  readonly reference?: unknown;
  /** Its name. Of several, the newest is found. */
  readonly name?: unknown;
}

/** The campaign with accurate counts; undefined if there is none. @throws InvalidInputError; DograhError */
export async function findCampaign(
  search: CampaignSearch,
  session: Session,
): Promise<CampaignResult | undefined> {
  const id = await findId(search, session);
  if (id === undefined) return undefined;
  try {
    return await readCountedCampaign(id, session);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

async function findId(
  { campaignId, reference, name }: CampaignSearch,
  session: Session,
): Promise<number | undefined> {
  const given = [campaignId, reference, name].filter((value) => !isBlank(value));
  if (given.length !== 1) {
    throw inputError(
      'Fill in exactly one of Campaign, Campaign Reference and Campaign Name.',
      'Clear the others.',
    );
  }
  if (!isBlank(campaignId)) return parseCampaignId(campaignId);
  const hash = isBlank(reference)
    ? undefined
    : await hashOfReference(parseCampaignReference(reference));
  const listed = await listCampaigns(session);
  if (hash === undefined) {
    const text = cleanText(String(name));
    return listed.campaigns.find((campaign) => campaign.name === text)?.id;
  }
  const launches = launchesOf(hash, listed, session.clock.now());
  const launch = launches.find(({ isDone }) => isDone) ?? launches[0];
  return launch?.firstId;
}
