import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { isAxiosError, type AxiosResponse } from 'axios';
import type { ApiKey } from '../connection/api-key';
import { exchange, parseBody } from './exchange';
import type { Transport, TransportRequest, TransportResponse } from './transport';

// A connection kept open may be closed by the server while the next request is written to it, and then nobody
// can tell whether that request was read. A new one for each request costs little beside a phone call.
const agents = {
  httpAgent: new HttpAgent({ keepAlive: false }),
  httpsAgent: new HttpsAgent({ keepAlive: false }),
};

/** As the file lies there: whether it is whole is told by its length. */
const RAW = { Accept: '*/*', 'Accept-Encoding': 'identity' };

/** The transport for programs outside n8n and Zapier, and for tests. */
export function axiosTransport(apiKey: ApiKey): Transport {
  return {
    send: (request) =>
      exchange(
        request,
        async (signal) => toResponse(await send(request, apiKey, signal)),
        (thrown) => (isAxiosError(thrown) ? thrown.code : undefined),
      ),
  };
}

function send(
  request: TransportRequest,
  apiKey: ApiKey,
  signal: AbortSignal,
): Promise<AxiosResponse<unknown>> {
  return axios.request<unknown>({
    ...agents,
    method: request.method,
    url: request.url,
    headers: {
      ...(request.as === 'stream' ? RAW : { Accept: 'application/json' }),
      ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(request.credential === 'api-key' ? apiKey.header() : {}),
    },
    data: request.body === undefined ? undefined : JSON.stringify(request.body),
    signal,
    maxRedirects: 0,
    // Plain http goes to this machine or this network; a proxy would read the key on the way.
    ...(request.url.startsWith('http:') ? { proxy: false } : {}),
    responseType: request.as === 'stream' ? 'stream' : 'text',
    transformResponse: (body: unknown) => body,
    validateStatus: () => true,
  });
}

function toResponse(response: AxiosResponse<unknown>): TransportResponse {
  const headers = Object.entries(response.headers).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  );
  return {
    status: response.status,
    headers: Object.fromEntries(headers),
    body: typeof response.data === 'string' ? parseBody(response.data) : response.data,
  };
}
