import { limitedTo, timeLeft, type Session } from '../connection/session';
import { inputError } from '../errors/input-error';
import { NetworkError, NotFoundError } from '../errors/dograh-error';
import { isBlank } from '../input/blank';
import { cleanText } from '../input/text';
import { parseCampaignId, type Campaign } from './campaign';
import { campaignResult, type CampaignResult } from './campaign-result';
import { countContacts, notesOn } from './count-contacts';
import { hashOfReference } from './launch-file-name';
import { parseCampaignReference } from './launch-input';
import { doneIn, launchesOf } from './launch-rivals';
import { listCampaigns, readCampaign } from './list-campaigns';

/** What is known of a campaign, from a host's form: exactly one of them. */
export interface CampaignSearch {
  readonly campaignId?: unknown;
  /** Its Campaign Reference, if this client launched it. */
  readonly reference?: unknown;
  /** Its name. Of several, the newest is found. */
  readonly name?: unknown;
}

/** Time that remains after counting. */
const MIN_LEFT_MS = 2_000;

/**
 * The campaign with accurate counts; undefined if there is none. Without counts if they take too long for a step with a
 * time limit: 10,000 contacts have at least 100 pages of runs.
 * @throws InvalidInputError; DograhError
 */
export async function findCampaign(
  search: CampaignSearch,
  session: Session,
): Promise<CampaignResult | undefined> {
  const id = await findId(search, session);
  if (id === undefined) return undefined;
  const campaign = await readCampaign(id, session).catch((error: unknown) => {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  });
  return campaign && counted(campaign, session);
}

async function counted(read: Campaign, session: Session): Promise<CampaignResult> {
  const limited = limitedTo(timeLeft(session) - MIN_LEFT_MS, session);
  try {
    const { campaign, runs, counts } = await countContacts(read, limited);
    return campaignResult(campaign, session, counts, notesOn(campaign, runs, counts));
  } catch (error) {
    if (!(error instanceof NetworkError) || timeLeft(limited) > 0) throw error;
    return campaignResult(read, session, undefined, [
      "The contacts could not be counted within this step's time limit.",
    ]);
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
  const launch = doneIn(launches) ?? launches[0];
  // Not a copy that is never started.
  return launch && Math.min(...[...launch.parts.values()].map(({ id }) => id));
}
