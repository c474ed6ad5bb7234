import type { Campaign, CampaignRow } from './campaign';
import type { Campaigns } from './campaigns';

/** Queues a retry of a call that was busy or not answered. Returns whether there is one. */
export function retryRow(
  campaign: Campaign,
  row: CampaignRow,
  disposition: string,
  campaigns: Campaigns,
  nowMs: number,
): boolean {
  const { retry } = campaign.settings;
  // Dograh never retries after a voicemail, whatever the settings say.
  const isWanted =
    (disposition === 'busy' && retry.retry_on_busy) ||
    (disposition === 'no-answer' && retry.retry_on_no_answer);
  if (!retry.enabled || !isWanted) return false;
  if (row.retryCount >= retry.max_retries) {
    campaign.failedRows += 1;
    return false;
  }
  const attempt = row.retryCount + 1;
  const reason = disposition.replace('-', '_');
  campaigns.addRow(campaign, {
    sourceUuid: `${row.sourceUuid}_retry_${String(attempt)}`,
    context: { ...row.context, is_retry: true, retry_attempt: attempt, retry_reason: reason },
    retryCount: attempt,
    parentRowId: row.id,
    scheduledForMs: nowMs + retry.retry_delay_seconds * 1000,
  });
  return true;
}
