import type { INodeProperties } from 'n8n-workflow';

/** A filter that both nodes have. */
export const directionField: INodeProperties = {
  displayName: 'Direction',
  name: 'direction',
  type: 'options',
  options: [
    { name: 'Inbound', value: 'inbound', description: 'Calls that an agent received' },
    { name: 'Outbound', value: 'outbound', description: 'Calls that an agent placed' },
  ],
  default: 'outbound',
  description: 'Only calls in this direction',
};
