import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { isAxiosError, type AxiosResponse } from 'axios';
import { exchange, parseBody } from './exchange';
import type { Transport, TransportRequest, TransportResponse } from './transport';

// The server may close an open connection while the next request is being written. Then it is unknown whether the
// request was read. So each request has its own connection.
const agents = {
  httpAgent: new HttpAgent({ keepAlive: false }),
  httpsAgent: new HttpsAgent({ keepAlive: false }),
};

/** Without compression, so that the length shows whether the file is complete. */
const RAW = { Accept: '*/*', 'Accept-Encoding': 'identity' };

/** What the transport needs of an API key. */
interface KeyHeader {
  header(): Readonly<Record<string, string>>;
}

/** The transport for programs outside n8n and Zapier, and for tests. */
export function axiosTransport(apiKey: KeyHeader): Transport {
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
  apiKey: KeyHeader,
  signal: AbortSignal,
): Promise<AxiosResponse<unknown>> {
  return axios.request<unknown>({
    ...agents,
    method: request.method,
    url: request.url,
    headers: {
      ...(request.as === 'stream' ? RAW : { Accept: 'application/json' }),
      ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(request.file === undefined ? {} : { 'Content-Type': request.file.type }),
      ...(request.credential === 'api-key' ? apiKey.header() : {}),
    },
    data: request.body === undefined ? request.file?.content : JSON.stringify(request.body),
    signal,
    maxRedirects: 0,
    // Plain http goes to this machine or this network. A proxy could read the key.
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
