import { DograhClient, parseCredentials } from '@dograh/shared';
import { systemClock } from '@dograh/shared/system-clock';
import type { Bundle, ZObject } from 'zapier-platform-core';
import { MAX_STEP_MS } from './time-limits';
import { zapierTransport } from './transport';
import { runsInZapiersCloud } from './zapier-cloud';

export const HOSTED_BASE_URL = 'https://api.dograh.com';

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
  maxRequestMs: number,
): DograhClient {
  const credentials = parseCredentials(
    { apiKey: authData['api_key'], baseUrl: authData['base_url'] ?? HOSTED_BASE_URL },
    runsInZapiersCloud() ? 'never' : 'loopback',
  );
  return new DograhClient({
    ...credentials,
    transport: zapierTransport(z, credentials.apiKey),
    clock: systemClock,
    timeoutMs: maxRequestMs,
    operationMs: MAX_STEP_MS,
  });
}
