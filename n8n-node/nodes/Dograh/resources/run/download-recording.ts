import { SIMPLIFIED_RESULT } from '@dograh/shared';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { resultOutput } from '../../execution/output';
import { binaryField, readBinaryField } from '../binary-field';
import type { Operation } from '../operation';

type StoredFile = Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0];

const showOnlyForDownload = { resource: ['run'], operation: ['downloadRecording'] };

const output = resultOutput(SIMPLIFIED_RESULT.recording, true);

const fields: INodeProperties[] = [
  {
    displayName: 'Track',
    name: 'track',
    type: 'options',
    displayOptions: { show: showOnlyForDownload },
    options: [
      { name: 'Agent Only', value: 'agent', description: 'Only what the voice agent said' },
      { name: 'Both Voices', value: 'mixed', description: 'The whole conversation' },
      {
        name: 'Person Only',
        value: 'caller',
        description: 'Only what the person on the phone said',
      },
    ],
    default: 'mixed',
    description: 'Whose voice the file contains',
  },
  binaryField(showOnlyForDownload),
  ...output.fields(showOnlyForDownload),
];

/** The recording of one call, streamed from the storage host to n8n. */
export const downloadRecording: Operation = {
  option: {
    name: 'Download Recording',
    value: 'downloadRecording',
    action: 'Download recording of run',
    description: 'Download the recording of a call as a file, together with the result of the call',
  },
  fields,
  execute: async (item) => {
    const { context, client, read } = item;
    const toItem = output.read(item);
    const field = readBinaryField(read);
    const signal = context.getExecutionCancelSignal();
    const recording = await client.openRecording(read('runId'), read('track'), signal);
    const { run, fileName, mimeType, bytes } = recording;
    const file = await context.helpers
      .prepareBinaryData(bytes as unknown as StoredFile, fileName, mimeType)
      .finally(() => bytes.destroy());
    return [{ ...toItem(run), binary: { [field]: file } }];
  },
};
