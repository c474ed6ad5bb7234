import type { Simulator } from './index';

/** A request to place a call. Each value that is left out has a default that works. */
export interface TestCall {
  /** The identifier. `test/`, `workflow/` or `test/workflow/` before it choose the other routes. */
  route?: string;
  apiKey?: string | null;
  body?: unknown;
  contentType?: string;
  redirect?: 'manual' | 'follow';
  signal?: AbortSignal;
}

export const aNumber = '+14155550150';

/** Sends a call to the simulator with fetch. A text body is sent unchanged. */
export function post(simulator: Simulator, call: TestCall = {}): Promise<Response> {
  const { apiKey = simulator.world.acme.apiKey, body = { phone_number: aNumber } } = call;
  const route = call.route ?? simulator.world.agents.appointmentReminder.trigger;
  return fetch(`${simulator.url}/api/v1/public/agent/${route}`, {
    method: 'POST',
    headers: {
      'content-type': call.contentType ?? 'application/json',
      ...(apiKey === null ? {} : { 'x-api-key': apiKey }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    redirect: call.redirect ?? 'follow',
    signal: call.signal ?? AbortSignal.timeout(5000),
  });
}

/** Returns status and parsed body, so that a test compares both at once. */
export async function answerTo(
  simulator: Simulator,
  call: TestCall = {},
): Promise<{ status: number; body: unknown }> {
  const response = await post(simulator, call);
  return { status: response.status, body: await response.json() };
}

/** Reads a path below `/api/v1`, by default with Acme's key. If the key is null, the request has none. */
export async function answerAt(
  simulator: Simulator,
  path: string,
  apiKey: string | null = simulator.world.acme.apiKey,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${simulator.url}/api/v1${path}`, {
    headers: apiKey === null ? {} : { 'x-api-key': apiKey },
    signal: AbortSignal.timeout(5000),
  });
  return { status: response.status, body: await response.json() };
}

/** Reads the list of runs. If the key is null, the request has none. */
export function getRuns(
  simulator: Simulator,
  query: Record<string, string> = {},
  apiKey: string | null = simulator.world.acme.apiKey,
): Promise<Response> {
  const search = new URLSearchParams(query).toString();
  return fetch(`${simulator.url}/api/v1/organizations/usage/runs?${search}`, {
    headers: apiKey === null ? {} : { 'x-api-key': apiKey },
    signal: AbortSignal.timeout(5000),
  });
}

/** Returns the code or name of the error of a request, or its response. */
export async function failureOf(request: Promise<Response>): Promise<string> {
  try {
    const response = await request;
    return `answered ${String(response.status)} ${await response.text()}`;
  } catch (error) {
    // No instanceof, because fetch's errors have classes of another realm than Jest's.
    const { name, cause } = error as { name: string; cause?: { code?: string } };
    return cause?.code ?? name;
  }
}

/** Returns the parts of a response body as they arrive, and the error that ended it early. */
export async function piecesOf(
  response: Response,
): Promise<{ pieces: string[]; failure: string | undefined }> {
  const pieces: string[] = [];
  const decoder = new TextDecoder();
  try {
    for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      pieces.push(decoder.decode(piece, { stream: true }));
    }
    return { pieces, failure: undefined };
  } catch (error) {
    return { pieces, failure: String(error) };
  }
}

/** Resolves when the simulator has read its first request completely. */
export async function firstRequestRead(simulator: Simulator): Promise<void> {
  while (simulator.requests[0]?.body === undefined) await new Promise(setImmediate);
}
