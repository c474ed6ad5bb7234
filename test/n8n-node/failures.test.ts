import { startSimulator, type Simulator } from '../../tools/simulator';
import { agentBy, callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeOutcome, type NodeRun } from '../../tools/hosts/n8n/engine';

const GOOD = '+14155550123';
const BAD = '+1415';

describe('a failed call in n8n', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(() => simulator.stop());

  const run = (node: Partial<NodeRun>): Promise<NodeOutcome> =>
    runDograhNode({
      parameters: callForm({ phoneNumber: '={{ $json.phone }}' }),
      credentials: credentialsFor(simulator),
      items: [{ phone: GOOD }],
      ...node,
    });
  const runPhones = (phones: readonly string[], settings: NodeRun['settings'] = {}) =>
    run({ items: phones.map((phone) => ({ phone })), settings });
  const runIds = (): number[] => simulator.calls.map(({ runId }) => runId);

  describe('whose hint names an option', () => {
    it.each([
      ['to add', { phoneNumber: '030 123456' }, /Or add the option Default Country\./],
      [
        'to add, with an example',
        { options: { skipIfCalledWithin: 24 } },
        /^Add the option Call Reference, e\.g\. with the ID/,
      ],
      [
        'to set',
        { phoneNumber: 'sip:ann@example.com' },
        /add the option Number Format and set it to Any Destination\./,
      ],
      [
        'that is already added',
        {
          agent: agentBy('triggerId', 'lead-qualifier'),
          contextMode: 'pairs',
          options: { requireVariables: true },
        },
        /or turn off the option Require Variables\./,
      ],
      [
        'to remove',
        { options: { greeting: { values: { type: 'text', text: '' } } } },
        /or remove the option Greeting to use/,
      ],
    ])('says that it is an option %s', async (_what, fields, hint) => {
      const { error } = await run({ parameters: callForm(fields) });

      expect(error?.description).toMatch(hint);
    });

    it('says that a filter is a filter', async () => {
      const { error } = await run({
        parameters: {
          resource: 'run',
          operation: 'getAll',
          filters: { phoneNumber: '030 123456' },
        },
      });

      expect(error?.description).toMatch(/Or add the filter Default Country\./);
    });

    it('does not take an Agent UUID for the filter Agent', async () => {
      const { error } = await run({
        parameters: {
          resource: 'run',
          operation: 'getAll',
          filters: { agent: agentBy('agentUuid', '42') },
        },
      });

      expect(error?.description).toMatch(/An Agent UUID looks like/);
    });

    it.each(['My Phone Number: +49 30 123456', 'Phone Number: +49 30 123456'])(
      'does not change a quoted value that contains the name of a filter: %s',
      async (phoneNumber) => {
        const { error } = await run({
          parameters: { resource: 'run', operation: 'getAll', filters: { phoneNumber } },
        });

        expect(error?.description).toMatch(
          /^Remove "(My )?Phone Number:" and keep only the number/,
        );
      },
    );

    it('does not change a user’s value that looks like an option', async () => {
      const { error } = await run({
        parameters: callForm({ contextPairs: { pair: [{ name: 'Greeting..day', value: '1' }] } }),
      });

      expect(error?.description).toMatch(/^Name it "Greeting\.day"/);
    });

    it('says so also when the node continues', async () => {
      const { outputs } = await run({
        parameters: callForm({ phoneNumber: '030 123456' }),
        settings: { onError: 'continueRegularOutput' },
      });

      expect(outputs[0]?.[0]?.json['details']).toMatchObject({
        hint: expect.stringContaining('Or add the option Default Country.') as unknown,
      });
    });
  });

  describe('when the node stops', () => {
    it('names the item and the runs that are already placed', async () => {
      const outcome = await runPhones([GOOD, GOOD, BAD, GOOD]);

      expect(outcome.status).toBe('error');
      expect(outcome.error).toMatchObject({
        name: 'NodeOperationError',
        message: expect.stringMatching(/"\+1415" is too short/) as unknown,
        context: { itemIndex: 2 },
      });
      const [first, second] = runIds();
      expect(outcome.error?.description).toContain(
        `Calls already placed: run ${String(first)} for item 0, run ${String(second)} for item 1.`,
      );
      expect(simulator.calls).toHaveLength(2);
    });

    it('does not mention placed runs if there are none', async () => {
      const { error } = await runPhones([BAD]);

      expect(error?.description).toMatch(/^Write it in international form/);
      expect(error?.description).not.toMatch(/Already placed/);
    });

    it.each([
      [500, undefined],
      [503, { cause: 'temporarily-unavailable' }],
    ])('records after a read with %i the cause %p', async (status, failure) => {
      const fault = { kind: 'status', callPlaced: false, status } as const;
      simulator.faults.add({ on: 'runs', fault, times: Infinity });
      const options = { callReference: 'lead-7', skipIfCalledWithin: 24 };
      const { error } = await run({ parameters: callForm({ options, phoneNumber: GOOD }) });

      expect(error).toMatchObject({ name: 'NodeApiError', httpCode: String(status) });
      expect(error && 'failure' in error ? error.failure : undefined).toEqual(failure);
      expect(simulator.callRequests).toEqual([]);
    });

    it('also names the placed runs if an expression cannot be evaluated', async () => {
      const outcome = await run({
        parameters: callForm({
          phoneNumber: '={{ $json.phone.includes("x") ? $("Nowhere").item : $json.phone }}',
        }),
        items: [{ phone: GOOD }, { phone: 'x' }],
      });

      expect(outcome.error).toMatchObject({
        name: 'NodeOperationError',
        message: "Referenced node doesn't exist",
        context: { itemIndex: 1 },
        description: expect.stringContaining(`run ${String(runIds()[0])} for item 0`) as unknown,
      });
    });
  });

  describe('when the node continues', () => {
    it('outputs the failed item in its position, with the details of the error', async () => {
      const { status, outputs } = await runPhones([GOOD, BAD, GOOD], {
        onError: 'continueRegularOutput',
      });

      expect(status).toBe('success');
      expect(outputs).toHaveLength(1);
      expect(outputs[0]).toEqual([
        expect.objectContaining({
          json: expect.objectContaining({ workflow_run_id: runIds()[0] }) as unknown,
          pairedItem: { item: 0 },
        }),
        {
          json: {
            error: 'Phone Number "+1415" is too short.',
            details: {
              kind: 'InvalidInput',
              message: 'Phone Number "+1415" is too short.',
              hint: expect.stringMatching(/international form/) as unknown,
              callPlaced: 'no',
              retryable: false,
            },
          },
          pairedItem: { item: 1 },
        },
        expect.objectContaining({
          json: expect.objectContaining({ workflow_run_id: runIds()[1] }) as unknown,
          pairedItem: { item: 2 },
        }),
      ]);
    });

    it('sends the failed item to the error output, with its input fields', async () => {
      const { outputs } = await run({
        items: [
          { phone: GOOD, crm_id: 'a' },
          { phone: BAD, crm_id: 'b' },
        ],
        settings: { onError: 'continueErrorOutput' },
      });

      const [successes = [], failures = []] = outputs;
      expect(successes.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
      expect(failures).toEqual([
        {
          json: {
            phone: BAD,
            crm_id: 'b',
            error: expect.stringMatching(/too short/) as unknown,
            details: expect.objectContaining({ kind: 'InvalidInput', callPlaced: 'no' }) as unknown,
          },
          pairedItem: { item: 1 },
        },
      ]);
    });

    it('separates Dograh’s status and text from our own', async () => {
      simulator.world.acme.quotaExhausted = 'Monthly minutes used up';
      const { outputs } = await runPhones([GOOD], { onError: 'continueRegularOutput' });

      expect(outputs[0]?.[0]?.json['details']).toMatchObject({
        kind: 'QuotaExceeded',
        status: 402,
        detail: 'Monthly minutes used up',
        callPlaced: 'no',
      });
    });

    it('outputs the reason for each item if the credential is invalid', async () => {
      const { outputs } = await run({
        credentials: { apiKey: '', baseUrl: simulator.url },
        items: [{ phone: GOOD }, { phone: GOOD }],
        settings: { onError: 'continueRegularOutput' },
      });

      expect(outputs[0]?.map(({ json }) => json['error'])).toEqual([
        'API Key is empty.',
        'API Key is empty.',
      ]);
      expect(simulator.requests).toHaveLength(0);
    });

    it('outputs an item with an invalid expression in its position, too', async () => {
      const { outputs } = await run({
        parameters: callForm({ phoneNumber: '={{ $("Nowhere").item.json.phone }}' }),
        settings: { onError: 'continueRegularOutput' },
      });

      expect(outputs[0]?.[0]?.json).toMatchObject({
        error: "Referenced node doesn't exist",
        details: { kind: 'InvalidInput', callPlaced: 'no' },
      });
    });
  });
});
