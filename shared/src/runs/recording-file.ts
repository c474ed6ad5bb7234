import type { Stored } from './artifacts';
import type { CallResult } from './call-result';
import { fileNameOf } from './file-name';

/** Whose voice is to be heard: both together, the person on the phone, or the agent. */
export type RecordingTrack = 'mixed' | 'caller' | 'agent';

/** Dograh itself records WAV. */
const USUAL_TYPE = 'audio/wav';

/** By extension; the first one of a type is the one that a file gets. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['wav', USUAL_TYPE],
  ['mp3', 'audio/mpeg'],
  ['ogg', 'audio/ogg'],
  ['opus', 'audio/ogg'],
  ['m4a', 'audio/mp4'],
  ['mp4', 'audio/mp4'],
  ['webm', 'audio/webm'],
  ['flac', 'audio/flac'],
]);

const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['audio/x-wav', USUAL_TYPE],
  ['audio/wave', USUAL_TYPE],
  ['audio/vnd.wave', USUAL_TYPE],
  ['audio/mp3', 'audio/mpeg'],
  ['audio/x-m4a', 'audio/mp4'],
  ['audio/x-flac', 'audio/flac'],
]);

const WORDS: Readonly<Record<RecordingTrack, string>> = {
  mixed: 'recording',
  caller: 'caller',
  agent: 'agent',
};

/** What the storage says that it is; where it knows it for bytes only, by its name. Undefined for what is no sound. */
export function mimeTypeOf({ headers, url }: Pick<Stored, 'headers' | 'url'>): string | undefined {
  const [given = ''] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const type = given.trim();
  if (/^(audio|video)\/[a-z0-9.+-]+$/.test(type)) return OTHER_NAMES.get(type) ?? type;
  if (type !== '' && !/^(application|binary)\/octet-stream$/.test(type)) return undefined;
  return TYPES.get(extensionOf(url)) ?? USUAL_TYPE;
}

export function recordingName(
  run: CallResult,
  track: RecordingTrack,
  mimeType: string,
  url: URL,
): string {
  const [extension = extensionOf(url) || 'bin'] = [...TYPES]
    .filter(([, type]) => type === mimeType)
    .map(([known]) => known);
  return fileNameOf(run, WORDS[track], extension);
}

function extensionOf({ pathname }: URL): string {
  return /\.([a-z0-9]{1,5})$/i.exec(pathname)?.[1]?.toLowerCase() ?? '';
}
