import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../operation';
import { launch } from './launch';

const notForAgents: INodeProperties = {
  displayName:
    'An AI agent cannot use this operation, because a model would then decide who is called. Choose another operation.',
  name: 'notForAgents',
  type: 'notice',
  default: '',
  displayOptions: { show: { resource: ['campaign'], operation: ['launch'], '@tool': [true] } },
};

export const campaign: Resource = {
  option: {
    name: 'Campaign',
    value: 'campaign',
    description: 'Calls to many people, which Dograh makes one after the other',
  },
  operations: [launch],
  defaultOperation: launch,
  fields: [notForAgents, ...launch.fields],
};
