import { InvalidInputError } from '@dograh/shared';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Operation } from '../operation';

type StoredFile = Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0];

const showOnlyForDownload = { resource: ['run'], operation: ['downloadRecording'] };

const fields: INodeProperties[] = [
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

/** What was recorded of one call, handed from the storage host to n8n as it comes. */
export const downloadRecording: Operation = {
  option: {
    name: 'Download Recording',
    value: 'downloadRecording',
    action: 'Download recording of run',
    description: 'Fetch what was recorded of a call as a file, and what came of the call',
  },
  fields,
  execute: async ({ context, client, read }) => {
    const field = readField(read('binaryPropertyName'));
    const signal = context.getExecutionCancelSignal();
    const recording = await client.openRecording(read('runId'), read('track'), signal);
    const { run, fileName, mimeType, bytes } = recording;
    const file = await context.helpers
      .prepareBinaryData(bytes as unknown as StoredFile, fileName, mimeType)
      .finally(() => bytes.destroy());
    return [{ json: { ...run }, binary: { [field]: file } }];
  },
};

function readField(value: unknown): string {
  const name = typeof value === 'string' ? value.trim() : '';
  if (name !== '') return name;
  throw new InvalidInputError({
    message: 'There is no field to put the recording in.',
    hint: 'Fill in Put Output File in Field, e.g. with data.',
  });
}
