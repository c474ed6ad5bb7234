import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import {
  exchange,
  parseBody,
  type ApiKey,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '@dograh/shared';
import type {
  HttpRequestOptions,
  HttpResponse,
  RawHttpResponse,
  ZObject,
} from 'zapier-platform-core';

/** Sends through `z.request`, so that Zapier logs each request for the owner of the Zap, without the key. */
export function zapierTransport(z: ZObject, apiKey: ApiKey): Transport {
  return {
    send: (request) =>
      keepingProcessAlive(request, () =>
        exchange(
          request,
          async (signal) =>
            toResponse(await z.request(request.url, toOptions(request, apiKey, signal))),
          codeOf,
        ),
      ),
  };
}

/**
 * If the connection closes in the middle of a response, node-fetch still waits for the rest. Nothing else keeps Node
 * running then, not even the request's timeout. Without this timer, the process would end silently while a phone rings.
 */
async function keepingProcessAlive<T>(
  { timeoutMs }: TransportRequest,
  send: () => Promise<T>,
): Promise<T> {
  const timer = setTimeout(() => undefined, timeoutMs + 1_000);
  try {
    return await send();
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Each request opens a new connection. A connection that is kept open may close while Zapier's machine sleeps. It would
 * then be unknown whether a call that was written to it arrived.
 */
const agents = {
  http: new HttpAgent({ keepAlive: false }),
  https: new HttpsAgent({ keepAlive: false }),
};

/** Options that `z.request` accepts but its types leave out. */
interface ZapierRequestOptions extends HttpRequestOptions {
  readonly signal: AbortSignal;
  readonly throwForThrottlingEarly: boolean;
}

/** Requests the file uncompressed, because its length shows whether it is complete. */
const RAW = { Accept: '*/*', 'Accept-Encoding': 'identity' };

function toOptions(
  request: TransportRequest,
  apiKey: ApiKey,
  signal: AbortSignal,
): ZapierRequestOptions {
  return {
    method: request.method,
    headers: {
      ...(request.as === 'stream' ? RAW : { Accept: 'application/json' }),
      ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(request.file === undefined ? {} : { 'Content-Type': request.file.type }),
      ...(request.credential === 'api-key' ? apiKey.header() : {}),
    },
    ...(request.body === undefined ? {} : { body: toJson(request.body) }),
    // Of a buffer, `z.request` does not refuse `{{bundle.…}}`.
    ...(request.file === undefined ? {} : { body: Buffer.from(request.file.content) }),
    raw: request.as === 'stream',
    agent: request.url.startsWith('https:') ? agents.https : agents.http,
    // A redirect would send the key to another origin.
    redirect: 'manual',
    // The client handles every status itself, including 429.
    skipThrowForStatus: true,
    throwForThrottlingEarly: false,
    signal,
  };
}

/** `z.request` refuses `{{bundle.…}}`, which a greeting may contain. Escaped, it is the same JSON. */
function toJson(body: object): string {
  return JSON.stringify(body).replaceAll('{{', '\\u007b\\u007b');
}

/** A raw response has a stream in `body` instead of a text in `content`. */
function toResponse(response: HttpResponse<unknown> | RawHttpResponse<unknown>): TransportResponse {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: 'body' in response ? response.body : parseBody(response.content),
  };
}

/** `z.request` uses node-fetch, which passes the system's error code on. Without a code, the request may have been sent. */
function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
}
