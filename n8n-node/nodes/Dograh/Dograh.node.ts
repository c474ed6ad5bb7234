import {
  NodeConnectionTypes,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
} from 'n8n-workflow';
import { forEachItem } from './execution/each-item';
import { getAgentVariables } from './pickers/agent-variables';
import { getPhoneNumbers } from './pickers/phone-numbers';
import { searchAgents } from './pickers/search-agents';
import { getTelephonyConfigurations } from './pickers/telephony-configurations';
import { chosenOperation, resourceFields } from './resources';

export class Dograh implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Dograh',
    name: 'dograh',
    icon: { light: 'file:../../icons/dograh.svg', dark: 'file:../../icons/dograh.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle:
      '={{ { "agent get": "Get Agent", "agent getAll": "Get Many Agents", "call preview": "Preview Call", "call trigger": "Trigger Call", "call triggerAndWait": "Trigger Call and Wait for Result", "run downloadRecording": "Download Recording", "run get": "Get Run", "run getAll": "Get Many Runs", "run getTranscript": "Get Transcript" }[$parameter.resource + " " + $parameter.operation] }}',
    description: 'Place phone calls with your Dograh voice agents',
    defaults: { name: 'Dograh' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'dograhApi', required: true }],
    properties: resourceFields,
  };

  methods = {
    listSearch: { searchAgents },
    loadOptions: { getPhoneNumbers, getTelephonyConfigurations },
    resourceMapping: { getAgentVariables },
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return [await forEachItem(this, chosenOperation(this))];
  }
}
