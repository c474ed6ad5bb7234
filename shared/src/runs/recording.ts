import { ContractError, NotFoundError, NotYetError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import { parseChoice } from '../input/choice';
import { isByteStream } from '../transport/byte-stream';
import type { Session } from '../connection/session';
import type { ByteStream } from '../transport/transport';
import { CHECK_STORAGE, readStoredFile, storageStatusError, type StoredFile } from './artifacts';
import type { RunResult } from './call-result';
import { mayBeStoredSoon, NOT_ANSWERED } from './may-have-files';
import { resultOfListedRun, type ListedRun } from './listed-run';
import { mimeTypeOf, recordingName, type RecordingTrack } from './recording-file';
import { readRun } from './read-run';
import { withTimeouts } from './stream-with-timeouts';

/** A recording that is being downloaded. */
export interface Recording {
  readonly run: RunResult;
  readonly fileName: string;
  readonly mimeType: string;
  /** Read it to its end. It fails with a DograhError if a part is missing. */
  readonly bytes: ByteStream;
}

const URLS: Readonly<Record<RecordingTrack, (run: ListedRun) => string | null>> = {
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
  return parseChoice('Track', value, ['mixed', 'caller', 'agent']);
}

/**
 * Starts to download the recording of a run. It waits while the reader is busy.
 * @throws NotFoundError if there is no such run, no such recording, or no recording yet
 */
export async function openRecording(
  runId: number,
  track: RecordingTrack,
  session: Session,
): Promise<Recording> {
  const { run: listed, state } = await readRun(runId, session);
  const run = resultOfListedRun(listed, undefined, state);
  const url = URLS[track](listed);
  if (url === null || !URL.canParse(url)) throw noRecordingError(run, track, session);
  const stored = await readStoredFile(url, session, 'stream');
  if (stored.status === 404) throw noRecordingError(run, track, session);
  if (stored.status !== 200 || !isByteStream(stored.body))
    throw storageStatusError(stored, 'the recording');
  const mimeType = mimeTypeOf(stored);
  if (mimeType === undefined) {
    stored.body.destroy();
    throw notAudioError(stored);
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
    bytes: withTimeouts(stored.body, origin, session),
  };
}

function lengthOf(header: string | undefined): number | null {
  return header !== undefined && /^\d+$/.test(header) ? Number(header) : null;
}

function noRecordingError(
  run: RunResult,
  track: RecordingTrack,
  { clock }: Session,
): NotFoundError {
  const { workflow_run_id: id, outcome } = run;
  const name = NAMES[track];
  const NoRecording = mayBeStoredSoon(run, clock.now()) ? NotYetError : NotFoundError;
  if (outcome === null) {
    return new NoRecording({
      message: `Run ${id} has no ${name} yet.`,
      hint: 'Dograh stores it some seconds after the call. Wait for the result first, or try again later.',
    });
  }
  if (NOT_ANSWERED.has(outcome)) {
    return new NoRecording({
      message: `Run ${id} has no ${name}: the call was not answered.`,
      hint: 'Dograh records only answered calls. Filter the others out by the outcome of the run.',
    });
  }
  const other = track === 'mixed' ? '' : ' There may still be a track with both voices.';
  return new NoRecording({
    message: `Run ${id} has no ${name}.`,
    hint: `Dograh stores it some seconds after the call. Recording may also be turned off in Dograh, or the file was deleted.${other}`,
  });
}

function notAudioError(stored: StoredFile): ContractError {
  const type = stored.headers['content-type'] ?? '';
  const what = /html/i.test(type) ? 'a web page' : quote(type);
  return new ContractError({
    status: stored.status,
    message: `${stored.url.host} answered with ${what} when it was asked for the recording.`,
    hint: CHECK_STORAGE,
  });
}
