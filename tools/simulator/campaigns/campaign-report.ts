import { FileBody } from '../answer';
import { publicUrls } from '../artifacts';
import type { Campaign } from './campaign';
import { csvLine } from './csv-file';
import { isOver } from '../run';
import type { Runs } from '../runs';

const columns = [
  ...['Run ID', 'Campaign ID', 'Agent ID', 'Agent Definition ID', 'Created At', 'Phone Number'],
  ...['Call Disposition', 'Call Duration (s)', 'Call Tags', 'Transcript URL', 'Recording URL'],
];

/** Dograh's CSV of a campaign's finished runs, newest first. A run without results is not in it. */
export function campaignReport(campaign: Campaign, runs: Runs, url: string): FileBody {
  const finished = runs.all
    .filter((run) => run.campaignRow?.campaignId === campaign.id)
    .filter((run) => isOver(run) && run.resultsAt !== null)
    .toReversed();
  const lines = finished.map((run) => {
    const { call_tags: tags, mapped_call_disposition: disposition } = run.gatheredContext;
    const urls = publicUrls(run, url);
    return csvLine([
      run.runId,
      campaign.id,
      campaign.agentId,
      '',
      run.createdAt.replace('Z', '000+00:00'),
      run.initialContext['phone_number'] ?? '',
      disposition ?? '',
      run.durationSeconds,
      Array.isArray(tags) ? tags.join(', ') : '',
      urls['transcript_public_url'] ?? '',
      urls['recording_public_url'] ?? '',
    ]);
  });
  return new FileBody(`${[csvLine(columns), ...lines].join('\r\n')}\r\n`, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="campaign_${String(campaign.id)}_report.csv"`,
  });
}
