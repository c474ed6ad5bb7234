import { DograhClient, parseCredentials, type Clock } from '@dograh/shared';
import { axiosTransport } from '@dograh/shared/axios-transport';
import { systemClock } from '@dograh/shared/system-clock';

/** A client for programs outside the hosts, with the axios transport. */
export function clientTo(
  baseUrl: string,
  options: {
    readonly apiKey: string;
    readonly dashboardUrl?: string;
    readonly timeoutMs?: number;
    readonly operationMs?: number;
    readonly clock?: Clock;
    /** Runs before each request. */
    readonly onSend?: (() => void) | undefined;
    /** Runs after each response. */
    readonly onAnswer?: (() => void) | undefined;
  },
): DograhClient {
  const { apiKey, dashboardUrl } = options;
  const credentials = parseCredentials({ apiKey, baseUrl, dashboardUrl }, 'private');
  const transport = axiosTransport(credentials.apiKey);
  return new DograhClient({
    ...credentials,
    transport: {
      send: async (request) => {
        options.onSend?.();
        const response = await transport.send(request);
        options.onAnswer?.();
        return response;
      },
    },
    clock: options.clock ?? systemClock,
    timeoutMs: options.timeoutMs,
    operationMs: options.operationMs,
  });
}
