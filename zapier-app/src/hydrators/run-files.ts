import type { Bundle, ZObject } from 'zapier-platform-core';
import { dograhClient } from '../host/client';
import { inFile } from '../host/errors';
import { stash } from '../host/stash-file';

const TIMEOUT_MS = 12_000;

/** What was recorded of a call, with both voices: fetched when a later step uses it. */
export async function recordingFile(z: ZObject, bundle: Bundle): Promise<string> {
  return inFile(z, async () => {
    const client = dograhClient(z, bundle, TIMEOUT_MS);
    const recording = await client.openRecording(bundle.inputData['run_id'], 'mixed');
    const { bytes, fileName, mimeType } = recording;
    try {
      return await stash(z, bytes, fileName, mimeType);
    } finally {
      bytes.destroy();
    }
  });
}
