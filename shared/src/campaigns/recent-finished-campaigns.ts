import { limitedTo, timeLeft, type Session } from '../connection/session';
import { readCriteria } from '../finished-runs/filters';
import type { Campaign } from './campaign';
import { endOf, isLongEnded } from './campaign-end';
import { campaignResult, type CampaignResult } from './campaign-result';
import {
  isFinishedNow,
  isWanted,
  probablyFinishedFirst,
  resultOf,
  type FinishedCampaignFilters,
} from './finished-campaigns';
import { listCampaigns } from './list-campaigns';

const MAX_CAMPAIGNS = 100;
/** Each check takes one or two requests. */
const MAX_CHECKS = 4;
/** How many of them are for the most probable campaigns. */
const FIRST_CHECKS = 2;
const MAX_MS = 20_000;
/** With less time left, the campaigns that were found must be returned. */
const MIN_LEFT_MS = 5_000;

/**
 * The last finished campaigns, the last one first, for a host that remembers which ones it handled. Without counts, which
 * would take a request for every 100 calls. Of the campaigns that ended a short time ago, some may be returned later.
 * @throws DograhError
 */
export async function recentFinishedCampaigns(
  filters: FinishedCampaignFilters,
  unlimited: Session,
): Promise<readonly CampaignResult[]> {
  const session = limitedTo(MAX_MS, unlimited);
  const { wanted, now } = await readWanted(filters, session);
  const certain = wanted.filter((campaign) => isLongEnded(campaign, now));
  const finished = [...certain];
  for (const campaign of campaignsToCheck(wanted, now, session)) {
    if (timeLeft(session) < MIN_LEFT_MS) break;
    if (await isFinishedNow(campaign, session)) finished.push(campaign);
  }
  return finished
    .sort((one, other) => endOf(other, now) - endOf(one, now) || other.id - one.id)
    .slice(0, MAX_CAMPAIGNS)
    .map((campaign) => campaignResult(campaign, session));
}

/** The newest finished campaign, with its counts, as an example. Undefined if there is none. @throws DograhError */
export async function latestFinishedCampaign(
  filters: FinishedCampaignFilters,
  session: Session,
): Promise<CampaignResult | undefined> {
  const { wanted, now } = await readWanted(filters, session);
  const toCheck = campaignsToCheck(wanted, now, session);
  for (const campaign of wanted) {
    const isFinal =
      isLongEnded(campaign, now) ||
      (toCheck.includes(campaign) && (await isFinishedNow(campaign, session)));
    if (isFinal) return resultOf(campaign, session);
  }
  return undefined;
}

/**
 * Some of the campaigns that are not certainly finished: the most probable ones, and others by chance. Otherwise, each
 * poll would check the same ones, because it does not remember the last poll.
 */
function campaignsToCheck(
  wanted: readonly Campaign[],
  now: number,
  { clock }: Session,
): readonly Campaign[] {
  const unclear = probablyFinishedFirst(wanted).filter((campaign) => !isLongEnded(campaign, now));
  const others = unclear.slice(FIRST_CHECKS);
  const start = Math.floor(clock.random() * others.length);
  const shifted = [...others.slice(start), ...others.slice(0, start)];
  return [...unclear.slice(0, FIRST_CHECKS), ...shifted].slice(0, MAX_CHECKS);
}

/** The newest campaigns first. */
async function readWanted(
  filters: FinishedCampaignFilters,
  session: Session,
): Promise<{ readonly wanted: readonly Campaign[]; readonly now: number }> {
  const { agents } = await readCriteria(filters, {}, session);
  const { campaigns, now = session.clock.now() } = await listCampaigns(session);
  return { wanted: campaigns.filter((campaign) => isWanted(agents, campaign)), now };
}
