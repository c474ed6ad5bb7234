import type { Session } from '../connection/session';
import { redialedBy, type Campaign, type CampaignState } from './campaign';

/**
 * A campaign, in the same flat shape from every operation and in both hosts. An unknown value is `null` and never
 * missing.
 */
export interface CampaignResult {
  readonly campaign_id: number;
  readonly campaign_name: string;
  readonly state: CampaignState;
  /** The people in it. Null until Dograh has read the file. */
  readonly contacts: number | null;
  /**
   * Called, pending and never called add up to the contacts. Null if the operation did not count them. Called: at least
   * one call was placed, or may have been.
   */
  readonly called: number | null;
  /** Not called yet. */
  readonly pending: number | null;
  /** Not called, and Dograh will not call them. */
  readonly never_called: number | null;
  /** Calls that are not over. */
  readonly running: number | null;
  /**
   * Dialed rows of all rows, retries included, from 0 to 100. Null until Dograh has read the file. Without counts, rows
   * that the telephony provider refused are missing in it.
   */
  readonly percent: number | null;
  readonly workflow_id: number;
  readonly agent_name: string | null;
  /** ISO-8601, UTC, like all times here. */
  readonly created_at: string | null;
  readonly started_at: string | null;
  /** In Dograh 1.45, an hour after the last call. */
  readonly completed_at: string | null;
  readonly telephony_configuration_id: number | null;
  readonly parent_campaign_id: number | null;
  readonly redial_campaign_id: number | null;
  /** Why Dograh itself paused or failed it. */
  readonly problem: string | null;
  /** The campaign in the Dograh dashboard. Null if the dashboard is unknown. */
  readonly campaign_url: string | null;
  /** Things to know, in sentences. */
  readonly notes: readonly string[];
}

export type ContactCounts = Pick<CampaignResult, 'called' | 'pending' | 'never_called' | 'running'>;

const NOT_COUNTED: ContactCounts = {
  called: null,
  pending: null,
  never_called: null,
  running: null,
};

export function campaignResult(
  campaign: Campaign,
  { dashboard }: Session,
  counts: ContactCounts = NOT_COUNTED,
  notes: readonly string[] = [],
): CampaignResult {
  return {
    campaign_id: campaign.id,
    campaign_name: campaign.name,
    state: campaign.state,
    contacts: campaign.contacts,
    ...counts,
    percent: percentOf(campaign),
    workflow_id: campaign.workflowId,
    agent_name: campaign.agentName,
    created_at: isoOrNull(campaign.createdAt),
    started_at: isoOrNull(campaign.startedAt),
    completed_at: isoOrNull(campaign.completedAt),
    telephony_configuration_id: campaign.telephonyConfigurationId,
    parent_campaign_id: redialedBy(campaign),
    redial_campaign_id: campaign.redialId,
    problem: campaign.problem,
    campaign_url: dashboard.campaign(campaign.id),
    notes,
  };
}

/** Dograh's own percentage counts one row of each batch. */
function percentOf({ executedRows, queuedRows }: Campaign): number | null {
  if (executedRows === null || queuedRows === null || queuedRows === 0) return null;
  return Math.floor((executedRows / queuedRows) * 100);
}

function isoOrNull(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
