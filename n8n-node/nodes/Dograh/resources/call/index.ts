import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../host/each-item';
import { callFields } from './call-fields';
import { trigger } from './trigger';

const operations = { trigger };

export function callOperation(context: IExecuteFunctions): Operation {
  const name = context.getNodeParameter('operation', 0);
  if (isOperation(name)) return operations[name];
  throw new NodeOperationError(context.getNode(), `There is no operation "${name}".`, {
    description: 'Choose the operation again.',
  });
}

function isOperation(name: string): name is keyof typeof operations {
  return Object.hasOwn(operations, name);
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
