import { readText } from '../connection/read';
import type { Session } from '../connection/session';
import { contractError } from '../errors/contract-error';
import { NotFoundError } from '../errors/dograh-error';
import { campaignUrl } from './campaign';
import { campaignNotFoundError } from './list-campaigns';

/** Dograh's own report. */
export interface CampaignReport {
  readonly campaign_id: number;
  readonly fileName: string;
  readonly mimeType: string;
  /** CSV: a line for each finished run with a duration, newest first, after a line with the names of the columns. */
  readonly content: string;
}

/** @throws NotFoundError if the key's organization has no such campaign; DograhError */
export async function readReport(id: number, session: Session): Promise<CampaignReport> {
  const url = campaignUrl(id, '/report', session);
  const content = await readText({ url, credential: 'api-key' }, session).catch(
    (error: unknown) => {
      throw error instanceof NotFoundError ? campaignNotFoundError(id) : error;
    },
  );
  if (/^\s*</.test(content)) throw contractError(`report of campaign ${id}`, session);
  return {
    campaign_id: id,
    fileName: `campaign_${id}_report.csv`,
    mimeType: 'text/csv',
    content,
  };
}
