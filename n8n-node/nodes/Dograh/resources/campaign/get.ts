import { CAMPAIGN_LABELS, SIMPLIFIED_CAMPAIGN, type CampaignResult } from '@dograh/shared';
import { outputOf } from '../../execution/output';
import type { Operation } from '../operation';
import { readCampaign } from './choose-campaign';

const output = outputOf<CampaignResult>({
  labels: CAMPAIGN_LABELS,
  id: 'campaign_id',
  simplified: SIMPLIFIED_CAMPAIGN.counted,
  simplify: true,
});

/** One campaign with the number of contacts that were called, are pending, and were never called. */
export const get: Operation = {
  option: {
    name: 'Get',
    value: 'get',
    action: 'Get campaign',
    description: 'Read the state of a campaign, and how many of its contacts were called',
  },
  fields: output.fields({ resource: ['campaign'], operation: ['get'] }),
  execute: async (item) => {
    const { client, context, read } = item;
    const toItem = output.read(item);
    const signal = context.getExecutionCancelSignal();
    return [toItem(await client.getCampaign(readCampaign(read), signal))];
  },
};
