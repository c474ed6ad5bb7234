import type { INodeProperties } from 'n8n-workflow';
import { locatorValue } from '../../../locator-value';
import type { Read } from '../../execution/parameters';

export const campaignLocator: INodeProperties = {
  displayName: 'Campaign',
  name: 'campaign',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  displayOptions: {
    show: {
      resource: ['campaign'],
      operation: ['downloadReport', 'get', 'getResults', 'pause', 'redial', 'resume'],
    },
  },
  description: 'The campaign to use',
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      placeholder: 'Choose a campaign',
      typeOptions: { searchListMethod: 'searchCampaigns', searchable: true },
    },
    {
      displayName: 'By ID',
      name: 'id',
      type: 'string',
      placeholder: 'e.g. 42',
      hint: 'campaign_id in the output of Launch Campaign, or the number in the address of its page in Dograh',
    },
  ],
};

/** The ID of the campaign, not validated. */
export function readCampaign(read: Read): unknown {
  return locatorValue(read('campaign'));
}
