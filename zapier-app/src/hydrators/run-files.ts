import { transcriptName } from '@dograh/shared';
import type { Bundle, ZObject } from 'zapier-platform-core';
import { dograhClient } from '../host/client';
import { inHydrator, isFileMissing } from '../host/errors';
import { stashFile } from '../host/stash-file';
import { MAX_REQUEST_MS } from '../host/time-limits';

/** Zapier calls these functions when a later step uses the file or text. */

/** The recording with both voices. */
export async function recordingFile(z: ZObject, bundle: Bundle): Promise<string> {
  return inHydrator(z, async () => {
    const client = dograhClient(z, bundle, MAX_REQUEST_MS.fetchFile);
    const recording = await client.openRecording(bundle.inputData['run_id'], 'mixed');
    const { bytes, fileName, mimeType } = recording;
    try {
      return await stashFile(z, bytes, fileName, mimeType);
    } finally {
      bytes.destroy();
    }
  });
}

/** The transcript as a text file. */
export async function transcriptFile(z: ZObject, bundle: Bundle): Promise<string> {
  return inHydrator(z, async () => {
    const client = dograhClient(z, bundle, MAX_REQUEST_MS.fetchFile);
    const run = await client.getTranscript(bundle.inputData['run_id']);
    return stashFile(z, run.transcript ?? '', transcriptName(run), 'text/plain; charset=utf-8');
  });
}

/** The transcript for a text field. It is empty if the run has none. */
export async function transcriptText(z: ZObject, bundle: Bundle): Promise<string> {
  return inHydrator(z, async () => {
    try {
      const client = dograhClient(z, bundle, MAX_REQUEST_MS.fetchFile);
      return (await client.getTranscript(bundle.inputData['run_id'])).transcript ?? '';
    } catch (error) {
      if (isFileMissing(error)) return '';
      throw error;
    }
  });
}
