import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../host/each-item';
import { callFields } from './call-fields';
import { trigger } from './trigger';

const operations = { trigger };

export function callOperation(name: string): Operation {
  return operations[name as keyof typeof operations];
}

export const callDescription: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['call'] } },
    options: [
      {
        name: 'Trigger Call',
        value: 'trigger',
        action: 'Trigger call',
        description: 'Have a voice agent call a phone number',
      },
    ],
    default: 'trigger',
  },
  ...callFields,
];
