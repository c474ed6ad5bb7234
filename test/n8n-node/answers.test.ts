import { startSimulator, type Fault, type Simulator } from '../../tools/simulator';
import { agentBy, callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeOutcome, type NodeRun } from '../../tools/hosts/n8n/engine';
import { shownBy } from '../../tools/hosts/n8n/host';
import { hideRuns } from '../behaviour/call-requests';
import { hurryWaits } from '../support/host-time';

hurryWaits();

interface Refusal {
  readonly status: number;
  /** The text in Dograh's response. */
  readonly words: string;
  readonly advice: RegExp;
  /** Causes the refusal. */
  readonly given: (simulator: Simulator) => Partial<NodeRun>;
}

const REFUSALS: readonly Refusal[] = [
  {
    status: 400,
    words: "Invalid 'To' Phone Number: +14155550199",
    advice: /Check the telephony/,
    given: () => ({ parameters: callForm({ phoneNumber: '+14155550199' }) }),
  },
  {
    status: 401,
    words: 'Invalid API key',
    advice: /Check the key under API Keys/,
    given: ({ url }) => ({ credentials: { apiKey: 'dg_wrong', baseUrl: url } }),
  },
  {
    status: 402,
    words: 'Out of credit',
    advice: /Add credit/,
    given: ({ world }) => {
      world.acme.quotaExhausted = 'Out of credit';
      return {};
    },
  },
  {
    status: 403,
    words: 'Access denied',
    advice: /another organization/,
    given: ({ world }) => callWith(world.agents.globexSurvey.trigger),
  },
  {
    status: 404,
    words: 'Agent is not active',
    advice: /must be active/,
    given: ({ world }) => callWith(world.agents.archived.trigger),
  },
  {
    status: 409,
    words: 'Agent has no execution owner',
    advice: /publish/,
    given: ({ world }) => callWith(world.agents.withoutOwner.trigger),
  },
  {
    status: 422,
    words: 'phone_number: String too long',
    advice: /Correct the fields/,
    given: (simulator) =>
      answering(simulator, 422, [{ loc: ['body', 'phone_number'], msg: 'String too long' }]),
  },
  {
    status: 429,
    words: 'Concurrent call limit reached',
    advice: /Try again when a running call has ended/,
    given: ({ world }) => {
      world.acme.concurrentCallLimit = 0;
      return { parameters: callForm({ options: { onConcurrencyLimit: 'fail' } }) };
    },
  },
  {
    status: 500,
    words: 'answered 500.',
    advice: /Before you send it again/,
    given: (simulator) => answering(simulator, 500, 'Database is down'),
  },
];

const UNCLEAR: readonly (readonly [string, Fault])[] = [
  ['a 500', { kind: 'status', callPlaced: true, status: 500, body: { detail: 'Oops' } }],
  [
    'a 502 from a proxy',
    { kind: 'status', callPlaced: true, status: 502, body: '<html>Bad</html>' },
  ],
  ['a connection reset', { kind: 'reset', callPlaced: true, moment: 'after-placing' }],
  ['an incomplete response', { kind: 'cut-off', callPlaced: true }],
  ['a response that is not JSON', { kind: 'not-json', callPlaced: true }],
  ['JSON of another shape', { kind: 'off-contract', callPlaced: true, body: { ok: true } }],
];

describe('what n8n shows after a response from Dograh', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(() => simulator.stop());

  const run = (node: Partial<NodeRun> = {}): Promise<NodeOutcome> =>
    runDograhNode({ parameters: callForm(), credentials: credentialsFor(simulator), ...node });

  it.each(REFUSALS)(
    'says what Dograh answered, and what to do, after a $status',
    async ({ status, words, advice, given }) => {
      const { error } = await run(given(simulator));

      expect(error).toMatchObject({
        name: 'NodeApiError',
        httpCode: String(status),
        message: expect.stringContaining(words) as unknown,
        description: expect.stringMatching(advice) as unknown,
        context: { itemIndex: 0 },
      });
      expect(simulator.calls).toHaveLength(0);
    },
  );

  it.each(UNCLEAR)('says that a phone may be ringing, after %s', async (_what, fault) => {
    simulator.faults.add({ on: 'call', fault });
    hideRuns(simulator);
    const outcome = await run();

    expect(shownBy(outcome)).toMatch(/It is not known whether \+14155550123 is being called/);
    expect(shownBy(outcome)).toMatch(/look in the Dograh dashboard/);
    expect(simulator.calls).toHaveLength(1);
  });

  it('says that no number was dialed if Dograh is not reachable', async () => {
    const outcome = await run({ credentials: { apiKey: 'dg_key', baseUrl: 'http://127.0.0.1:9' } });

    expect(shownBy(outcome)).toMatch(/127\.0\.0\.1:9 refused the connection \(ECONNREFUSED\)/);
    expect(shownBy(outcome)).toMatch(/This number was not dialed/);
  });

  it('includes whether a later retry can help, but never after an unclear call', async () => {
    const atOnce = callForm({ options: { onConcurrencyLimit: 'fail' } });
    const causeAfter = async (status: number): Promise<unknown> =>
      (await run({ ...answering(simulator, status, 'x'), parameters: atOnce })).error;

    expect(await causeAfter(429)).toHaveProperty('failure.cause', 'rate-limited');
    expect(await causeAfter(402)).toHaveProperty('failure.cause', 'quota-exhausted');
    expect(await causeAfter(401)).toHaveProperty('failure.cause', 'credential-invalid');
    expect(await causeAfter(404)).toHaveProperty('failure.cause', 'configuration-invalid');
    expect(await causeAfter(503)).not.toHaveProperty('failure.cause');
  });
});

function callWith(trigger: string): Partial<NodeRun> {
  return { parameters: callForm({ agent: agentBy('triggerId', trigger) }) };
}

function answering(simulator: Simulator, status: number, detail: unknown): Partial<NodeRun> {
  simulator.faults.add({
    on: 'call',
    fault: { kind: 'status', callPlaced: false, status, body: { detail } },
  });
  return {};
}
