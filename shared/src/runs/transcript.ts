import { ContractError, DograhError, NotFoundError, NotYetError } from '../errors/dograh-error';
import { pause, type Session } from '../connection/session';
import { CHECK_STORAGE, readStoredFile, type StoredFile } from './artifacts';
import type { RunResult } from './call-result';
import { mayPass } from './may-pass';
import { mayBeStoredSoon, mayHaveFiles } from './may-have-files';
import { fileNameOf } from './file-name';
import { readResult } from './read-run';

/** Dograh stores the transcript some seconds after the results. After this time, it never comes. */
const MAX_TRANSCRIPT_MS = 60_000;
const CHECK_INTERVAL_MS = 5_000;

/**
 * A run with its transcript.
 * @throws NotFoundError if it has no transcript, or none yet
 */
export async function readWithTranscript(runId: number, session: Session): Promise<RunResult> {
  const result = await readResult(runId, session);
  if (result.transcript_url === null) throw noTranscriptError(result, session);
  const stored = await readStoredFile(result.transcript_url, session);
  if (stored.status === 404) throw noTranscriptError(result, session);
  if (stored.status !== 200) throw statusError(stored);
  const { body } = stored;
  return { ...result, transcript: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** For example `WR-API-0042-transcript.txt`. */
export function transcriptName(run: RunResult): string {
  return fileNameOf(run, 'transcript', 'txt');
}

/** A finished run with its transcript as soon as it is stored, or without it if none comes. */
export async function waitForTranscript(finished: RunResult, session: Session): Promise<RunResult> {
  // The call is still running, or it was not answered.
  if (!mayHaveFiles(finished)) return finished;
  const { clock } = session;
  const until = clock.now() + MAX_TRANSCRIPT_MS;
  for (;;) {
    try {
      return await readWithTranscript(finished.workflow_run_id, session);
    } catch (error) {
      const mayCome = error instanceof DograhError && (error.kind === 'NotFound' || mayPass(error));
      if (!mayCome) throw error;
    }
    if (clock.now() >= until) return finished;
    await pause(CHECK_INTERVAL_MS, session);
  }
}

function noTranscriptError(result: RunResult, { clock }: Session): NotFoundError {
  const { workflow_run_id: id, status } = result;
  const NoTranscript = mayBeStoredSoon(result, clock.now()) ? NotYetError : NotFoundError;
  return new NoTranscript({
    message: `Run ${id} has no transcript${status === 'completed' ? '' : ' yet'}.`,
    hint: 'Dograh stores it some seconds after the call. A call without any words has none.',
  });
}

function statusError({ status, url }: StoredFile): ContractError {
  return new ContractError({
    status,
    message: `${url.host} answered ${status} when it was asked for the transcript.`,
    hint: CHECK_STORAGE,
  });
}
