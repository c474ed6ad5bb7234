import {
  CAMPAIGN_LABELS,
  PAUSED_CAMPAIGN_LABELS,
  type CampaignResult,
  type PausedCampaign,
} from '@dograh/shared';
import type { OutputFields } from 'zapier-platform-core';

/** Zapier requires an `id` on every item. This one is the campaign ID. */
export type CampaignOutput = CampaignResult & { readonly id: number };
export type PausedCampaignOutput = PausedCampaign & { readonly id: number };

export function toCampaignOutput(campaign: CampaignResult): CampaignOutput {
  return { id: campaign.campaign_id, ...campaign };
}

export function toPausedOutput(campaign: PausedCampaign): PausedCampaignOutput {
  return { id: campaign.campaign_id, ...campaign };
}

/** How Zapier shows each value. */
export const CAMPAIGN_SHAPES = {
  campaign_id: { type: 'integer' },
  campaign_name: { type: 'string' },
  state: { type: 'string' },
  contacts: { type: 'integer' },
  called: { type: 'integer' },
  pending: { type: 'integer' },
  never_called: { type: 'integer' },
  running: { type: 'integer' },
  percent: { type: 'integer' },
  workflow_id: { type: 'integer' },
  agent_name: { type: 'string' },
  created_at: { type: 'datetime' },
  started_at: { type: 'datetime' },
  completed_at: { type: 'datetime' },
  telephony_configuration_id: { type: 'integer' },
  parent_campaign_id: { type: 'integer' },
  redial_campaign_id: { type: 'integer' },
  problem: { type: 'string' },
  campaign_url: { type: 'string' },
  notes: { type: 'string', list: true },
} as const satisfies Readonly<Record<keyof CampaignResult, object>>;

export const campaignOutputFields: OutputFields = [
  { key: 'id', label: 'ID', type: 'integer' },
  ...Object.entries(CAMPAIGN_SHAPES).map(([key, shape]) => ({
    key,
    label: CAMPAIGN_LABELS[key as keyof CampaignResult],
    ...shape,
  })),
];

export const pausedCampaignOutputFields: OutputFields = [
  ...campaignOutputFields,
  {
    key: 'may_still_be_dialed',
    label: PAUSED_CAMPAIGN_LABELS.may_still_be_dialed,
    type: 'integer',
  },
];
