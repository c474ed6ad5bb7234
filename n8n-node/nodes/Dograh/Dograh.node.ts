import {
  NodeConnectionTypes,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
} from 'n8n-workflow';
import { forEachItem } from './host/each-item';
import { searchAgents } from './pickers/search-agents';
import { chosenOperation, resourceFields } from './resources';

export class Dograh implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Dograh',
    name: 'dograh',
    icon: { light: 'file:../../icons/dograh.svg', dark: 'file:../../icons/dograh.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle:
      '={{ { trigger: "Trigger Call", triggerAndWait: "Trigger Call and Wait for Result", get: "Get Run", getTranscript: "Get Transcript" }[$parameter.operation] }}',
    description: 'Place phone calls with your Dograh voice agents',
    defaults: { name: 'Dograh' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'dograhApi', required: true }],
    properties: resourceFields,
  };

  methods = { listSearch: { searchAgents } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return [await forEachItem(this, chosenOperation(this))];
  }
}
