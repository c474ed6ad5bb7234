import {
  PAUSED_CAMPAIGN_LABELS,
  SIMPLIFIED_PAUSED_CAMPAIGN,
  type PausedCampaign,
} from '@dograh/shared';
import { outputOf } from '../../execution/output';
import type { Operation } from '../operation';
import { readCampaign } from './choose-campaign';

const output = outputOf<PausedCampaign>({
  labels: PAUSED_CAMPAIGN_LABELS,
  id: 'campaign_id',
  simplified: SIMPLIFIED_PAUSED_CAMPAIGN,
  answers: ['may_still_be_dialed'],
  simplify: true,
});

/** Pauses a campaign. Dograh finishes the batch that is under way. */
export const pause: Operation = {
  option: {
    name: 'Pause',
    value: 'pause',
    action: 'Pause campaign',
    description:
      'Stop a campaign until it is resumed. The output says how many contacts Dograh may still call.',
  },
  fields: output.fields({ resource: ['campaign'], operation: ['pause'] }),
  execute: async (item) => {
    const { client, context, read } = item;
    const toItem = output.read(item);
    const signal = context.getExecutionCancelSignal();
    return [toItem(await client.pauseCampaign(readCampaign(read), signal))];
  },
};
