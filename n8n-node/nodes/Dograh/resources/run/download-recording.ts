import { InvalidInputError } from '@dograh/shared';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../../execution/each-item';

type StoredFile = Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0];

/** What was recorded of one call, handed from the storage host to n8n as it comes. */
export const downloadRecording: Operation = async ({ context, client, read }) => {
  const field = readField(read('binaryPropertyName'));
  const signal = context.getExecutionCancelSignal();
  const recording = await client.openRecording(read('runId'), read('track'), signal);
  const { run, fileName, mimeType, bytes } = recording;
  const file = await context.helpers
    .prepareBinaryData(bytes as unknown as StoredFile, fileName, mimeType)
    .finally(() => bytes.destroy());
  return [{ json: { ...run }, binary: { [field]: file } }];
};

function readField(value: unknown): string {
  const name = typeof value === 'string' ? value.trim() : '';
  if (name !== '') return name;
  throw new InvalidInputError({
    message: 'There is no field to put the recording in.',
    hint: 'Fill in Put Output File in Field, e.g. with data.',
  });
}
