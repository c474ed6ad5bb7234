import { DograhClient, parseCredentials } from '@dograh/shared';
import { systemClock } from '@dograh/shared/system-clock';
import type { Bundle, ZObject } from 'zapier-platform-core';
import { zapierTransport } from './transport';
import { runsInZapiersCloud } from './zapier-cloud';

export const HOSTED_BASE_URL = 'https://api.dograh.com';

/**
 * Below Zapier's 30 seconds for an operation: what Zapier itself cuts off counts as an error, which Autoreplay
 * would run again, although a phone may be ringing.
 */
const OPERATION_MS = 25_000;

/**
 * The Dograh of this connection.
 *
 * Zapier leaves out an optional field that nobody touched, and that means the hosted service. A blank one was
 * emptied by somebody or filled from something empty: to guess there might send a key to the wrong Dograh.
 * @throws DograhError when a field of the connection cannot be right; no request has been made then
 */
export function dograhClient(
  z: ZObject,
  { authData }: Pick<Bundle, 'authData'>,
  timeoutMs: number,
): DograhClient {
  const credentials = parseCredentials(
    { apiKey: authData['api_key'], baseUrl: authData['base_url'] ?? HOSTED_BASE_URL },
    runsInZapiersCloud() ? 'never' : 'loopback',
  );
  return new DograhClient({
    ...credentials,
    transport: zapierTransport(z, credentials.apiKey),
    clock: systemClock,
    timeoutMs,
    operationMs: OPERATION_MS,
  });
}
