import type { ByteStream } from '@dograh/shared';
import type { ZObject } from 'zapier-platform-core';

/**
 * Uploads a file to Zapier.
 * @param file Zapier saves a stream to disk first, because it must know the length
 * @returns the file's URL at Zapier
 */
export async function stashFile(
  z: ZObject,
  file: string | ByteStream,
  fileName: string,
  mimeType: string,
): Promise<string> {
  // The types of `z.stashFile` do not know this stream, and say that the URL is not a promise.
  const url: unknown = z.stashFile(file as unknown as string, undefined, fileName, mimeType);
  return (await url) as string;
}
