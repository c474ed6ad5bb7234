import type { CampaignResult } from '@dograh/shared';

/** How Zapier shows each value of a campaign. */
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
