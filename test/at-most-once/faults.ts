import type { Fault } from '../../tools/simulator';

/**
 * Each fault of the simulator, with its effect on a call according to the table in place-call.ts. A new kind of
 * fault begins in tools/simulator/faults.ts and apply-fault.ts.
 */
export interface FaultCase {
  readonly name: string;
  readonly fault: Fault;
  /**
   * `accepted`: the response arrives. `refused`: Dograh or a proxy refuses the request, so nobody is dialed.
   * `lost`: the response does not show whether the call was placed.
   */
  readonly answer: 'accepted' | 'refused' | 'lost';
  /** Whether a request that only reads may be sent again after the fault. */
  readonly passes: boolean;
}

/** The time limit of each request. */
export const TIME_LIMIT_MS = 60_000;
const TOO_SLOW_MS = 2 * TIME_LIMIT_MS;

export function faultCases(elsewhere: string): readonly FaultCase[] {
  return [
    ...(['request', 'answer'] as const).map(
      (delayed): FaultCase => ({
        name: `a late ${delayed}`,
        fault: { kind: 'latency', callPlaced: true, ms: 20, delayed },
        answer: 'accepted',
        passes: true,
      }),
    ),
    {
      name: 'an answer in small pieces',
      fault: { kind: 'slow-body', callPlaced: true, intervalMs: 1, bytesPerChunk: 64 },
      answer: 'accepted',
      passes: true,
    },
    ...[400, 401, 402, 403, 404, 409, 422, 429].map(
      (status): FaultCase => ({
        name: `${status} from Dograh`,
        fault: { kind: 'status', callPlaced: false, status, body: { detail: 'Dograh says no' } },
        answer: 'refused',
        passes: status === 429,
      }),
    ),
    ...[400, 401, 402, 403, 404, 405, 409, 422, 429].map(
      (status): FaultCase => ({
        name: `${status} from a proxy in front of Dograh`,
        fault: { kind: 'status', callPlaced: false, status, body: '<html>No</html>' },
        answer: 'refused',
        passes: status === 429,
      }),
    ),
    ...[408, 418, 425].map(
      (status): FaultCase => ({
        name: `${status}, which Dograh never returns`,
        fault: { kind: 'status', callPlaced: false, status },
        answer: 'lost',
        passes: false,
      }),
    ),
    ...[500, 502, 503, 504].flatMap((status) =>
      [true, false].map(
        (callPlaced): FaultCase => ({
          name: `${status} ${when(callPlaced)}`,
          fault: { kind: 'status', callPlaced, status, body: '<html>Bad Gateway</html>' },
          answer: 'lost',
          passes: true,
        }),
      ),
    ),
    ...(['before-reading', 'after-reading'] as const).map(
      (moment): FaultCase => ({
        name: `a reset ${moment.replace('-', ' ')}`,
        fault: { kind: 'reset', callPlaced: false, moment },
        answer: 'lost',
        passes: true,
      }),
    ),
    {
      name: 'a reset after placing',
      fault: { kind: 'reset', callPlaced: true, moment: 'after-placing' },
      answer: 'lost',
      passes: true,
    },
    {
      name: 'half an answer',
      fault: { kind: 'cut-off', callPlaced: true },
      answer: 'lost',
      passes: true,
    },
    {
      name: 'a web page instead of JSON',
      fault: { kind: 'not-json', callPlaced: true },
      answer: 'lost',
      passes: false,
    },
    {
      name: 'an empty answer',
      fault: { kind: 'not-json', callPlaced: true, body: '' },
      answer: 'lost',
      passes: false,
    },
    ...[null, {}, [], { workflow_run_id: '7' }, { workflow_run_id: -1 }].map(
      (body): FaultCase => ({
        name: `200 with ${JSON.stringify(body)}`,
        fault: { kind: 'off-contract', callPlaced: true, body },
        answer: 'lost',
        passes: false,
      }),
    ),
    {
      name: 'an answer that arrives too slowly for the time limit',
      fault: { kind: 'slow-body', callPlaced: true, intervalMs: TOO_SLOW_MS },
      answer: 'lost',
      passes: true,
    },
    {
      name: 'an answer after the time limit',
      fault: { kind: 'latency', callPlaced: true, ms: TOO_SLOW_MS, delayed: 'answer' },
      answer: 'lost',
      passes: true,
    },
    ...[true, false].map(
      (callPlaced): FaultCase => ({
        name: `silence ${when(callPlaced)}`,
        fault: { kind: 'silence', callPlaced },
        answer: 'lost',
        passes: true,
      }),
    ),
    ...([301, 302, 303, 307, 308] as const).map(
      (status): FaultCase => ({
        name: `${status} to another host`,
        fault: { kind: 'redirect', callPlaced: false, status, location: elsewhere },
        answer: 'lost',
        passes: false,
      }),
    ),
  ];
}

function when(callPlaced: boolean): string {
  return callPlaced ? 'after placing' : 'before placing';
}
