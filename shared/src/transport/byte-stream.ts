import type { ByteStream } from './transport';

/** An error response is shorter. */
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

/** The text of a stream, cut off if it is long. */
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
 * A stream with these bytes and with the class of `like`. Hosts need Node's own class, which cannot be imported here.
 */
export function streamOf(bytes: AsyncIterable<Uint8Array>, like: ByteStream): ByteStream {
  const { from } = like.constructor as unknown as {
    readonly from: (bytes: AsyncIterable<Uint8Array>, options: object) => ByteStream;
  };
  return from.call(like.constructor, bytes, { objectMode: false });
}
