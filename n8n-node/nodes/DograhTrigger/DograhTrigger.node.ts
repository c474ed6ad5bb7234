import {
  NodeConnectionTypes,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  type IPollFunctions,
} from 'n8n-workflow';
import { searchDispositions } from '../search-dispositions';
import { filterFields, triggerSubtitle } from './filter-fields';
import { getAgents } from './pickers/agents';
import { pollForItems } from './poll-for-items';

export class DograhTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Dograh Trigger',
    name: 'dograhTrigger',
    icon: { light: 'file:../../icons/dograh.svg', dark: 'file:../../icons/dograh.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: triggerSubtitle,
    // In the node panel, n8n shows it for both nodes of the package.
    description:
      'Place phone calls with your Dograh voice agents, and start workflows when calls or campaigns end',
    defaults: { name: 'Dograh Trigger' },
    polling: true,
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'dograhApi', required: true }],
    properties: filterFields,
  };

  methods = { listSearch: { searchDispositions }, loadOptions: { getAgents } };

  async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
    return await pollForItems(this);
  }
}
