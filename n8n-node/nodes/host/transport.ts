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

/** For an execution, a list in the form, or a poll. */
type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** n8n repeats a request after a 401 whose response breaks off. No response has the status 0. */
const NO_REPEAT = { preAuthenticationRetryStatusCode: 0 };

/** Without compression, because the length of the file shows whether it is complete. */
const RAW_FILE: Partial<IHttpRequestOptions> = {
  encoding: 'stream',
  headers: { Accept: '*/*', 'Accept-Encoding': 'identity' },
};

/** Uses n8n's HTTP helper, which applies the proxies of the instance and the credential. */
export function n8nTransport(context: Context): Transport {
  return {
    send: (request) => exchange(request, (signal) => send(context, request, signal), networkCodeOf),
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
          NO_REPEAT,
        )
      : await context.helpers.httpRequest(options);
  return {
    status: response.statusCode,
    headers: lowerCaseNames(response.headers),
    body: response.body,
  };
}

/**
 * n8n's helper for requests with a credential ignores the given signal and uses the execution's cancel signal. The
 * request would then continue after its timeout and could place a call after the search for its run.
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
    ...(request.file === undefined
      ? {}
      : {
          body: Buffer.from(request.file.content),
          headers: { 'Content-Type': request.file.type },
        }),
    ...(request.as === 'stream' ? RAW_FILE : { json: true }),
    returnFullResponse: true,
    ignoreHttpStatusErrors: true,
    // n8n follows redirects and sends the credential's header to the other host.
    disableFollowRedirect: true,
    timeout: request.timeoutMs,
    abortSignal,
  };
}

function lowerCaseNames(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

function networkCodeOf(thrown: unknown): unknown {
  const chain = causes(thrown);
  const blocked = chain.find((cause) => cause.name?.startsWith('SsrfBlocked'));
  // An n8n that blocks private networks refuses the request before it connects.
  if (blocked?.name !== undefined) throw new TransportError('invalid-request', 'no', blocked.name);
  return chain.find((cause) => cause.code !== undefined)?.code;
}

interface Cause {
  readonly name?: string;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/** n8n wraps the error of the HTTP library, which may wrap a system error. */
function causes(thrown: unknown, depth = 3): Cause[] {
  if (typeof thrown !== 'object' || thrown === null || depth === 0) return [];
  return [thrown, ...causes((thrown as Cause).cause, depth - 1)];
}
