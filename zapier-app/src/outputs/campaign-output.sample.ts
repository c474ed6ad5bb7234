import type { CampaignOutput, PausedCampaignOutput } from './campaign-output';

/** A campaign with a part of its calls. */
export const runningCampaign: CampaignOutput = {
  id: 42,
  campaign_id: 42,
  campaign_name: 'Spring offer',
  state: 'running',
  contacts: 240,
  called: 96,
  pending: 142,
  never_called: 2,
  running: 4,
  percent: 40,
  workflow_id: 101,
  agent_name: 'Appointment Reminder',
  created_at: '2026-05-04T14:30:05.000Z',
  started_at: '2026-05-04T14:30:16.000Z',
  completed_at: null,
  telephony_configuration_id: 3,
  parent_campaign_id: null,
  redial_campaign_id: null,
  problem: null,
  campaign_url: 'https://app.dograh.com/campaigns/42',
  notes: [],
};

export const pausedCampaign: PausedCampaignOutput = {
  ...runningCampaign,
  state: 'paused',
  notes: ['Dograh finishes the batch that is under way. It may still dial up to 6 numbers.'],
  may_still_be_dialed: 6,
};

/** The poll for finished campaigns does not count their contacts. */
export const finishedCampaign: CampaignOutput = {
  ...runningCampaign,
  state: 'completed',
  called: null,
  pending: null,
  never_called: null,
  running: null,
  percent: 100,
  completed_at: '2026-05-04T17:02:41.000Z',
};
