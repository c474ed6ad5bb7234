import type { Run } from './run';

export const artifactNames = [
  'recording',
  'transcript',
  'user_recording',
  'bot_recording',
] as const;
export type ArtifactName = (typeof artifactNames)[number];

/** The key of an artifact on the storage host. Null if there is no such artifact. */
export function storageKeyOf({ runId, artifacts }: Run, name: ArtifactName): string | null {
  const { transcript, hasRecording } = artifacts;
  const id = String(runId);
  if (name === 'transcript') return transcript === null ? null : `transcripts/${id}.txt`;
  if (!hasRecording) return null;
  if (name === 'recording') return `recordings/${id}.wav`;
  return `recordings/${id}/${name === 'user_recording' ? 'user' : 'bot'}.wav`;
}

/** Whether the run has a file to download. */
export function hasArtifact(run: Run): boolean {
  return artifactNames.some((name) => storageKeyOf(run, name) !== null);
}

/** The fields of a run with the storage keys of its artifacts. */
export function storageKeys(run: Run): Record<string, string | null> {
  return Object.fromEntries(artifactNames.map((name) => [`${name}_url`, storageKeyOf(run, name)]));
}

/**
 * The fields of a run with public URLs. Dograh returns the URLs of the transcript and the mixed recording
 * as soon as the run has a token, even if there is no such artifact.
 */
export function publicUrls(run: Run, url: string): Record<string, string | null> {
  const token = run.publicAccessToken;
  const isGiven = (name: ArtifactName): boolean =>
    name === 'recording' || name === 'transcript' || storageKeyOf(run, name) !== null;
  return Object.fromEntries(
    artifactNames.map((name) => [
      `${name}_public_url`,
      token !== null && isGiven(name)
        ? `${url}/api/v1/public/download/workflow/${token}/${name}`
        : null,
    ]),
  );
}
