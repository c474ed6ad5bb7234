import type { INodeProperties } from 'n8n-workflow';
import { runListFields } from './run-list-fields';

const showOnlyForOneRun = {
  resource: ['run'],
  operation: ['downloadRecording', 'get', 'getTranscript'],
};
const showOnlyForDownload = { resource: ['run'], operation: ['downloadRecording'] };

const runId: INodeProperties = {
  displayName: 'Run ID',
  name: 'runId',
  type: 'string',
  default: '',
  required: true,
  displayOptions: { show: showOnlyForOneRun },
  placeholder: 'e.g. 1204',
  description: 'The workflow_run_id that Trigger Call gives',
};

const download: INodeProperties[] = [
  {
    displayName: 'Track',
    name: 'track',
    type: 'options',
    displayOptions: { show: showOnlyForDownload },
    options: [
      { name: 'Agent Only', value: 'agent', description: 'What the voice agent said' },
      { name: 'Both Voices', value: 'mixed', description: 'The whole conversation' },
      { name: 'Caller Only', value: 'caller', description: 'What the person on the phone said' },
    ],
    default: 'mixed',
    description: 'Whose voice is to be heard',
  },
  {
    displayName: 'Put Output File in Field',
    name: 'binaryPropertyName',
    type: 'string',
    default: 'data',
    required: true,
    displayOptions: { show: showOnlyForDownload },
    placeholder: 'e.g. data',
    hint: 'The name of the output binary field to put the file in',
  },
];

export const runFields: INodeProperties[] = [runId, ...download, ...runListFields];
