import type { CampaignRequest } from '../../../shared/src/contract/types.gen';
import { Refusal } from '../answer';
import type { Campaign } from './campaign';
import { campaignSettings } from './campaign-settings';
import type { Campaigns } from './campaigns';
import { chooseTelephony } from '../choose-telephony';
import { assertColumns, assertContacts, readContacts } from './contacts';
import { requiredColumns } from './required-columns';
import type { Runs } from '../runs';
import { readUpload, type Storage } from '../storage';
import { profileOf } from '../version';
import { agentsOf, phoneNumbersOf, telephonyOf, type Organization, type World } from '../world';

interface Parts {
  campaigns: Campaigns;
  world: World;
  runs: Runs;
  storage: Storage;
}

/** Dograh's rules for a new campaign, in Dograh's order. It does not check whose file it is, or whether it is used. */
export function createCampaign(
  request: CampaignRequest,
  organization: Organization,
  { campaigns, world, runs, storage }: Parts,
): Campaign {
  const settings = campaignSettings(request);
  const agent = agentsOf(world).find(
    ({ id, organizationId }) => id === request.workflow_id && organizationId === organization.id,
  );
  if (!agent) throw new Refusal(404, 'Workflow not found');
  const contacts = readContacts(readUpload(request.source_id, storage));
  assertContacts(contacts);
  if (!agent.published) throw new Refusal(500, 'Internal Server Error');
  assertColumns(contacts, requiredColumns(agent.published));
  const isCareful = profileOf(world.version).hasCarefulCampaigns;
  const requested = request.telephony_configuration_id ?? null;
  const telephonyConfigurationId = isCareful
    ? readyTelephony(requested, organization, world)
    : knownTelephony(requested, organization, world);
  if (settings.maxConcurrency !== null) {
    assertConcurrency(settings.maxConcurrency, organization, world);
  }
  return campaigns.create(
    {
      name: request.name,
      organizationId: organization.id,
      agentId: agent.id,
      sourceId: request.source_id,
      settings,
      telephonyConfigurationId,
    },
    runs.now(),
  );
}

/** Dograh 1.45 takes any configuration, and none if there is no default. */
function knownTelephony(
  requested: number | null,
  organization: Organization,
  world: World,
): number | null {
  const usable = telephonyOf(world, organization.id).filter(({ inactive }) => !inactive);
  if (requested === null || requested === 0) {
    return usable.find(({ isDefaultOutbound }) => isDefaultOutbound)?.id ?? null;
  }
  const found = usable.find(({ id }) => id === requested);
  if (!found) throw new Refusal(400, 'telephony_configuration_not_found');
  return found.id;
}

function readyTelephony(
  requested: number | null,
  organization: Organization,
  world: World,
): number | null {
  const body = { phone_number: '', telephony_configuration_id: requested };
  try {
    return chooseTelephony(body, organization, world).configuration.id;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const isBlocked = String(error.detail).includes('is not ready');
    throw isBlocked ? error : new Refusal(400, 'telephony_configuration_not_found');
  }
}

/** Dograh 1.45 also counts the caller IDs of the default configuration, even if another one dials. */
function assertConcurrency(wanted: number, organization: Organization, world: World): void {
  const { concurrentCallLimit } = organization;
  const callerIds = profileOf(world.version).hasCarefulCampaigns
    ? 0
    : callerIdsOfDefault(organization, world);
  const limit = callerIds > 0 ? Math.min(concurrentCallLimit, callerIds) : concurrentCallLimit;
  if (wanted <= limit) return;
  const problem = `max_concurrency (${String(wanted)}) cannot exceed`;
  throw new Refusal(
    400,
    limit < concurrentCallLimit
      ? `${problem} ${String(limit)}. You have ${String(callerIds)} phone number(s) configured. Add more CLIs in telephony configuration to increase concurrency.`
      : `${problem} organization limit (${String(limit)})`,
  );
}

/** The active caller IDs of the default telephony configuration. */
export function callerIdsOfDefault({ id }: Organization, world: World): number {
  const configuration = telephonyOf(world, id).find(
    ({ isDefaultOutbound, inactive }) => isDefaultOutbound && !inactive,
  );
  if (!configuration) return 0;
  return phoneNumbersOf(world, configuration.id).filter(({ isActive }) => isActive).length;
}
