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

/** Sends through `z.request`, so that Zapier logs each request, without the key, for the owner of the Zap. */
export function zapierTransport(z: ZObject, apiKey: ApiKey): Transport {
  return {
    send: (request) =>
      awakeFor(request, () =>
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
 * Keeps the process alive until the request is over. node-fetch waits for the rest of half an answer though the
 * connection is closed, and the time limit of an exchange does not count: Node would end, without a word, while a
 * phone rings.
 */
async function awakeFor<T>({ timeoutMs }: TransportRequest, send: () => Promise<T>): Promise<T> {
  const awake = setTimeout(() => undefined, timeoutMs + 1_000);
  try {
    return await send();
  } finally {
    clearTimeout(awake);
  }
}

/**
 * A connection kept open is closed while Zapier's machine sleeps; a call written to it then may or may not have
 * arrived, and nobody could tell. So each request takes a new one.
 */
const agents = {
  http: new HttpAgent({ keepAlive: false }),
  https: new HttpsAgent({ keepAlive: false }),
};

/** With what `z.request` takes but its types leave out. */
interface ZapierRequestOptions extends HttpRequestOptions {
  readonly signal: AbortSignal;
  readonly throwForThrottlingEarly: boolean;
}

/** As the file lies there: whether it is whole is told by its length. */
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
      ...(request.credential === 'api-key' ? apiKey.header() : {}),
    },
    ...(request.body === undefined ? {} : { body: toJson(request.body) }),
    raw: request.as === 'stream',
    agent: request.url.startsWith('https:') ? agents.https : agents.http,
    // Redirects would take the key along to another origin.
    redirect: 'manual',
    // Every status is an answer to be understood here, 429 too.
    skipThrowForStatus: true,
    throwForThrottlingEarly: false,
    signal,
  };
}

/** `z.request` refuses `{{bundle.…}}`, which may well be a variable in a greeting; escaped, it is the same JSON. */
function toJson(body: object): string {
  return JSON.stringify(body).replaceAll('{{', '\\u007b\\u007b');
}

/** What was asked for raw has a stream in the place of its content. */
function toResponse(response: HttpResponse<unknown> | RawHttpResponse<unknown>): TransportResponse {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: 'body' in response ? response.body : parseBody(response.content),
  };
}

/** node-fetch, below `z.request`, hands on the code of the system; what has none is taken as possibly sent. */
function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
}
