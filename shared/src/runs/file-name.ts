import type { RunResult } from './call-result';

const MAX_NAME_LENGTH = 100;

/** For example `WR-API-0042-recording.wav`: safe on every file system. */
export function fileNameOf(
  { workflow_run_id: id, workflow_run_name: name }: RunResult,
  what: string,
  extension: string,
): string {
  const safe = (name ?? '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, MAX_NAME_LENGTH);
  return `${safe === '' ? `run-${id}` : safe}-${what}.${extension}`;
}
