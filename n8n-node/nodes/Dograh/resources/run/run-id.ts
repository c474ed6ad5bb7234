import type { INodeProperties } from 'n8n-workflow';

export const runId: INodeProperties = {
  displayName: 'Run ID',
  name: 'runId',
  type: 'string',
  default: '',
  required: true,
  displayOptions: {
    show: { resource: ['run'], operation: ['downloadRecording', 'get', 'getTranscript'] },
  },
  placeholder: 'e.g. 1204',
  description:
    'ID of the run. It is workflow_run_id in the output of Trigger Call and of Dograh Trigger.',
};
