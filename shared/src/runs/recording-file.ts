import type { StoredFile } from './artifacts';
import type { RunResult } from './call-result';
import { fileNameOf } from './file-name';

/** Whose voice: both, the person on the phone, or the agent. */
export type RecordingTrack = 'mixed' | 'caller' | 'agent';

/** Dograh records WAV. */
const DEFAULT_TYPE = 'audio/wav';

/** By extension. A file gets the first extension of its type. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['wav', DEFAULT_TYPE],
  ['mp3', 'audio/mpeg'],
  ['ogg', 'audio/ogg'],
  ['opus', 'audio/ogg'],
  ['m4a', 'audio/mp4'],
  ['mp4', 'audio/mp4'],
  ['webm', 'audio/webm'],
  ['flac', 'audio/flac'],
]);

const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['audio/x-wav', DEFAULT_TYPE],
  ['audio/wave', DEFAULT_TYPE],
  ['audio/vnd.wave', DEFAULT_TYPE],
  ['audio/mp3', 'audio/mpeg'],
  ['audio/x-m4a', 'audio/mp4'],
  ['audio/x-flac', 'audio/flac'],
]);

const NAME_PARTS: Readonly<Record<RecordingTrack, string>> = {
  mixed: 'recording',
  caller: 'caller',
  agent: 'agent',
};

/** By the storage's Content-Type, or by the extension if that says only "bytes". Undefined if it is no audio. */
export function mimeTypeOf({
  headers,
  url,
}: Pick<StoredFile, 'headers' | 'url'>): string | undefined {
  const [given = ''] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const type = given.trim();
  if (/^(audio|video)\/[a-z0-9.+-]+$/.test(type)) return OTHER_NAMES.get(type) ?? type;
  if (type !== '' && !/^(application|binary)\/octet-stream$/.test(type)) return undefined;
  return TYPES.get(extensionOf(url)) ?? DEFAULT_TYPE;
}

export function recordingName(
  run: RunResult,
  track: RecordingTrack,
  mimeType: string,
  url: URL,
): string {
  const [extension = extensionOf(url) || 'bin'] = [...TYPES]
    .filter(([, type]) => type === mimeType)
    .map(([known]) => known);
  return fileNameOf(run, NAME_PARTS[track], extension);
}

function extensionOf({ pathname }: URL): string {
  return /\.([a-z0-9]{1,5})$/i.exec(pathname)?.[1]?.toLowerCase() ?? '';
}
