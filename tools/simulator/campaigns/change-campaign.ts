import { Refusal } from '../answer';
import type { Campaign, CampaignState } from './campaign';
import { organizationOfCampaign } from './campaign-slot';
import type { CampaignOrchestrator } from './campaign-orchestrator';
import { telephonyOf, type Organization, type World } from '../world';

/** Dograh's refusal before it looks at the campaign. It is no problem of the key. */
export function assertTelephony({ id }: Organization, world: World): void {
  if (telephonyOf(world, id).length > 0) return;
  throw new Refusal(
    401,
    'You must configure telephony first by going to APP_URL/configure-telephony',
  );
}

/** Starts a campaign that was never started. Nothing else starts it. */
export function startCampaign(
  campaign: Campaign,
  world: World,
  orchestrator: CampaignOrchestrator,
  now: string,
): void {
  assertPaid(campaign, world);
  const isRaced = orchestrator.acceptsRacedStart(campaign);
  if (!isRaced) assertState(campaign, ['created'], 'start');
  campaign.startedAt = now;
  campaign.startedTimes += 1;
  if (isRaced) return;
  if (campaign.parentCampaignId === null) {
    campaign.state = 'syncing';
    campaign.sync = { status: 'in_progress', at: null };
  } else {
    campaign.state = 'running';
    campaign.sync = { status: 'completed', at: now };
  }
  orchestrator.started(campaign);
}

/** The batch under way is still dialed, and a file that is being read starts the campaign again. */
export function pauseCampaign(campaign: Campaign): void {
  assertState(campaign, ['running', 'syncing'], 'pause');
  campaign.state = 'paused';
}

/** The next batch begins when Dograh looks for work. */
export function resumeCampaign(
  campaign: Campaign,
  world: World,
  orchestrator: CampaignOrchestrator,
): void {
  assertPaid(campaign, world);
  assertState(campaign, ['paused'], 'resume');
  campaign.state = 'running';
  orchestrator.resumed(campaign);
}

function assertPaid(campaign: Campaign, world: World): void {
  const { quotaExhausted } = organizationOfCampaign(campaign, world);
  if (quotaExhausted !== null) throw new Refusal(402, quotaExhausted);
}

function assertState({ state }: Campaign, allowed: CampaignState[], action: string): void {
  if (allowed.includes(state)) return;
  const names = allowed.map((name) => `'${name}'`).join(' or ');
  throw new Refusal(
    400,
    `Campaign must be in ${names} state to ${action}, current state: ${state}`,
  );
}
