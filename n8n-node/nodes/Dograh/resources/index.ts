import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import type { Operation } from '../execution/each-item';
import { agentDescription, agentOperations } from './agent';
import { callDescription, callOperations } from './call';
import { runDescription, runOperations } from './run';

const operations: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  agent: agentOperations,
  call: callOperations,
  run: runOperations,
};

/** What the user chose, the same for all items. */
export function chosenOperation(context: IExecuteFunctions): Operation {
  const resource = context.getNodeParameter('resource', 0);
  const name = context.getNodeParameter('operation', 0);
  const ofResource = Object.hasOwn(operations, resource) ? operations[resource] : undefined;
  const operation =
    ofResource !== undefined && Object.hasOwn(ofResource, name) ? ofResource[name] : undefined;
  if (operation !== undefined) return operation;
  throw new NodeOperationError(context.getNode(), `There is no operation "${name}".`, {
    description: 'Choose the operation again.',
  });
}

export const resourceFields: INodeProperties[] = [
  {
    displayName: 'Resource',
    name: 'resource',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Agent', value: 'agent' },
      { name: 'Call', value: 'call' },
      { name: 'Run', value: 'run', description: 'The record of a call' },
    ],
    default: 'call',
  },
  ...agentDescription,
  ...callDescription,
  ...runDescription,
];
