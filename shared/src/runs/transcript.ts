import type { BaseUrl } from '../connection/base-url';
import { ContractError, DograhError, NotFoundError } from '../errors/dograh-error';
import { pause, type Operation } from '../transport/operation';
import { read } from '../transport/read';
import type { TransportResponse } from '../transport/transport';
import type { CallResult } from './call-result';
import { readResult } from './read-run';

/** Dograh writes the transcript some seconds after the results; one that is not there after so long never is. */
const LONGEST_WRITING_MS = 60_000;
const LOOK_EVERY_MS = 5_000;

/**
 * A run with what was said in its call.
 * @throws NotFoundError when it has no transcript, or none yet
 */
export async function readWithTranscript(
  runId: number,
  baseUrl: BaseUrl,
  operation: Operation,
): Promise<CallResult> {
  const result = await readResult(runId, baseUrl, operation);
  if (result.transcript_url === null) throw noTranscript(result);
  const stored = await fromStorage(result.transcript_url, operation);
  if (stored.status === 404) throw noTranscript(result);
  if (stored.status !== 200) throw unreadable(stored, result.transcript_url);
  const { body } = stored;
  return { ...result, transcript: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** A finished run with its transcript, as soon as that is written; without it when none comes. */
export async function waitForTranscript(
  finished: CallResult,
  baseUrl: BaseUrl,
  operation: Operation,
): Promise<CallResult> {
  const { clock } = operation;
  const until = clock.now() + LONGEST_WRITING_MS;
  for (;;) {
    try {
      return await readWithTranscript(finished.workflow_run_id, baseUrl, operation);
    } catch (error) {
      const mayCome =
        error instanceof DograhError && (error.kind === 'NotFound' || error.retryable);
      if (!mayCome) throw error;
    }
    if (clock.now() >= until) return finished;
    await pause(LOOK_EVERY_MS, operation);
  }
}

/** Dograh's public address leads to a signed one on another host, and the key must go to neither. */
async function fromStorage(url: string, operation: Operation): Promise<TransportResponse> {
  const answer = await read({ url, credential: 'none' }, operation);
  const location = answer.headers['location'];
  if (answer.status !== 302 || location === undefined || !URL.canParse(location, url)) {
    return answer;
  }
  return read({ url: new URL(location, url).href, credential: 'none' }, operation);
}

function noTranscript({ workflow_run_id: id, status }: CallResult): NotFoundError {
  return new NotFoundError({
    message: `Run ${id} has no transcript${status === 'completed' ? '' : ' yet'}.`,
    hint: 'It is written some seconds after the call. A call in which nobody spoke has none.',
  });
}

function unreadable({ status }: TransportResponse, url: string): ContractError {
  return new ContractError({
    status,
    message: `${new URL(url).host} answered ${status} when it was asked for the transcript.`,
    hint: 'Check that the storage of your Dograh can be reached from here.',
  });
}
