import type { LaunchedCampaign } from '@dograh/shared';
import { workflowOutput } from '../../execution/output';
import { assertNoTool } from '../../execution/tool';
import type { JointOperation } from '../operation';
import { EarlierPasses } from './earlier-pass';
import { launchFields, showOnlyForLaunch } from './launch-fields';
import { readLaunch } from './launch-input';
import { launchOptions } from './launch-options';

type Output = Omit<LaunchedCampaign, 'contact_indexes'>;

export const launchOutput = workflowOutput<Output>([
  'campaign_id',
  'campaign_name',
  'campaign_reference',
  'state',
  'contacts',
  'skipped',
  'skipped_contacts',
  'calling_hours',
  'campaign_url',
  'notes',
]);

/** Makes all input items one campaign, once per Campaign Reference. One output item per campaign. */
export const launch: JointOperation = {
  option: {
    name: 'Launch Campaign',
    value: 'launch',
    action: 'Launch campaign',
    description:
      'Have a voice agent call all input items as one campaign. It is launched once per Campaign Reference.',
  },
  fields: [...launchFields, ...launchOutput.fields(showOnlyForLaunch), launchOptions],
  executeAll: async (items) => {
    const { client, context, node, at } = items;
    assertNoTool(node, 'Launch Campaign');
    const toItem = launchOutput.read({ read: at(0) });
    const signal = context.getExecutionCancelSignal();
    const input = readLaunch(items);
    const campaigns = await new EarlierPasses(context).launch(input.reference, () =>
      client.launchCampaign(input, signal),
    );
    return campaigns.map((campaign) => {
      const paired = campaign.contact_indexes.map((item) => ({ item }));
      const item = toItem(withoutIndexes(campaign));
      // The contacts of an earlier launch are not those of this step.
      return paired.length === 0 ? item : { ...item, pairedItem: paired };
    });
  },
};

/** The indexes only pair items. */
export function withoutIndexes(campaign: LaunchedCampaign): Output {
  const values = Object.entries(campaign).filter(([name]) => name !== 'contact_indexes');
  return Object.fromEntries(values) as unknown as Output;
}
