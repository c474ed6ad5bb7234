import { DograhClient, parseCredentials } from '@dograh/shared';
import { systemClock } from '@dograh/shared/system-clock';
import type { Bundle, ZObject } from 'zapier-platform-core';
import { MAX_STEP_MS } from './time-limits';
import { zapierTransport } from './transport';
import { isInZapierCloud } from './zapier-cloud';

export const HOSTED_BASE_URL = 'https://api.dograh.com';

/**
 * Returns a client for the connected Dograh. It is for one step, whose time begins now.
 *
 * Zapier leaves out an optional field that the user never touched. That means the hosted service. An empty base URL is
 * an error: a default could send the key to the wrong Dograh.
 * @throws DograhError when a field of the connection is invalid; no request was made
 */
export function dograhClient(
  z: ZObject,
  { authData }: Pick<Bundle, 'authData'>,
  maxRequestMs: number,
): DograhClient {
  const credentials = parseCredentials(
    { apiKey: authData['api_key'], baseUrl: authData['base_url'] ?? HOSTED_BASE_URL },
    isInZapierCloud() ? 'never' : 'loopback',
  );
  return new DograhClient({
    ...credentials,
    transport: zapierTransport(z, credentials.apiKey),
    clock: systemClock,
    timeoutMs: maxRequestMs,
    deadline: systemClock.now() + MAX_STEP_MS,
  });
}
