import type { CallInput, RunResult } from '@dograh/shared';
import { inspect } from 'node:util';
import { startOtherOrigin, type OtherOrigin } from '../../tools/support/servers';
import { DrivenClock } from '../support/clocks';
import { createWorld, startSimulator, type Fault, type Simulator } from '../../tools/simulator';
import { timeLimits } from '../support/host-time';
import { faultCases, TIME_LIMIT_MS, type FaultCase } from './faults';
import type { Adapter } from './adapters';
import { actInHost, type ClientOutcome } from './in-host';
import { placeCall } from '../support/place-call';

/**
 * Applies each fault of the simulator to each request of placing a call, through each transport. Each test checks
 * the result for the user, the number of placed calls, and that the key is not in the result.
 */

const NUMBER = '+14155550123';
const LOST: Fault = { kind: 'reset', callPlaced: true, moment: 'after-placing' };
/** Each test replaces it by the URL of a server that listens. */
const ELSEWHERE = 'http://elsewhere.invalid/';
const { leadQualifier } = createWorld().agents;

type Ending = 'accepted' | 'recovered' | 'skipped' | 'refused' | 'unknown';

/** One request of placing a call, to which a fault applies. */
interface Operation {
  readonly name: string;
  readonly input?: Partial<CallInput>;
  /** Runs before the fault is planned. */
  readonly prepare?: (cell: Cell) => unknown;
  readonly on: 'agents' | 'call' | 'runs';
  readonly times: number;
  /** Calls to the number that were placed before. */
  readonly before?: number;
  ending(fault: FaultCase): Ending;
}

interface Cell {
  readonly simulator: Simulator;
  readonly place: (input?: Partial<CallInput>) => Promise<ClientOutcome<RunResult>>;
}

const BY_UUID: Partial<CallInput> = { agent: { by: 'agentUuid', value: leadQualifier.uuid } };
const VARIABLES: Partial<CallInput> = {
  context: { json: { first_name: 'Ann', company: { name: 'Acme' }, email: 'ann@example.com' } },
};
const ROUTES: readonly (readonly [string, Partial<CallInput>])[] = [
  ['an API Trigger', {}],
  ['an API Trigger’s draft', { environment: 'test' }],
  ['an Agent UUID', BY_UUID],
  ['an Agent UUID’s draft', { ...BY_UUID, environment: 'test' }],
];
const ONCE = { callReference: 'lead-42', skipIfCalledWithin: 24 };

const OPERATIONS: readonly Operation[] = [
  ...ROUTES.map(
    ([route, input]): Operation => ({
      name: `the request to call by ${route}`,
      input,
      on: 'call',
      times: 1,
      ending: ({ answer, fault }) => {
        if (answer !== 'lost') return answer;
        return fault.callPlaced ? 'recovered' : 'unknown';
      },
    }),
  ),
  {
    name: 'the request to call, while the list of runs is down',
    on: 'call',
    times: 1,
    prepare: ({ simulator }) => {
      const fault: Fault = { kind: 'status', callPlaced: false, status: 503 };
      simulator.faults.add({ on: 'runs', fault, times: Infinity });
    },
    ending: ({ answer }) => (answer === 'lost' ? 'unknown' : answer),
  },
  {
    name: 'the reading of the agent, every time, if its variables are required by default',
    input: { ...BY_UUID, ...VARIABLES, requireVariables: undefined },
    on: 'agents',
    times: Infinity,
    ending: () => 'accepted',
  },
  {
    name: 'the reading of the agent, every time, if its variables are required',
    input: { ...BY_UUID, ...VARIABLES, requireVariables: true },
    on: 'agents',
    times: Infinity,
    ending: ({ answer }) => (answer === 'accepted' ? 'accepted' : 'refused'),
  },
  {
    name: 'the search for an earlier call, once',
    input: ONCE,
    on: 'runs',
    times: 1,
    before: 1,
    prepare: ({ place }) => place(ONCE),
    ending: ({ passes }) => (passes ? 'skipped' : 'refused'),
  },
  {
    name: 'the search for an earlier call, every time',
    input: ONCE,
    on: 'runs',
    times: Infinity,
    before: 1,
    prepare: ({ place }) => place(ONCE),
    ending: ({ answer }) => (answer === 'accepted' ? 'skipped' : 'refused'),
  },
  {
    name: 'the search for the run of a lost answer, once',
    on: 'runs',
    times: 1,
    prepare: ({ simulator }) => {
      simulator.faults.add({ on: 'call', fault: LOST });
    },
    ending: () => 'recovered',
  },
  {
    name: 'the search for the run of a lost answer, every time',
    on: 'runs',
    times: Infinity,
    prepare: ({ simulator }) => {
      simulator.faults.add({ on: 'call', fault: LOST });
    },
    ending: ({ answer }) => (answer === 'accepted' ? 'recovered' : 'unknown'),
  },
];

export function handlesEveryFault(host: Adapter): void {
  let simulator: Simulator;
  let elsewhere: OtherOrigin;

  beforeAll(async () => {
    simulator = await startSimulator({ callDurationMs: 600_000 });
    // Zapier's core does not notice the end of half an answer, and waits for the rest.
    simulator.onRequest(({ status }) => {
      if (host.name === 'Zapier' && status === 'fault:cut-off') timeLimits.pass();
    });
    elsewhere = await startOtherOrigin();
  });
  beforeEach(() => {
    simulator.reset();
    timeLimits.passWhileWaitingFor(simulator);
  });
  afterAll(async () => {
    await simulator.stop();
    await elsewhere.stop();
  });

  describe.each(OPERATIONS)('$name', (operation) => {
    it.each(
      faultCases(ELSEWHERE).map((fault) => [fault.name, operation.ending(fault), fault] as const),
    )('with %s is %s', async (_name, ending, { fault }) => {
      const place = (input?: Partial<CallInput>): Promise<ClientOutcome<RunResult>> =>
        placeThrough(host, simulator, input);
      await operation.prepare?.({ simulator, place });
      simulator.faults.add({
        on: operation.on,
        fault: fault.kind === 'redirect' ? { ...fault, location: elsewhere.url } : fault,
        times: operation.times,
      });
      const asked = simulator.callRequests.length;
      const outcome = await place(operation.input);

      expect(endingOf(outcome)).toBe(ending);
      const placed = simulator.calls.length - (operation.before ?? 0);
      const requests = simulator.callRequests.length - asked;
      const asks =
        operation.before === undefined && (operation.on !== 'agents' || ending === 'accepted');
      const rang = operation.on === 'call' ? fault.callPlaced : asks && ending !== 'skipped';
      expect({ placed, requests }).toEqual({ placed: rang ? 1 : 0, requests: asks ? 1 : 0 });
      expectTruth(outcome, simulator);
      expect(inspect(outcome, { depth: Infinity, showHidden: true })).not.toContain(
        simulator.world.acme.apiKey,
      );
      expect(elsewhere.received).toEqual([]);
    });
  });
}

function placeThrough(
  host: Adapter,
  { url, world }: Simulator,
  input: Partial<CallInput> = {},
): Promise<ClientOutcome<RunResult>> {
  const setting = {
    apiKey: world.acme.apiKey,
    baseUrl: url,
    clock: new DrivenClock(0, undefined, Date.now()),
    timeoutMs: TIME_LIMIT_MS,
  };
  return actInHost(host, setting, (client) =>
    placeCall(client, {
      agent: { by: 'triggerId', value: leadQualifier.trigger },
      phoneNumber: NUMBER,
      ...input,
    }),
  );
}

function endingOf({ result, error }: ClientOutcome<RunResult>): Ending {
  if (result === undefined) return error?.callPlaced === 'no' ? 'refused' : 'unknown';
  if (result.skipped) return 'skipped';
  return result.recovered ? 'recovered' : 'accepted';
}

/** The result for the user agrees with what happened at Dograh. */
function expectTruth({ result, error }: ClientOutcome<RunResult>, { runs }: Simulator): void {
  const placed = runs.map(({ runId }) => runId);
  if (result !== undefined) expect(placed).toEqual([result.workflow_run_id]);
  if (error !== undefined) {
    expect(error.message).toMatch(/\S/);
    expect(error.hint).toMatch(/\S/);
    expect(error.retryable && error.callPlaced === 'unknown').toBe(false);
  }
}
