import {
  NodeConnectionTypes,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
} from 'n8n-workflow';
import { searchDispositions } from '../search-dispositions';
import { getAgentVariables } from './pickers/agent-variables';
import { getPhoneNumbers } from './pickers/phone-numbers';
import { searchAgents } from './pickers/search-agents';
import { searchCampaigns } from './pickers/search-campaigns';
import { getTelephonyConfigurations } from './pickers/telephony-configurations';
import { executeChosen, nodeFields, nodeSubtitle } from './resources';

export class Dograh implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Dograh',
    name: 'dograh',
    icon: { light: 'file:../../icons/dograh.svg', dark: 'file:../../icons/dograh.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: nodeSubtitle,
    description: 'Place phone calls with your Dograh voice agents',
    defaults: { name: 'Dograh' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'dograhApi', required: true }],
    properties: nodeFields,
  };

  methods = {
    listSearch: { searchAgents, searchCampaigns, searchDispositions },
    loadOptions: { getPhoneNumbers, getTelephonyConfigurations },
    resourceMapping: { getAgentVariables },
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return [await executeChosen(this)];
  }
}
