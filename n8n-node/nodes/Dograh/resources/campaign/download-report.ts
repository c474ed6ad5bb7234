import { binaryField, readBinaryField } from '../binary-field';
import type { Operation } from '../operation';
import { readCampaign } from './choose-campaign';

const show = { resource: ['campaign'], operation: ['downloadReport'] };

/** Dograh's own report, as it is. */
export const downloadReport: Operation = {
  option: {
    name: 'Download Report',
    value: 'downloadReport',
    action: 'Download report of campaign',
    description:
      "Download Dograh's own report of the finished calls as a CSV file. Contacts without a call are only in Get Results.",
  },
  fields: [binaryField(show)],
  execute: async ({ client, context, read }) => {
    const field = readBinaryField(read);
    const signal = context.getExecutionCancelSignal();
    const report = await client.openCampaignReport(readCampaign(read), signal);
    const { campaign_id, fileName, mimeType, content } = report;
    const bytes = Buffer.from(content);
    return [
      {
        json: { campaign_id, file_name: fileName },
        binary: { [field]: await context.helpers.prepareBinaryData(bytes, fileName, mimeType) },
      },
    ];
  },
};
