import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { isAxiosError, type AxiosResponse } from 'axios';
import type { ApiKey } from '../connection/api-key';
import {
  TransportError,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from './transport';

// A connection kept open may be closed by the server while the next request is written to it, and then nobody
// can tell whether that request was read. A new one for each request costs little beside a phone call.
const agents = {
  httpAgent: new HttpAgent({ keepAlive: false }),
  httpsAgent: new HttpsAgent({ keepAlive: false }),
};

/** The transport for programs outside n8n and Zapier, and for tests. */
export function axiosTransport(apiKey: ApiKey): Transport {
  return {
    async send(request) {
      const timeLimit = AbortSignal.timeout(request.timeoutMs);
      try {
        return toResponse(await exchange(request, apiKey, timeLimit));
      } catch (cause) {
        throw toTransportError(cause, request, timeLimit);
      }
    },
  };
}

function exchange(
  request: TransportRequest,
  apiKey: ApiKey,
  timeLimit: AbortSignal,
): Promise<AxiosResponse<unknown>> {
  return axios.request<unknown>({
    ...agents,
    method: request.method,
    url: request.url,
    headers: {
      Accept: 'application/json',
      ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(request.credential === 'api-key' ? apiKey.header() : {}),
    },
    data: request.body === undefined ? undefined : JSON.stringify(request.body),
    // axios' own `timeout` starts anew with every byte; a slow answer would outlast it.
    signal: request.signal === undefined ? timeLimit : AbortSignal.any([timeLimit, request.signal]),
    maxRedirects: 0,
    responseType: 'text',
    transformResponse: (body: unknown) => body,
    validateStatus: () => true,
  });
}

function toResponse(response: AxiosResponse<unknown>): TransportResponse {
  const headers = Object.entries(response.headers).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ]);
  return {
    status: response.status,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: parseBody(response.data),
  };
}

function parseBody(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function toTransportError(
  cause: unknown,
  request: TransportRequest,
  timeLimit: AbortSignal,
): TransportError {
  if (request.signal?.aborted === true)
    return new TransportError('cancelled', 'maybe', 'ERR_CANCELED');
  if (timeLimit.aborted) return new TransportError('timeout', 'maybe', 'ETIMEDOUT');
  return TransportError.fromCode(isAxiosError(cause) ? cause.code : undefined);
}
