import { RESULT_LABELS } from '../runs/result-fields';
import type { CampaignResult } from './campaign-result';
import type { ContactResult } from './contact-result';
import type { PausedCampaign } from './pause-campaign';

/** The name of each value of a campaign in a form. */
export const CAMPAIGN_LABELS = {
  campaign_id: 'Campaign ID',
  campaign_name: 'Campaign Name',
  state: 'State',
  contacts: 'Contacts',
  called: 'Called',
  pending: 'Pending',
  never_called: 'Never Called',
  running: 'Running Calls',
  percent: 'Percent',
  workflow_id: 'Agent ID',
  agent_name: 'Agent Name',
  created_at: 'Created At',
  started_at: 'Started At',
  completed_at: 'Completed At',
  telephony_configuration_id: 'Telephony Configuration ID',
  parent_campaign_id: 'Parent Campaign ID',
  redial_campaign_id: 'Redial Campaign ID',
  problem: 'Problem',
  campaign_url: 'Campaign URL',
  notes: 'Notes',
} as const satisfies Readonly<Record<keyof CampaignResult, string>>;

/** The same after a pause. */
export const PAUSED_CAMPAIGN_LABELS = {
  ...CAMPAIGN_LABELS,
  may_still_be_dialed: 'May Still Be Dialed',
} as const satisfies Readonly<Record<keyof PausedCampaign, string>>;

/** The name of each value of a contact in a form. */
export const CONTACT_LABELS = {
  campaign_id: 'Campaign ID',
  contact: 'Contact',
  contact_status: 'Contact Status',
  reason: 'Reason',
  calls: 'Calls',
  variables: 'Variables',
  ...RESULT_LABELS,
} as const satisfies Readonly<Record<keyof ContactResult, string>>;

/** The most useful keys, at most ten, and the most used first. */
export const SIMPLIFIED_CAMPAIGN = {
  counted: [
    'campaign_id',
    'campaign_name',
    'state',
    'contacts',
    'called',
    'pending',
    'never_called',
    'running',
    'problem',
    'notes',
  ],
  /** Without counts, which a list does not have. */
  listed: [
    'campaign_id',
    'campaign_name',
    'state',
    'contacts',
    'percent',
    'agent_name',
    'created_at',
    'started_at',
    'completed_at',
    'problem',
  ],
} as const satisfies Readonly<Record<string, readonly (keyof CampaignResult)[]>>;

export const SIMPLIFIED_PAUSED_CAMPAIGN = [
  'campaign_id',
  'campaign_name',
  'state',
  'may_still_be_dialed',
  'contacts',
  'called',
  'pending',
  'never_called',
  'running',
  'notes',
] as const satisfies readonly (keyof PausedCampaign)[];

export const SIMPLIFIED_CONTACT = [
  'contact',
  'phone_number',
  'contact_status',
  'outcome',
  'disposition',
  'reason',
  'calls',
  'variables',
  'gathered_context',
  'workflow_run_id',
] as const satisfies readonly (keyof ContactResult)[];
