import {
  CAMPAIGN_LABELS,
  CAMPAIGN_STATES,
  SIMPLIFIED_CAMPAIGN,
  type CampaignResult,
} from '@dograh/shared';
import type { INodeProperties } from 'n8n-workflow';
import { outputOf } from '../../execution/output';
import { limitFields, readLimit } from '../limit-fields';
import type { Operation } from '../operation';

const showOnlyForMany = { resource: ['campaign'], operation: ['getAll'] };

const output = outputOf<CampaignResult>({
  labels: CAMPAIGN_LABELS,
  id: 'campaign_id',
  simplified: SIMPLIFIED_CAMPAIGN.listed,
  simplify: true,
});

const filters: INodeProperties = {
  displayName: 'Filters',
  name: 'filters',
  type: 'collection',
  placeholder: 'Add Filter',
  default: {},
  displayOptions: { show: showOnlyForMany },
  options: [
    {
      displayName: 'State',
      name: 'state',
      type: 'multiOptions',
      options: CAMPAIGN_STATES.map((state) => ({
        name: `${state.charAt(0).toUpperCase()}${state.slice(1)}`,
        value: state,
      })).sort((one, other) => one.name.localeCompare(other.name)),
      default: [],
      description:
        'Only campaigns in these states. Dograh sets Completed up to an hour after the last call.',
    },
  ],
};

/** The campaigns of the organization. Dograh lists them without accurate counts. */
export const getAll: Operation = {
  option: {
    name: 'Get Many',
    value: 'getAll',
    action: 'Get many campaigns',
    description: 'List campaigns, newest first. To count who was called, use Get.',
  },
  fields: [...limitFields(showOnlyForMany), ...output.fields(showOnlyForMany), filters],
  execute: async (item) => {
    const { client, context, read } = item;
    const toItem = output.read(item);
    const filter = { state: read('filters.state', '') };
    const signal = context.getExecutionCancelSignal();
    return (await client.getCampaigns(readLimit(read), filter, signal)).map(toItem);
  },
};
