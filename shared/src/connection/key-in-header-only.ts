import type { ApiKey } from './api-key';
import { inputError } from '../errors/input-error';
import type { Transport } from '../transport/transport';

/**
 * The same transport, which refuses a URL with the API key: the logs of every server on the way would contain the key.
 */
export function keyInHeaderOnly(transport: Transport, apiKey: ApiKey): Transport {
  return {
    async send(request) {
      const parts = [request.url, ...new URL(request.url).searchParams.values()];
      if (!parts.some((part) => apiKey.isIn(part))) return transport.send(request);
      throw inputError(
        'A field contains the API key, which would become part of a URL.',
        'Remove it from that field. The key is always sent in a header.',
      );
    },
  };
}
