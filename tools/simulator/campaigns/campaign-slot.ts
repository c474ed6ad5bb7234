import type { Campaign } from './campaign';
import { chooseTelephony } from '../choose-telephony';
import { isOver, type Run } from '../run';
import type { Runs } from '../runs';
import { profileOf } from '../version';
import { organizationsOf, phoneNumbersOf, type Organization, type World } from '../world';

/** What a campaign waits for before its next call: a free call, or a free caller ID. */
export type MissingSlot = 'concurrent-call' | 'caller-id';

/** Undefined if the campaign can call now. */
export function missingSlot(campaign: Campaign, world: World, runs: Runs): MissingSlot | undefined {
  const { concurrentCallLimit, id } = organizationOfCampaign(campaign, world);
  const { maxConcurrency } = campaign.settings;
  const own = liveRuns(runs).filter(({ campaignRow }) => campaignRow?.campaignId === campaign.id);
  if (runs.liveCount(id) >= concurrentCallLimit) return 'concurrent-call';
  if (maxConcurrency !== null && own.length >= maxConcurrency) return 'concurrent-call';
  return callerIdFor(campaign, world, runs) === undefined ? 'caller-id' : undefined;
}

/**
 * The number that the called person sees. Dograh 1.45 uses each caller ID for one call of campaigns at a time.
 * Throws a Refusal if there is no telephony configuration that can dial.
 */
export function callerIdFor(campaign: Campaign, world: World, runs: Runs): string | undefined {
  const configurationId = telephonyOfCampaign(campaign, world);
  const addresses = phoneNumbersOf(world, configurationId)
    .filter(({ isActive }) => isActive)
    .map(({ address }) => address);
  const used = (address: string): number =>
    liveRuns(runs).filter(
      (run) =>
        run.campaignRow !== null &&
        run.telephonyConfigurationId === configurationId &&
        run.initialContext['caller_number'] === address,
    ).length;
  if (!profileOf(world.version).hasCarefulCampaigns) {
    return addresses.find((address) => used(address) === 0);
  }
  return addresses.toSorted((a, b) => used(a) - used(b))[0];
}

/** Throws a Refusal if there is no telephony configuration that can dial. */
export function telephonyOfCampaign(campaign: Campaign, world: World): number {
  const body = {
    phone_number: '',
    telephony_configuration_id: campaign.telephonyConfigurationId,
  };
  return chooseTelephony(body, organizationOfCampaign(campaign, world), world).configuration.id;
}

export function organizationOfCampaign({ organizationId }: Campaign, world: World): Organization {
  const organization = organizationsOf(world).find(({ id }) => id === organizationId);
  if (!organization) throw new Error(`There is no organization ${String(organizationId)}.`);
  return organization;
}

function liveRuns(runs: Runs): Run[] {
  return runs.all.filter((run) => !isOver(run));
}
