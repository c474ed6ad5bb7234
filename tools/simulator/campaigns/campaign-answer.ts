import type { CampaignDefaults } from '../../../shared/src/contract/types.gen';
import type { Campaign } from './campaign';
import { defaultCircuitBreaker, defaultRetry } from './campaign-settings';
import { callerIdsOfDefault } from './create-campaign';
import type { Runs } from '../runs';
import { agentsOf, telephonyOf, type Organization, type World } from '../world';

/** A campaign as Dograh returns it. */
export function campaignAnswer(campaign: Campaign, world: World): Record<string, unknown> {
  const { settings, telephonyConfigurationId } = campaign;
  const telephony = telephonyOf(world, campaign.organizationId).find(
    ({ id }) => id === telephonyConfigurationId,
  );
  return {
    id: campaign.id,
    name: campaign.name,
    workflow_id: campaign.agentId,
    workflow_name: agentsOf(world).find(({ id }) => id === campaign.agentId)?.name ?? 'Unknown',
    state: campaign.state,
    source_type: 'csv',
    source_id: campaign.sourceId,
    total_rows: campaign.totalRows,
    processed_rows: campaign.processedRows,
    failed_rows: campaign.failedRows,
    created_at: asPydanticWrites(campaign.createdAt),
    started_at: asPydanticWrites(campaign.startedAt),
    completed_at: asPydanticWrites(campaign.completedAt),
    retry_config: settings.retry,
    max_concurrency: settings.maxConcurrency,
    schedule_config: settings.schedule,
    // It says that the circuit breaker is off, but it is on.
    circuit_breaker: settings.circuitBreaker ?? { ...defaultCircuitBreaker, enabled: false },
    executed_count: campaign.rows.filter(({ state }) => state === 'processed').length,
    total_queued_count: campaign.rows.length,
    parent_campaign_id: campaign.parentCampaignId,
    redialed_campaign_id: campaign.redialedCampaignId,
    telephony_configuration_id: telephonyConfigurationId,
    telephony_configuration_name: telephony?.name ?? null,
    logs: campaign.logs.map((entry) => ({ ...entry, details: null })),
  };
}

/** Its percentage is wrong, as in Dograh. */
export function campaignProgress(campaign: Campaign, runs: Runs): Record<string, unknown> {
  const { id, processedRows, sync } = campaign;
  const totalRows = campaign.totalRows ?? 0;
  const ofProvider = ['failed', 'busy', 'no-answer'];
  return {
    campaign_id: id,
    state: campaign.state,
    total_rows: totalRows,
    processed_rows: processedRows,
    failed_calls: runs.all.filter(
      ({ campaignRow, disposition, error, callbacks }) =>
        campaignRow?.campaignId === id &&
        (ofProvider.includes(disposition ?? '') || (error !== null && callbacks.length > 0)),
    ).length,
    progress_percentage: totalRows > 0 ? (processedRows / totalRows) * 100 : 0,
    source_sync: { status: sync.status, last_synced_at: sync.at, error: syncError(campaign) },
    rate_limit: 1,
    started_at: asPydanticWrites(campaign.startedAt),
    completed_at: asPydanticWrites(campaign.completedAt),
  };
}

/** What an organization may do in a campaign. */
export function campaignDefaults(
  organization: Organization,
  world: World,
  last: Campaign | undefined,
): CampaignDefaults & Record<string, unknown> {
  return {
    concurrent_call_limit: organization.concurrentCallLimit,
    from_numbers_count: callerIdsOfDefault(organization, world),
    default_retry_config: defaultRetry,
    last_campaign_settings: last
      ? {
          retry_config: last.settings.retry,
          max_concurrency: last.settings.maxConcurrency,
          schedule_config: last.settings.schedule,
          circuit_breaker: last.settings.circuitBreaker ?? {
            ...defaultCircuitBreaker,
            enabled: false,
          },
        }
      : null,
  };
}

function syncError({ sync, logs }: Campaign): string | null {
  if (sync.status !== 'failed') return null;
  return logs.at(-1)?.message.replace('Source sync failed: ', '') ?? null;
}

function asPydanticWrites(time: string | null): string | null {
  return time === null ? null : time.replace('Z', '000Z');
}
