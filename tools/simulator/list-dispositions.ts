// Dograh’s own word. cspell:ignore cancelled
import type { Runs } from './runs';
import type { Organization } from './world';

/** How the conversation ended. */
const ofConversations = [
  'call_duration_exceeded',
  'call_transferred',
  'transfer_call',
  'end_call_tool',
  'voicemail_detected',
  'user_idle_max_duration_exceeded',
  'user_hangup',
  'user_qualified',
  'user_disqualified',
  'system_cancelled',
  'system_connect_error',
  'unexpected_error',
  'pipeline_error',
  'unknown',
];

/** Why there was no conversation. */
const ofProviders = ['no-answer', 'busy', 'failed', 'canceled', 'error'];

/** The dispositions of Dograh 1.45, then those that only runs of this organization have, sorted. */
export function listDispositions(organization: Organization, runs: Runs): unknown {
  const own = [...ofConversations, ...ofProviders];
  const ofRuns = runs.all
    .filter(({ organizationId }) => organizationId === organization.id)
    .map(({ gatheredContext }) => gatheredContext['mapped_call_disposition'])
    .filter((code) => typeof code === 'string' && code !== '' && !own.includes(code));
  return {
    codes: [...own, ...[...new Set(ofRuns)].toSorted()],
    end_task_reason_codes: ofConversations,
  };
}
