import type { ByteStream } from './transport';

/** No answer that says why there is no file is longer. */
const MAX_TEXT_BYTES = 65_536;

export function isByteStream(value: unknown): value is ByteStream {
  return (
    typeof value === 'object' &&
    value !== null &&
    Symbol.asyncIterator in value &&
    'destroy' in value &&
    typeof value.destroy === 'function'
  );
}

/** The text of a short answer; the beginning of a longer one. */
export async function textIn(stream: ByteStream): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    length += chunk.length;
    if (length >= MAX_TEXT_BYTES) break;
  }
  return text + decoder.decode();
}

/**
 * A stream of the same kind as `like`, with other bytes. Hosts want Node's own streams, whose class cannot be
 * imported here; but every stream knows it.
 */
export function streamOf(bytes: AsyncIterable<Uint8Array>, like: ByteStream): ByteStream {
  const { from } = like.constructor as unknown as {
    readonly from: (bytes: AsyncIterable<Uint8Array>, options: object) => ByteStream;
  };
  return from.call(like.constructor, bytes, { objectMode: false });
}
