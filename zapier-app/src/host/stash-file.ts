import type { ByteStream } from '@dograh/shared';
import type { ZObject } from 'zapier-platform-core';

/**
 * Hands a file to Zapier.
 * @param file a stream is written down first, for Zapier must know its length
 * @returns its address at Zapier's
 */
export async function stash(
  z: ZObject,
  file: string | ByteStream,
  fileName: string,
  mimeType: string,
): Promise<string> {
  // Its types know neither our streams nor that the address comes later.
  const address: unknown = z.stashFile(file as unknown as string, undefined, fileName, mimeType);
  return (await address) as string;
}
