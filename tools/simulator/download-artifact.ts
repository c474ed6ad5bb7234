import { Redirect, Refusal } from './answer';
import { artifactNames, storageKeyOf } from './artifacts';
import type { Runs } from './runs';
import type { Storage } from './storage';

/** Redirects a client with the token to the storage host. No API key is needed. */
export function downloadArtifact(
  token: string,
  artifact: string,
  runs: Runs,
  storage: Storage,
): Redirect {
  const run = runs.all.find(({ publicAccessToken }) => publicAccessToken === token);
  if (!run) throw new Refusal(404, 'Invalid or expired token');
  const name = artifactNames.find((candidate) => candidate === artifact);
  if (!name) throw new Refusal(400, 'Unsupported artifact type');
  const key = storageKeyOf(run, name);
  if (key === null) throw new Refusal(404, `No ${artifact} available for this workflow run`);
  return new Redirect(storage.signedUrl(key));
}
