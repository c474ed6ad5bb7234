import type { INodeProperties } from 'n8n-workflow';
import { limitFields } from '../limit-fields';
import { agentLocator, agentVersion } from './choose-agent';
import { get } from './get';
import { getAll } from './get-all';

export const agentOperations = { get, getAll };

const showOnlyForMany = { resource: ['agent'], operation: ['getAll'] };

export const agentDescription: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['agent'] } },
    options: [
      {
        name: 'Get',
        value: 'get',
        action: 'Get agent',
        description: 'Read the variables and API Triggers of an agent',
      },
      {
        name: 'Get Many',
        value: 'getAll',
        action: 'Get many agents',
        description: 'List the agents that can be called, with their variables and API Triggers',
      },
    ],
    default: 'get',
  },
  agentLocator({ resource: ['agent'], operation: ['get'] }),
  agentVersion({ resource: ['agent'] }),
  ...limitFields(showOnlyForMany),
];
