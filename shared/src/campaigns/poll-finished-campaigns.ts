import { timeLeft, type Session } from '../connection/session';
import { readCriteria } from '../finished-runs/filters';
import { pollWithMemory, type Polled, type Poller } from '../finished-runs/poll-with-memory';
import type { Campaign } from './campaign';
import { isLongEnded } from './campaign-end';
import { CAMPAIGN_POLL_STATE_FORMAT, type CampaignPollState } from './campaign-poll-state';
import type { CampaignResult } from './campaign-result';
import {
  isFinishedNow,
  isWanted,
  probablyFinishedFirst,
  resultOf,
  type Agents,
  type FinishedCampaignFilters,
} from './finished-campaigns';
import { listCampaigns, type ListedCampaigns } from './list-campaigns';

export interface FinishedCampaignsPoll extends Poller {
  readonly filters: FinishedCampaignFilters;
}

type PolledCampaigns = Polled<CampaignPollState, CampaignResult>;

/** How many campaigns one poll checks. */
const MAX_CHECKS = 20;
/** With less time left, the campaigns that were found must be returned. */
const MIN_LEFT_MS = 5_000;
/** Dograh may list a campaign a moment after one that was created later. */
const MARGIN_MS = 5 * 60_000;
/** Campaigns that are never started stay open forever. Of too many, the newest are remembered. */
const MAX_OPEN = 1_000;

/**
 * The campaigns that finished since the last poll and match the filters, oldest first. Each one is returned once. The
 * first poll returns none: it only remembers which ones are finished.
 * @throws DograhError
 */
export function pollFinishedCampaigns(
  { filters, ...poller }: FinishedCampaignsPoll,
  session: Session,
): Promise<readonly CampaignResult[]> {
  const poll = async (before: CampaignPollState | undefined): Promise<PolledCampaigns> => {
    const { agents } = await readCriteria(filters, before?.agents ?? {}, session);
    const listed = await listCampaigns(session);
    return before === undefined
      ? firstPoll(listed, agents, session)
      : nextPoll(before, listed, agents, session);
  };
  return pollWithMemory(poller, CAMPAIGN_POLL_STATE_FORMAT, poll, session);
}

async function firstPoll(
  listed: ListedCampaigns,
  agents: Agents,
  session: Session,
): Promise<PolledCampaigns> {
  const { campaigns, now = session.clock.now() } = listed;
  // Of many that completed lately, a poll could check only some. The others would seem new to the next poll.
  const waiting = campaigns.filter(
    (campaign) => campaign.state !== 'completed' && !isLongEnded(campaign, now),
  );
  const finished = await findFinished(waiting, session);
  const open = waiting.filter((campaign) => !finished.includes(campaign));
  return { state: nextState(campaigns, open, now - MARGIN_MS, agents), results: [] };
}

async function nextPoll(
  before: CampaignPollState,
  listed: ListedCampaigns,
  agents: Agents,
  session: Session,
): Promise<PolledCampaigns> {
  const { campaigns, now = session.clock.now() } = listed;
  // `from` is in the future if Dograh's clock was ahead and is now corrected.
  const from = Math.min(before.from, now);
  const waiting = campaigns.filter(
    ({ id, createdAt }) =>
      id > before.highest ||
      before.open.has(id) ||
      ((createdAt ?? 0) >= from && !before.done.has(id)),
  );
  const finished = await findFinished(waiting, session);
  const results: CampaignResult[] = [];
  for (const campaign of finished.filter((one) => isWanted(agents, one))) {
    results.push(await resultOf(campaign, session));
  }
  const open = waiting.filter((campaign) => !finished.includes(campaign));
  const next = nextState(campaigns, open, Math.max(from, now - MARGIN_MS), agents);
  return { state: next, results };
}

/** @param open the newest campaigns first */
function nextState(
  campaigns: readonly Campaign[],
  open: readonly Campaign[],
  from: number,
  agents: Agents,
): CampaignPollState {
  const recent = campaigns.filter(({ createdAt }) => (createdAt ?? 0) >= from);
  return {
    highest: Math.max(0, ...campaigns.map(({ id }) => id)),
    from,
    done: new Set(recent.filter((campaign) => !open.includes(campaign)).map(({ id }) => id)),
    open: new Set(open.slice(0, MAX_OPEN).map(({ id }) => id)),
    agents,
  };
}

/** Oldest first. A campaign that cannot be checked now is checked by the next poll. */
async function findFinished(
  waiting: readonly Campaign[],
  session: Session,
): Promise<readonly Campaign[]> {
  const finished: Campaign[] = [];
  for (const campaign of probablyFinishedFirst(waiting).slice(0, MAX_CHECKS)) {
    if (timeLeft(session) < MIN_LEFT_MS) break;
    if (await isFinishedNow(campaign, session)) finished.push(campaign);
  }
  return finished.sort((one, other) => one.id - other.id);
}
