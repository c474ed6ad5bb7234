import { ContractError, DograhError, NotFoundError, NotYetError } from '../errors/dograh-error';
import { pause, type Session } from '../connection/session';
import { fromStorage, type Stored } from './artifacts';
import type { CallResult } from './call-result';
import { mayBeStoredSoon, mayHaveFiles } from './may-have-files';
import { fileNameOf } from './file-name';
import { readResult } from './read-run';

/** Dograh writes the transcript some seconds after the results; one that is not there after so long never is. */
const MAX_WRITING_MS = 60_000;
const LOOK_EVERY_MS = 5_000;

/**
 * A run with what was said in its call.
 * @throws NotFoundError when it has no transcript, or none yet
 */
export async function readWithTranscript(runId: number, session: Session): Promise<CallResult> {
  const result = await readResult(runId, session);
  if (result.transcript_url === null) throw noTranscript(result, session);
  const stored = await fromStorage(result.transcript_url, session);
  if (stored.status === 404) throw noTranscript(result, session);
  if (stored.status !== 200) throw unreadable(stored);
  const { body } = stored;
  return { ...result, transcript: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** For example `WR-API-0042-transcript.txt`. */
export function transcriptName(run: CallResult): string {
  return fileNameOf(run, 'transcript', 'txt');
}

/** A finished run with its transcript, as soon as that is written; without it when none comes. */
export async function waitForTranscript(
  finished: CallResult,
  session: Session,
): Promise<CallResult> {
  // The call goes on, or nobody spoke in it.
  if (!mayHaveFiles(finished)) return finished;
  const { clock } = session;
  const until = clock.now() + MAX_WRITING_MS;
  for (;;) {
    try {
      return await readWithTranscript(finished.workflow_run_id, session);
    } catch (error) {
      const mayCome =
        error instanceof DograhError && (error.kind === 'NotFound' || error.retryable);
      if (!mayCome) throw error;
    }
    if (clock.now() >= until) return finished;
    await pause(LOOK_EVERY_MS, session);
  }
}

function noTranscript(result: CallResult, { clock }: Session): NotFoundError {
  const { workflow_run_id: id, status } = result;
  const NoTranscript = mayBeStoredSoon(result, clock.now()) ? NotYetError : NotFoundError;
  return new NoTranscript({
    message: `Run ${id} has no transcript${status === 'completed' ? '' : ' yet'}.`,
    hint: 'It is written some seconds after the call. A call in which nobody spoke has none.',
  });
}

function unreadable({ status, url }: Stored): ContractError {
  return new ContractError({
    status,
    message: `${url.host} answered ${status} when it was asked for the transcript.`,
    hint: 'Check that the storage of your Dograh can be reached from here.',
  });
}
