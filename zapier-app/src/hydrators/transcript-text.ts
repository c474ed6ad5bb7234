import { DograhError } from '@dograh/shared';
import type { Bundle, ZObject } from 'zapier-platform-core';
import { dograhClient } from '../host/client';
import { inFile } from '../host/errors';

const TIMEOUT_MS = 12_000;

/** What was said in a call, to be mapped into a text field: fetched when a later step uses it, empty where nothing was. */
export async function transcriptText(z: ZObject, bundle: Bundle): Promise<string> {
  return inFile(z, async () => {
    try {
      const client = dograhClient(z, bundle, TIMEOUT_MS);
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
