import { createHash } from 'node:crypto';
import { Refusal } from '../answer';
import type { Campaign } from './campaign';
import type { Campaigns } from './campaigns';
import { contextOfRow, readContacts } from './contacts';
import { readUpload, type Storage } from '../storage';

/**
 * Reads the file of a started campaign, without the checks at its creation. Even a campaign that was paused meanwhile runs afterwards. A row without a
 * phone number vanishes. Does nothing if the file was read before.
 */
export function syncCampaign(
  campaign: Campaign,
  campaigns: Campaigns,
  storage: Storage,
  now: string,
): void {
  if (campaign.sync.status !== 'in_progress') return;
  try {
    addRows(campaign, campaigns, storage);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    fail(campaign, String(error.detail), now);
    return;
  }
  campaign.totalRows = campaign.rows.length;
  campaign.sync = { status: 'completed', at: now };
  campaign.state = campaign.rows.length > 0 ? 'running' : 'completed';
  if (campaign.state === 'completed') campaign.completedAt = now;
}

/** Dograh's database refuses rows that the campaign has. A batch under way continues. */
export function failSecondSync(campaign: Campaign, now: string): void {
  const problem = 'duplicate key value violates unique constraint "unique_campaign_source_retry"';
  fail(campaign, problem, now);
}

function fail(campaign: Campaign, reason: string, now: string): void {
  const message = `Source sync failed: ${reason}`;
  campaign.state = 'failed';
  campaign.sync = { status: 'failed', at: null };
  campaign.logs.push({ ts: now, level: 'error', event: 'source_sync_failed', message });
}

function addRows(campaign: Campaign, campaigns: Campaigns, storage: Storage): void {
  const contacts = readContacts(readUpload(campaign.sourceId, storage));
  const hash = createHash('md5').update(campaign.sourceId).digest('hex').slice(0, 8);
  contacts.rows.forEach((row, index) => {
    const context = contextOfRow(contacts, row);
    const sourceUuid = `csv_${hash}_row_${String(index + 1)}`;
    const { phone_number: number = '' } = context;
    if (number !== '') campaigns.addRow(campaign, { sourceUuid, context });
  });
}
