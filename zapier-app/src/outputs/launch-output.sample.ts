import type { LaunchOutput } from './launch-output';

/** A campaign right after its start, with one contact left out. */
export const launchedCampaign: LaunchOutput = {
  id: 42,
  campaign_id: 42,
  campaign_name: 'Spring offer',
  campaign_reference: 'spring-offer-2026-05',
  state: 'syncing',
  skipped: false,
  contacts: 240,
  called: 0,
  pending: 240,
  never_called: 0,
  running: 0,
  percent: null,
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
  campaigns: [
    {
      campaign_id: 42,
      campaign_name: 'Spring offer',
      state: 'syncing',
      contacts: 240,
      campaign_url: 'https://app.dograh.com/campaigns/42',
      time_zones: 'America/New_York',
      calling_hours: 'Mon 09:00-19:48 America/New_York, Tue 09:00-19:48 America/New_York',
    },
  ],
  skipped_contacts: [
    {
      contact: 'Row 7',
      phone_number: '+1415',
      reason: 'invalid_contact',
      explanation: 'Phone Number "+1415" is too short. Check the number.',
    },
  ],
  never_started_campaigns: [],
  notes: ['Columns that are not sent, because the agent does not use them: "Email", "Company".'],
};
