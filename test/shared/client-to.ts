import { DograhClient, parseCredentials, type Clock } from '@dograh/shared';
import { axiosTransport } from '@dograh/shared/axios-transport';
import { systemClock } from '@dograh/shared/system-clock';

/** A client as a program outside the hosts would make it. */
export function clientTo(
  baseUrl: string,
  options: {
    readonly apiKey: string;
    readonly dashboardUrl?: string;
    readonly timeoutMs?: number;
    readonly operationMs?: number;
    readonly clock?: Clock;
    /** Happens in front of every request. */
    readonly onSend?: () => void;
  },
): DograhClient {
  const { apiKey, dashboardUrl } = options;
  const credentials = parseCredentials({ apiKey, baseUrl, dashboardUrl }, 'private');
  const transport = axiosTransport(credentials.apiKey);
  return new DograhClient({
    ...credentials,
    transport: {
      send: (request) => {
        options.onSend?.();
        return transport.send(request);
      },
    },
    clock: options.clock ?? systemClock,
    timeoutMs: options.timeoutMs,
    operationMs: options.operationMs,
  });
}
