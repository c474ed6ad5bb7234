import type { Simulator } from './index';

/** A request to place a call, as far as a test cares; the rest is a call that works. */
export interface TestCall {
  /** `test/`, `workflow/` or `test/workflow/` before the identifier pick the other routes. */
  route?: string;
  apiKey?: string | null;
  body?: unknown;
  contentType?: string;
  redirect?: 'manual' | 'follow';
  signal?: AbortSignal;
}

export const aNumber = '+14155550150';

/** Sends a call to the simulator with nothing but fetch. Text bodies go out as they are. */
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

/** Status and parsed body in one value, to compare both at once. */
export async function answerTo(
  simulator: Simulator,
  call: TestCall = {},
): Promise<{ status: number; body: unknown }> {
  const response = await post(simulator, call);
  return { status: response.status, body: await response.json() };
}

/** What a path below `/api/v1` answers, with a key of acme's unless given; a key of null sends none. */
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

/** Asks for the list of runs; a key of null sends none. */
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

/** The code or name of the error that a request ends with, or what it answered. */
export async function failureOf(request: Promise<Response>): Promise<string> {
  try {
    const response = await request;
    return `answered ${String(response.status)} ${await response.text()}`;
  } catch (error) {
    // No instanceof: fetch's errors come from outside of jest's realm.
    const { name, cause } = error as { name: string; cause?: { code?: string } };
    return cause?.code ?? name;
  }
}

/** The parts of an answer's body as they arrive, and what ended it early, if anything did. */
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

/** Resolves when the simulator has read its first request to the end. */
export async function firstRequestRead(simulator: Simulator): Promise<void> {
  while (simulator.requests[0]?.body === undefined) await new Promise(setImmediate);
}
