import {
  exchange,
  TransportError,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '@dograh/shared';
import type {
  IExecuteFunctions,
  IHttpRequestOptions,
  ILoadOptionsFunctions,
  IN8nHttpFullResponse,
  IPollFunctions,
} from 'n8n-workflow';

/** While a workflow runs, while it waits for its start, or while somebody fills in the form. */
type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Where the answer to a 401 breaks off, n8n would log in anew and repeat the request: no status is that one. */
const SENT_ONCE = { preAuthenticationRetryStatusCode: 0 };

/** As the file lies there: whether it is whole is told by its length. */
const RAW: Partial<IHttpRequestOptions> = {
  encoding: 'stream',
  headers: { Accept: '*/*', 'Accept-Encoding': 'identity' },
};

/** The transport over n8n's own HTTP helper, which brings the instance's proxies and the credential. */
export function n8nTransport(context: Context): Transport {
  return {
    send: (request) => exchange(request, (signal) => send(context, request, signal), codeOf),
  };
}

async function send(
  context: Context,
  request: TransportRequest,
  signal: AbortSignal,
): Promise<TransportResponse> {
  const options = toOptions(request, signal);
  const response: IN8nHttpFullResponse =
    request.credential === 'api-key'
      ? await context.helpers.httpRequestWithAuthentication.call(
          withSignal(context, signal),
          'dograhApi',
          options,
          SENT_ONCE,
        )
      : await context.helpers.httpRequest(options);
  return {
    status: response.statusCode,
    headers: lowerCased(response.headers),
    body: response.body,
  };
}

/**
 * n8n's helper for requests with a credential puts the execution's cancel signal in place of the one that it is
 * given; then a request would go on, and a phone ring, after the time limit was over and its run searched for.
 */
function withSignal(context: Context, signal: AbortSignal): IExecuteFunctions {
  const getExecutionCancelSignal = (): AbortSignal => signal;
  return Object.create(context, {
    getExecutionCancelSignal: { value: getExecutionCancelSignal },
  }) as IExecuteFunctions;
}

function toOptions(request: TransportRequest, abortSignal: AbortSignal): IHttpRequestOptions {
  return {
    method: request.method,
    url: request.url,
    ...(request.body === undefined
      ? {}
      : { body: request.body, headers: { 'Content-Type': 'application/json' } }),
    ...(request.as === 'stream' ? RAW : { json: true }),
    returnFullResponse: true,
    ignoreHttpStatusErrors: true,
    // n8n follows redirects, and takes the credential's header along to whatever host they name.
    disableFollowRedirect: true,
    timeout: request.timeoutMs,
    abortSignal,
  };
}

function lowerCased(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

function codeOf(thrown: unknown): unknown {
  const chain = causes(thrown);
  const blocked = chain.find((cause) => cause.name?.startsWith('SsrfBlocked'));
  // An n8n that is told to keep out of private networks refuses before it connects.
  if (blocked?.name !== undefined) throw new TransportError('invalid-request', 'no', blocked.name);
  return chain.find((cause) => cause.code !== undefined)?.code;
}

interface Cause {
  readonly name?: string;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/** n8n wraps what the HTTP library threw, which may wrap what the system said. */
function causes(thrown: unknown, depth = 3): Cause[] {
  if (typeof thrown !== 'object' || thrown === null || depth === 0) return [];
  return [thrown, ...causes((thrown as Cause).cause, depth - 1)];
}
