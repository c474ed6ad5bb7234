import { DograhClient, parseCredentials, type Clock } from '@dograh/shared';
import { axiosTransport } from '@dograh/shared/axios-transport';
import { systemClock } from '@dograh/shared/system-clock';

/** A client as a program outside the hosts would make it. */
export function clientTo(
  baseUrl: string,
  options: { readonly apiKey: string; readonly timeoutMs?: number; readonly clock?: Clock },
): DograhClient {
  const credentials = parseCredentials({ apiKey: options.apiKey, baseUrl }, 'private');
  return new DograhClient({
    ...credentials,
    transport: axiosTransport(credentials.apiKey),
    clock: options.clock ?? systemClock,
    timeoutMs: options.timeoutMs,
  });
}
