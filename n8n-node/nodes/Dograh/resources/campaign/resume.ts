import { SIMPLIFIED_CAMPAIGN, type CampaignResult } from '@dograh/shared';
import { workflowOutput } from '../../execution/output';
import { assertNoTool } from '../../execution/tool';
import type { Operation } from '../operation';
import { readCampaign } from './choose-campaign';

const output = workflowOutput<CampaignResult>(SIMPLIFIED_CAMPAIGN.counted);

/** Continues a paused campaign. */
export const resume: Operation = {
  option: {
    name: 'Resume',
    value: 'resume',
    action: 'Resume campaign',
    description: 'Continue a paused campaign, or start one that was launched without Start Now',
  },
  fields: output.fields({ resource: ['campaign'], operation: ['resume'] }),
  execute: async ({ client, context, node, read }) => {
    assertNoTool(node, 'Resume');
    const toItem = output.read({ read });
    const signal = context.getExecutionCancelSignal();
    return [toItem(await client.resumeCampaign(readCampaign(read), signal))];
  },
};
