import { transcriptName } from '@dograh/shared';
import type { Bundle, ZObject } from 'zapier-platform-core';
import { dograhClient } from '../host/client';
import { inFile } from '../host/errors';
import { stash } from '../host/stash-file';

const TIMEOUT_MS = 12_000;

/** What was said in a call, as text: fetched when a later step uses it. */
export async function transcriptFile(z: ZObject, bundle: Bundle): Promise<string> {
  return inFile(z, async () => {
    const client = dograhClient(z, bundle, TIMEOUT_MS);
    const run = await client.getTranscript(bundle.inputData['run_id']);
    return stash(z, run.transcript ?? '', transcriptName(run), 'text/plain; charset=utf-8');
  });
}
