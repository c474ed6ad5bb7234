import { mayHaveFiles, type RunResult } from '@dograh/shared';
import type { OutputFields, ZObject } from 'zapier-platform-core';
import { callOutputFields, toOutput, type CallOutput } from './call-output';
import { recordingFile, transcriptFile, transcriptText } from '../hydrators/run-files';

/** A run whose transcript and files Zapier fetches when a later step uses them. They are null if there can be none. */
export type RunOutput = CallOutput & {
  readonly recording_file: string | null;
  readonly transcript_file: string | null;
};

export function toRunOutput(z: ZObject, result: RunResult): RunOutput {
  const run = { run_id: result.workflow_run_id };
  const hasFiles = mayHaveFiles(result);
  return {
    ...toOutput(result),
    transcript: hasFiles ? z.dehydrate(transcriptText, run) : null,
    recording_file: hasFiles ? z.dehydrateFile(recordingFile, run) : null,
    transcript_file: hasFiles ? z.dehydrateFile(transcriptFile, run) : null,
  };
}

export const runOutputFields: OutputFields = [
  ...callOutputFields,
  { key: 'recording_file', label: 'Recording File', type: 'file' },
  { key: 'transcript_file', label: 'Transcript File', type: 'file' },
];
