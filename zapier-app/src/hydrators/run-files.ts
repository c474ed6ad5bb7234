import { DograhError, transcriptName } from '@dograh/shared';
import type { Bundle, ZObject } from 'zapier-platform-core';
import { dograhClient } from '../host/client';
import { inFile } from '../host/errors';
import { stash } from '../host/stash-file';
import { MAX_REQUEST_MS } from '../host/time-limits';

/** What was recorded of a call, with both voices: fetched when a later step uses it. */
export async function recordingFile(z: ZObject, bundle: Bundle): Promise<string> {
  return inFile(z, async () => {
    const client = dograhClient(z, bundle, MAX_REQUEST_MS.fetchFile);
    const recording = await client.openRecording(bundle.inputData['run_id'], 'mixed');
    const { bytes, fileName, mimeType } = recording;
    try {
      return await stash(z, bytes, fileName, mimeType);
    } finally {
      bytes.destroy();
    }
  });
}

/** What was said in a call, as text: fetched when a later step uses it. */
export async function transcriptFile(z: ZObject, bundle: Bundle): Promise<string> {
  return inFile(z, async () => {
    const client = dograhClient(z, bundle, MAX_REQUEST_MS.fetchFile);
    const run = await client.getTranscript(bundle.inputData['run_id']);
    return stash(z, run.transcript ?? '', transcriptName(run), 'text/plain; charset=utf-8');
  });
}

/** What was said in a call, to be mapped into a text field: fetched when a later step uses it, empty where nothing was. */
export async function transcriptText(z: ZObject, bundle: Bundle): Promise<string> {
  return inFile(z, async () => {
    try {
      const client = dograhClient(z, bundle, MAX_REQUEST_MS.fetchFile);
      return (await client.getTranscript(bundle.inputData['run_id'])).transcript ?? '';
    } catch (error) {
      if (isWithoutTranscript(error)) return '';
      throw error;
    }
  });
}

/** For good; one that is yet to come is asked for again. */
function isWithoutTranscript(error: unknown): boolean {
  return error instanceof DograhError && error.kind === 'NotFound' && !error.retryable;
}
