import type { INodeProperties } from 'n8n-workflow';
import { get } from './get';

export const runOperations = { get };

export const runDescription: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['run'] } },
    options: [
      {
        name: 'Get',
        value: 'get',
        action: 'Get run',
        description: 'Read what came of a call, by its run ID',
      },
    ],
    default: 'get',
  },
  {
    displayName: 'Run ID',
    name: 'runId',
    type: 'string',
    default: '',
    required: true,
    displayOptions: { show: { resource: ['run'], operation: ['get'] } },
    placeholder: 'e.g. 1204',
    description: 'The workflow_run_id that Trigger Call gives',
  },
];
