import { DograhError, mayHaveFiles, type RunResult, type DograhClient } from '@dograh/shared';
import { differs, notTried, works, type Finding } from './finding';
import type { Check } from './report';

/** The newest run that should have a transcript and a recording. */
export function newestFinishedCall(runs: readonly RunResult[]): RunResult | undefined {
  return runs.find(mayHaveFiles);
}

export function transcriptCheck(
  client: DograhClient,
  run: RunResult | undefined,
): Check<undefined> {
  return fileCheck('transcript', run, async (id) => {
    const { transcript } = await client.getTranscript(id);
    if (transcript === null || transcript === '') return differs('text', 'an empty file.');
    return works(`The transcript of run ${id} has ${transcript.length} characters.`);
  });
}

export function recordingCheck(client: DograhClient, run: RunResult | undefined): Check<undefined> {
  return fileCheck('recording', run, async (id) => {
    const { bytes, mimeType } = await client.openRecording(id, 'mixed');
    let length = 0;
    for await (const chunk of bytes) length += chunk.length;
    if (length === 0) return differs('sound', 'an empty file.');
    return works(`The recording of run ${id} has ${length} bytes of ${mimeType}.`);
  });
}

function fileCheck(
  name: 'transcript' | 'recording',
  run: RunResult | undefined,
  read: (runId: number) => Promise<Finding<undefined>>,
): Check<undefined> {
  return {
    name,
    expected: `the ${name} of run ${run?.workflow_run_id ?? 'none'}`,
    run: async () => {
      if (run === undefined) return notTried('There is no finished call that was answered.');
      return read(run.workflow_run_id).catch(withoutFile);
    },
  };
}

/** Dograh stores files some seconds after the call. A voicemail may have none, and recording may be turned off. */
function withoutFile(error: unknown): Finding<undefined> {
  if (error instanceof DograhError && error.kind === 'NotFound') return notTried(error.fullMessage);
  throw error;
}
