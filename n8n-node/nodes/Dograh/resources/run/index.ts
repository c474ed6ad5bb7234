import type { Resource } from '../operation';
import { downloadRecording } from './download-recording';
import { get } from './get';
import { getAll } from './get-all';
import { getTranscript } from './get-transcript';
import { runId } from './run-id';

export const run: Resource = {
  option: { name: 'Run', value: 'run', description: 'The record of a call' },
  operations: [downloadRecording, get, getAll, getTranscript],
  defaultOperation: get,
  fields: [
    runId,
    ...downloadRecording.fields,
    ...get.fields,
    ...getAll.fields,
    ...getTranscript.fields,
  ],
};
