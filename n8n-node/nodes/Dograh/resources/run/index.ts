import type { INodeProperties } from 'n8n-workflow';
import { get } from './get';
import { getTranscript } from './get-transcript';

export const runOperations = { get, getTranscript };

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
      {
        name: 'Get Transcript',
        value: 'getTranscript',
        action: 'Get transcript of run',
        description: 'Read what was said in a call, and what came of it',
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
    displayOptions: { show: { resource: ['run'], operation: ['get', 'getTranscript'] } },
    placeholder: 'e.g. 1204',
    description: 'The workflow_run_id that Trigger Call gives',
  },
];
