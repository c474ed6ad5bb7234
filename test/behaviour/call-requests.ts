import type { Simulator } from '../../tools/simulator';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Returns the body without the request ID in its context. @throws Error if there is no request ID */
export function askedIn(request: { readonly body?: unknown } | undefined): Record<string, unknown> {
  const body = { ...(request?.body as Record<string, unknown>) };
  const { call_request_id: id, ...context } = body['initial_context'] as Record<string, unknown>;
  if (typeof id !== 'string' || !UUID.test(id)) throw new Error(`no ID but ${String(id)}`);
  delete body['initial_context'];
  return Object.keys(context).length === 0 ? body : { ...body, initial_context: context };
}

/** Makes Dograh's list of runs fail, so that the run of a lost answer cannot be found. */
export function hideRuns(simulator: Simulator): void {
  simulator.faults.add({
    on: 'runs',
    fault: { kind: 'status', callPlaced: false, status: 503 },
    times: Infinity,
  });
}
