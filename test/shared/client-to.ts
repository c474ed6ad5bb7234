import { ApiKey, BaseUrl, DograhClient } from '@dograh/shared';
import { axiosTransport } from '@dograh/shared/axios-transport';

/** A client as a program outside the hosts would make it. */
export function clientTo(
  baseUrl: string,
  options: { readonly apiKey: string; readonly timeoutMs?: number },
): DograhClient {
  const apiKey = ApiKey.parse(options.apiKey);
  return new DograhClient({
    baseUrl: BaseUrl.parse(baseUrl, 'private'),
    apiKey,
    transport: axiosTransport(apiKey),
    timeoutMs: options.timeoutMs,
  });
}
