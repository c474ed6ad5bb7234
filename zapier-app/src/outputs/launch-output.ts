import { CAMPAIGN_LABELS, type CampaignResult, type LaunchedCampaign } from '@dograh/shared';
import type { OutputFields } from 'zapier-platform-core';
import { CAMPAIGN_SHAPES } from './campaign-output';

/** The counts of all campaigns together. */
type Count = 'contacts' | 'called' | 'pending' | 'never_called' | 'running';

type OfFirst = Omit<CampaignResult, 'campaign_id' | 'state' | 'workflow_id'> &
  Pick<LaunchedCampaign, 'campaign_id' | 'state' | 'workflow_id'>;

/**
 * A launch as one item. It has the values of its first campaign, and `campaigns` lists all of them. The counts and the
 * notes are those of all campaigns.
 */
export interface LaunchOutput extends OfFirst {
  /** The first campaign. The same for each run of the step. Null if no campaign was created. */
  readonly id: number | null;
  readonly campaign_reference: string;
  readonly skipped: boolean;
  /** One per campaign. */
  readonly campaigns: readonly LaunchedPart[];
  readonly skipped_contacts: LaunchedCampaign['skipped_contacts'];
  readonly never_started_campaigns: readonly number[];
}

/** Zapier's line items carry only plain values. */
interface LaunchedPart extends Pick<
  LaunchedCampaign,
  'campaign_id' | 'campaign_name' | 'state' | 'contacts' | 'campaign_url'
> {
  /** Separated with commas. */
  readonly time_zones: string;
  readonly calling_hours: string;
}

/** @param notes about the input */
export function toLaunchOutput(
  launched: readonly LaunchedCampaign[],
  notes: readonly string[],
): LaunchOutput {
  const [first] = launched;
  if (first === undefined) throw new Error('A launch has no result.');
  return {
    id: first.campaign_id,
    campaign_id: first.campaign_id,
    campaign_name: first.campaign_name,
    campaign_reference: first.campaign_reference,
    state: first.state,
    skipped: first.skipped,
    ...sumsOf(launched),
    percent: launched.length === 1 ? first.percent : null,
    workflow_id: first.workflow_id,
    agent_name: first.agent_name,
    created_at: first.created_at,
    started_at: first.started_at,
    completed_at: first.completed_at,
    telephony_configuration_id: first.telephony_configuration_id,
    parent_campaign_id: first.parent_campaign_id,
    redial_campaign_id: first.redial_campaign_id,
    problem: first.problem,
    campaign_url: first.campaign_url,
    campaigns: launched.map(toPart),
    skipped_contacts: launched.flatMap((campaign) => campaign.skipped_contacts),
    never_started_campaigns: first.never_started_campaigns,
    notes: [...new Set([...launched.flatMap((campaign) => campaign.notes), ...notes])],
  };
}

function sumsOf(launched: readonly LaunchedCampaign[]): Pick<CampaignResult, Count> {
  const sumOf = (key: Count): number | null =>
    launched
      .map((campaign) => campaign[key])
      .reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0);
  return {
    contacts: sumOf('contacts'),
    called: sumOf('called'),
    pending: sumOf('pending'),
    never_called: sumOf('never_called'),
    running: sumOf('running'),
  };
}

function toPart(campaign: LaunchedCampaign): LaunchedPart {
  const { campaign_id, campaign_name, state, contacts, campaign_url } = campaign;
  return {
    ...{ campaign_id, campaign_name, state, contacts, campaign_url },
    time_zones: campaign.time_zones.join(', '),
    calling_hours: campaign.calling_hours.join(', '),
  };
}

const { notes: notesShape, ...shapes } = CAMPAIGN_SHAPES;

export const launchOutputFields: OutputFields = [
  { key: 'id', label: 'ID', type: 'integer' },
  { key: 'campaign_reference', label: 'Campaign Reference', type: 'string' },
  { key: 'skipped', label: 'Skipped', type: 'boolean' },
  ...Object.entries(shapes).map(([key, shape]) => ({
    key,
    label: CAMPAIGN_LABELS[key as keyof CampaignResult],
    ...shape,
  })),
  { key: 'campaigns[]campaign_id', label: 'All Campaign IDs', type: 'integer' },
  { key: 'campaigns[]campaign_name', label: 'All Campaign Names', type: 'string' },
  { key: 'campaigns[]state', label: 'All States', type: 'string' },
  { key: 'campaigns[]contacts', label: 'Contacts of Each Campaign', type: 'integer' },
  { key: 'campaigns[]campaign_url', label: 'All Campaign URLs', type: 'string' },
  { key: 'campaigns[]time_zones', label: 'Time Zones of Each Campaign', type: 'string' },
  { key: 'campaigns[]calling_hours', label: 'Calling Hours of Each Campaign', type: 'string' },
  { key: 'skipped_contacts[]contact', label: 'Skipped Contact', type: 'string' },
  { key: 'skipped_contacts[]phone_number', label: 'Skipped Phone Number', type: 'string' },
  { key: 'skipped_contacts[]reason', label: 'Skip Reason', type: 'string' },
  { key: 'skipped_contacts[]explanation', label: 'Skip Explanation', type: 'string' },
  {
    key: 'never_started_campaigns',
    label: 'Campaigns That Are Never Started',
    type: 'integer',
    list: true,
  },
  { key: 'notes', label: CAMPAIGN_LABELS.notes, ...notesShape },
];
