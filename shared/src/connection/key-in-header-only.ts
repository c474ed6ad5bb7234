import type { ApiKey } from './api-key';
import { inputError } from '../errors/input-error';
import type { Transport } from '../transport/transport';

/**
 * The same transport, which refuses what a user pasted the key into: in an address it would end up in the logs of
 * every server on the way.
 */
export function keyInHeaderOnly(transport: Transport, apiKey: ApiKey): Transport {
  return {
    async send(request) {
      const parts = [request.url, ...new URL(request.url).searchParams.values()];
      if (!parts.some((part) => apiKey.isIn(part))) return transport.send(request);
      throw inputError(
        'The address of a request would contain the API key.',
        'Remove it from the field that it was pasted into; the key is sent by itself, in a header.',
      );
    },
  };
}
