import { hasWebhook } from '../agent-definition';
import type { Campaign, CampaignRow } from './campaign';
import { callerIdFor, organizationOfCampaign, telephonyOfCampaign } from './campaign-slot';
import { contextOfCampaignRow, ownVariablesOf } from '../context-of-run';
import type { Run } from '../run';
import type { Runs } from '../runs';
import { agentsOf, telephonyOf, type World } from '../world';

/**
 * Calls the contact of a row. Returns whether the telephony provider took the call. Otherwise there is a run without
 * a call. Throws a Refusal if there is no telephony configuration that can dial.
 */
export function dialRow(campaign: Campaign, row: CampaignRow, world: World, runs: Runs): boolean {
  const run = createRun(campaign, row, world, runs);
  row.runId = run.runId;
  campaign.dialedRows.push(row);
  if (row.context['is_retry'] === true) {
    const reason = String(row.context['retry_reason']);
    run.gatheredContext = { call_tags: ['retry', `retry_reason_${reason}`] };
  }
  const { quotaExhausted } = organizationOfCampaign(campaign, world);
  if (quotaExhausted !== null) {
    runs.failWithoutResults(run, quotaExhausted);
    return false;
  }
  if (world.unreachableNumbers.includes(run.phoneNumber)) {
    run.callbacks.push({ status: 'failed', timestamp: runs.now() });
    const problem = `Invalid 'To' Phone Number: ${run.phoneNumber}`;
    runs.failWithoutResults(run, `400: {"code": 21211, "message": "${problem}", "status": 400}`);
    return false;
  }
  Object.assign(run.initialContext, ownVariablesOf(run.runId, world.version));
  run.gatheredContext = { ...run.gatheredContext, provider: run.mode };
  runs.place(run, world.endings[run.phoneNumber]);
  return true;
}

function createRun(campaign: Campaign, row: CampaignRow, world: World, runs: Runs): Run {
  const configurationId = telephonyOfCampaign(campaign, world);
  const configuration = telephonyOf(world, campaign.organizationId).find(
    ({ id }) => id === configurationId,
  );
  const agent = agentsOf(world).find(({ id }) => id === campaign.agentId);
  const version = agent?.published;
  if (!configuration || !version) throw new Error('The campaign has no agent that can run.');
  return runs.create({
    direction: 'outbound',
    mode: configuration.provider,
    environment: 'production',
    agentVersion: 'published',
    agentUuid: agent.uuid,
    trigger: null,
    organizationId: campaign.organizationId,
    phoneNumber: String(row.context['phone_number']),
    campaignRow: { campaignId: campaign.id, rowId: row.id },
    initialContext: contextOfCampaignRow(campaign.id, row, {
      configuration,
      callerId: callerIdFor(campaign, world, runs),
    }),
    telephonyConfigurationId: configuration.id,
    fromPhoneNumberId: null,
    hasWebhook: hasWebhook(version),
  });
}
