import {
  ContractError,
  NotFoundError,
  NotYetError,
  PermissionDeniedError,
  ServerError,
  type DograhError,
} from '../errors/dograh-error';
import { quote } from '../errors/quote';
import { inputError } from '../errors/input-error';
import { isByteStream } from '../transport/byte-stream';
import type { Session } from '../connection/session';
import type { ByteStream } from '../transport/transport';
import { fromStorage, type Stored } from './artifacts';
import type { CallResult } from './call-result';
import { mayBeStoredSoon, NOBODY_ANSWERED } from './may-have-files';
import { resultOfListedRun, type ListedRun } from './listed-run';
import { mimeTypeOf, recordingName, type RecordingTrack } from './recording-file';
import { readRun } from './read-run';
import { watched } from './stream-with-timeouts';

/** A recording that is on its way. */
export interface Recording {
  readonly run: CallResult;
  readonly fileName: string;
  readonly mimeType: string;
  /** To be read to its end. Breaks off with a DograhError where not everything came. */
  readonly bytes: ByteStream;
}

const ADDRESSES: Readonly<Record<RecordingTrack, (run: ListedRun) => string | null>> = {
  mixed: (run) => run.recordingUrl,
  caller: (run) => run.userRecordingUrl,
  agent: (run) => run.botRecordingUrl,
};

const NAMES: Readonly<Record<RecordingTrack, string>> = {
  mixed: 'recording',
  caller: 'recording of the caller alone',
  agent: 'recording of the agent alone',
};

/** @throws InvalidInputError */
export function parseTrack(value: unknown): RecordingTrack {
  if (value === 'mixed' || value === 'caller' || value === 'agent') return value;
  throw inputError(`${quote(value)} is not a track of a recording.`, 'Use mixed, caller or agent.');
}

/**
 * Begins to read the recording of a run, at the pace of whoever reads it.
 * @throws NotFoundError when there is no such run, or it has no such recording, or none yet
 */
export async function openRecording(
  runId: number,
  track: RecordingTrack,
  session: Session,
): Promise<Recording> {
  const { run: listed, isCompleted } = await readRun(runId, session);
  const run = resultOfListedRun(listed, undefined, isCompleted);
  const address = ADDRESSES[track](listed);
  if (address === null || !URL.canParse(address)) throw noRecording(run, track, session);
  const stored = await fromStorage(address, session, 'stream');
  if (stored.status === 404) throw noRecording(run, track, session);
  if (stored.status !== 200 || !isByteStream(stored.body)) throw refusedError(stored);
  const mimeType = mimeTypeOf(stored);
  if (mimeType === undefined) {
    stored.body.destroy();
    throw notAudio(stored);
  }
  const origin = {
    host: stored.url.host,
    what: 'the recording',
    bytes: lengthOf(stored.headers['content-length']),
  };
  return {
    run,
    fileName: recordingName(run, track, mimeType, stored.url),
    mimeType,
    bytes: watched(stored.body, origin, session),
  };
}

function lengthOf(header: string | undefined): number | null {
  return header !== undefined && /^\d+$/.test(header) ? Number(header) : null;
}

function noRecording(run: CallResult, track: RecordingTrack, { clock }: Session): NotFoundError {
  const { workflow_run_id: id, outcome } = run;
  const name = NAMES[track];
  const NoRecording = mayBeStoredSoon(run, clock.now()) ? NotYetError : NotFoundError;
  if (outcome === null) {
    return new NoRecording({
      message: `Run ${id} has no ${name} yet.`,
      hint: 'It is written some seconds after the call is over. Wait for the result of the call first, or try again later.',
    });
  }
  if (NOBODY_ANSWERED.has(outcome)) {
    return new NoRecording({
      message: `Run ${id} has no ${name}: nobody answered the call.`,
      hint: 'Only calls that were answered are recorded. Leave out the others, by the outcome of the run.',
    });
  }
  const other = track === 'mixed' ? '' : ' The track with both voices may be there all the same.';
  return new NoRecording({
    message: `Run ${id} has no ${name}.`,
    hint: `It is written some seconds after the call; try again if the call was just over. Recordings may also be turned off in Dograh, or deleted.${other}`,
  });
}

function refusedError(stored: Stored): DograhError {
  const { status, url } = stored;
  const asked = 'when it was asked for the recording';
  if (status === 401 || status === 403) {
    return new PermissionDeniedError({
      status,
      message: `${url.host} refused access (${status}) ${asked}.`,
      hint: 'Its address is good for a limited time only: run this again for a new one. If that does not help, check the storage of your Dograh, and its clock.',
    });
  }
  const message = `${url.host} answered ${status} ${asked}.`;
  if (status === 429 || status >= 500) {
    return new ServerError({ status, message, hint: 'Try again later.' });
  }
  return new ContractError({
    status,
    message,
    hint: 'Check that the storage of your Dograh can be reached from here.',
  });
}

function notAudio(stored: Stored): ContractError {
  const type = stored.headers['content-type'] ?? '';
  const what = /html/i.test(type) ? 'a web page' : quote(type);
  return new ContractError({
    status: stored.status,
    message: `${stored.url.host} answered with ${what} when it was asked for the recording.`,
    hint: 'Check the address of the storage in the settings of your Dograh, and what stands in front of it.',
  });
}
