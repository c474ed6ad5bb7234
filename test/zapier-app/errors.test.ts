import { hideRuns } from '../behaviour/call-requests';
import { hurryWaits } from '../support/host-time';
import { closedPort } from '../../tools/support/servers';
import { startSimulator, type Fault, type Simulator, type World } from '../../tools/simulator';
import { partsOf, sentenceOf } from '../../tools/hosts/zapier/host';
import { errorOf, runStep, type Step } from '../../tools/hosts/zapier/step';

hurryWaits();
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  simulator.reset();
});
afterAll(() => simulator.stop());

interface Refusal {
  readonly status: number;
  readonly kind: string;
  /** Dograh's own explanation. */
  readonly detail: string;
  readonly change?: (world: World) => void;
  readonly step?: (world: World) => Step['inputData'];
  readonly fault?: Fault;
}

const REFUSALS: readonly Refusal[] = [
  {
    status: 400,
    kind: 'Telephony',
    detail: "Invalid 'To' Phone Number: +14155550199",
    step: (world) => ({ phone_number: world.unreachableNumbers[0] }),
  },
  {
    status: 402,
    kind: 'QuotaExceeded',
    detail: 'No credits left this month',
    change: (world) => {
      world.acme.quotaExhausted = 'No credits left this month';
    },
  },
  {
    status: 403,
    kind: 'PermissionDenied',
    detail: 'Access denied',
    step: (world) => ({ api_trigger: world.agents.globexSurvey.trigger }),
  },
  {
    status: 404,
    kind: 'NotFound',
    detail: 'Agent trigger not found',
    step: () => ({ api_trigger: 'no-such-trigger' }),
  },
  {
    status: 409,
    kind: 'PermissionDenied',
    detail: 'Agent has no execution owner',
    step: (world) => ({ api_trigger: world.agents.withoutOwner.trigger }),
  },
  {
    status: 422,
    kind: 'InvalidInput',
    detail: 'phone_number: Field required',
    fault: {
      kind: 'status',
      callPlaced: false,
      status: 422,
      body: { detail: [{ loc: ['body', 'phone_number'], msg: 'Field required', type: 'missing' }] },
    },
  },
];

describe('a call that Dograh refuses', () => {
  it.each(REFUSALS)(
    'with $status fails the step with an error that quotes Dograh ($kind)',
    async ({ status, kind, detail, change, step, fault }) => {
      change?.(simulator.world);
      if (fault !== undefined) simulator.faults.add({ on: 'call', fault });
      const error = errorOf(await runStep(simulator, { inputData: step?.(simulator.world) ?? {} }));

      expect(error.name).toBe('AppError');
      expect(partsOf(error)).toEqual({ message: expect.any(String), code: kind, status });
      expect(sentenceOf(error)).toContain(detail);
      expect(simulator.requests).toHaveLength(1);
    },
  );

  it('names the agent if Require Variables has read it', async () => {
    const agent = simulator.world.agents.leadQualifier.uuid;
    const body = { detail: 'Workflow is not active' };
    simulator.faults.add({
      on: 'call',
      fault: { kind: 'status', callPlaced: false, status: 404, body },
    });
    const inputData = {
      agent,
      api_trigger: '',
      require_variables: 'yes',
      context: { first_name: 'Ann', 'company.name': 'Acme', email: 'ann@example.com' },
    };

    expect(sentenceOf(errorOf(await runStep(simulator, { inputData })))).toMatch(
      /^Dograh cannot call with the agent "Lead Qualifier": Agent is not active\./,
    );
  });

  it('with 401 makes Zapier ask to reconnect', async () => {
    const error = errorOf(await runStep(simulator, { authData: { api_key: 'dg_revoked_key' } }));

    expect(error.name).toBe('ExpiredAuthError');
    expect(error.message).toMatch(/^Dograh does not accept the API key: Invalid API key\. Check/);
    expect(error.message).not.toContain('What happened');
  });

  it('with 429 is retried by Zapier after a minute', async () => {
    simulator.world.acme.concurrentCallLimit = 0;
    const error = errorOf(await runStep(simulator));

    expect(error.name).toBe('ThrottledError');
    expect(partsOf(error)).toEqual({
      message: expect.stringContaining('Concurrent call limit reached'),
      delay: 60,
    });
    expect(simulator.requests).toHaveLength(1);
  });
});

/** Before the call, the step searches for an earlier one. */
describe('a failed search for an earlier call', () => {
  it.each([
    [500, 'AppError'],
    [429, 'ThrottledError'],
    [502, 'ThrottledError'],
    [503, 'ThrottledError'],
    [504, 'ThrottledError'],
  ])('with %i ends the step with %s, and no call is placed', async (status, name) => {
    const fault = { kind: 'status', callPlaced: false, status } as const;
    simulator.faults.add({ on: 'runs', fault, times: Infinity });
    const inputData = { call_reference: 'lead-7', skip_if_called_within: '24' };
    const error = errorOf(await runStep(simulator, { inputData }));

    expect(error.name).toBe(name);
    expect(simulator.callRequests).toEqual([]);
  });
});

describe('a call whose request was not sent', () => {
  it('is retried by Zapier after a minute', async () => {
    const error = errorOf(await runStep(simulator, { authData: { base_url: await closedPort() } }));

    expect(error.name).toBe('ThrottledError');
    expect(sentenceOf(error)).toMatch(
      /127\.0\.0\.1\S* refused the connection.*This number was not dialed/,
    );
  });
});

/** Zapier's Autoreplay runs failed steps again, but never halted ones. */
describe('a call that may have been placed', () => {
  it.each<[string, Fault]>([
    ['a 500', { kind: 'status', callPlaced: true, status: 500, body: { detail: 'Oh no' } }],
    ['a 502 from a proxy', { kind: 'status', callPlaced: false, status: 502, body: '<html>' }],
    ['a reset before an answer', { kind: 'reset', callPlaced: true, moment: 'after-placing' }],
    ['a reset before reading', { kind: 'reset', callPlaced: false, moment: 'before-reading' }],
    ['an answer that is not JSON', { kind: 'not-json', callPlaced: true }],
    ['an answer of another shape', { kind: 'off-contract', callPlaced: true, body: { ok: 1 } }],
    [
      'a redirect',
      { kind: 'redirect', callPlaced: false, status: 307, location: 'https://elsewhere.example/' },
    ],
  ])('halts the run and is sent once after %s', async (_name, fault) => {
    simulator.faults.add({ on: 'call', fault, times: Infinity });
    hideRuns(simulator);
    const error = errorOf(await runStep(simulator));

    expect(error.name).toBe('HaltedError');
    expect(error.message).toMatch(/^It is not known whether \+14155550123 is being called/);
    expect(error.message).toMatch(/look in the Dograh dashboard/);
    expect(simulator.callRequests).toHaveLength(1);
    expect(simulator.calls).toHaveLength(fault.callPlaced ? 1 : 0);
  });

  it('quotes Dograh’s explanation', async () => {
    const fault: Fault = {
      kind: 'status',
      callPlaced: false,
      status: 418,
      body: { detail: 'Ouch' },
    };
    simulator.faults.add({ on: 'call', fault });

    expect(errorOf(await runStep(simulator)).message).toContain('418: Ouch');
  });
});
