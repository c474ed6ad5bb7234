import type { INodeProperties } from 'n8n-workflow';
import { downloadRecording } from './download-recording';
import { get } from './get';
import { getAll } from './get-all';
import { getTranscript } from './get-transcript';
import { runFields } from './run-fields';

export const runOperations = { downloadRecording, get, getAll, getTranscript };

export const runDescription: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['run'] } },
    options: [
      {
        name: 'Download Recording',
        value: 'downloadRecording',
        action: 'Download recording of run',
        description: 'Fetch what was recorded of a call as a file, and what came of the call',
      },
      {
        name: 'Get',
        value: 'get',
        action: 'Get run',
        description: 'Read what came of a call, by its run ID',
      },
      {
        name: 'Get Many',
        value: 'getAll',
        action: 'Get many runs',
        description: 'List the calls that were made or taken, the newest first',
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
  ...runFields,
];
