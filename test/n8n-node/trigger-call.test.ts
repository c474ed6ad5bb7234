import { askedIn } from '../behaviour/call-requests';
import { startSimulator, type Simulator } from '../../tools/simulator';
import {
  agentBy,
  callForm,
  credentialsFor,
  mapping,
  variables,
} from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeOutcome, type NodeRun } from '../../tools/hosts/n8n/engine';

describe('Trigger Call in n8n', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
  });
  afterAll(() => simulator.stop());

  const run = (node: Partial<NodeRun>): Promise<NodeOutcome> =>
    runDograhNode({ parameters: callForm(), credentials: credentialsFor(simulator), ...node });
  const sentBodies = (): unknown[] => simulator.requests.map(askedIn);

  it('places one call per item with its fields, and pairs results with items', async () => {
    const phones = ['+14155550121', '+14155550122', '+14155550123', '+14155550124'];
    const outcome = await run({
      parameters: callForm({
        phoneNumber: '={{ $json.phone }}',
        contextPairs: variables({ name: 'position', value: '={{ $itemIndex }}' }),
      }),
      items: phones.map((phone) => ({ phone })),
    });

    expect(outcome.status).toBe('success');
    expect(simulator.calls.map(({ phoneNumber }) => phoneNumber)).toEqual(phones);
    expect(outcome.outputs).toEqual([
      phones.map((phone, item) => ({
        json: expect.objectContaining({
          workflow_run_id: simulator.calls[item]?.runId,
          phone_number: phone,
          initial_context: { position: item },
        }) as unknown,
        pairedItem: { item },
      })),
    ]);
  });

  it('outputs the complete result with the same keys every time', async () => {
    const { outputs } = await run({});

    expect(outputs[0]?.[0]?.json).toEqual({
      workflow_run_id: simulator.calls[0]?.runId,
      workflow_run_name: simulator.calls[0]?.runName,
      workflow_id: null,
      agent_name: null,
      status: 'initiated',
      outcome: null,
      disposition: null,
      phone_number: '+14155550123',
      duration_seconds: null,
      started_at: null,
      gathered_context: null,
      initial_context: {},
      recording_url: null,
      transcript_url: null,
      transcript: null,
      cost: null,
      environment: 'production',
      run_url: null,
      recovered: false,
      skipped: false,
      skip_reason: null,
      callable_at: null,
      notes: [],
      mode: null,
      channel: 'telephony',
      caller_number: null,
      usage_info: null,
      annotations: null,
    });
  });

  it('sends only the required fields if all options have their defaults', async () => {
    await run({
      parameters: callForm({ options: { telephonyConfigurationId: 0, fromPhoneNumberId: 0 } }),
    });

    expect(sentBodies()).toEqual([{ phone_number: '+14155550123' }]);
  });

  it.each([
    ['triggerId', 'production', '/api/v1/public/agent/lead-qualifier'],
    ['triggerId', 'test', '/api/v1/public/agent/test/lead-qualifier'],
    ['agentUuid', 'production', '/api/v1/public/agent/workflow/UUID'],
    ['agentUuid', 'test', '/api/v1/public/agent/test/workflow/UUID'],
  ] as const)('calls an agent by %s in %s at %s', async (mode, environment, path) => {
    const { uuid } = simulator.world.agents.leadQualifier;
    const value = mode === 'agentUuid' ? uuid : 'lead-qualifier';
    await run({ parameters: callForm({ agent: agentBy(mode, value), environment }) });

    expect(simulator.requests.map((request) => request.path)).toEqual([path.replace('UUID', uuid)]);
    expect(simulator.calls).toHaveLength(1);
  });

  it('accepts a pasted API Trigger URL', async () => {
    const pasted = ` ${simulator.url}/api/v1/public/agent/lead-qualifier `;
    await run({ parameters: callForm({ agent: agentBy('triggerUrl', pasted) }) });

    expect(simulator.calls).toHaveLength(1);
  });

  it('uses a different agent for each item if the field is an expression', async () => {
    const { deliveryUpdate, leadQualifier } = simulator.world.agents;
    await run({
      parameters: callForm({ agent: agentBy('triggerId', '={{ $json.agent }}') }),
      items: [{ agent: leadQualifier.trigger }, { agent: deliveryUpdate.trigger }],
    });

    expect(simulator.calls.map(({ agentUuid }) => agentUuid)).toEqual([
      leadQualifier.uuid,
      deliveryUpdate.uuid,
    ]);
  });

  it.each([
    ['Agent', { agent: agentBy('triggerId', '={{ $json.trigger }}') }],
    ['Agent Version', { environment: '={{ $json.environment }}' }],
    ['Phone Number', { phoneNumber: '={{ $json.phone }}' }],
    [
      'one of the variables',
      { contextPairs: variables({ name: 'a', value: '={{ $json.text }}' }) },
    ],
    ['the JSON', { contextMode: 'json', contextJson: '={{ { a: $json.text } }}' }],
    [
      'Agent Variables (Initial Context)',
      { contextMode: '={{ $json.mode }}', contextJson: '{"a":"Ann"}' },
    ],
    [
      'a mapped variable',
      {
        contextMode: 'mapped',
        ...mapping('defineBelow', {
          first_name: '={{ $json.text }}',
          customer_name: '={{ $json.text }}',
        }),
      },
    ],
    ['a text with fixed parts', { options: { callReference: '=lead-{{ $json.text }}' } }],
    [
      'an option next to fixed options',
      { options: { defaultCountry: 'US', callReference: '={{ $json.text }}' } },
    ],
    [
      'a nested value of an option',
      { options: { greeting: { values: { type: 'text', text: '={{ $json.text }}' } } } },
    ],
  ])('evaluates an expression in %s for each item', async (_where, fields) => {
    const { deliveryUpdate, leadQualifier } = simulator.world.agents;
    const one = { trigger: leadQualifier.trigger, environment: 'test', phone: '+14155550121' };
    const other = {
      trigger: deliveryUpdate.trigger,
      environment: 'production',
      phone: '+14155550122',
    };
    const items = [
      { ...one, text: 'Ann', mode: 'pairs' },
      { ...other, text: 'Bob', mode: 'json' },
      { ...one, text: 'Ann', mode: 'pairs' },
    ];
    const { status } = await run({ parameters: callForm(fields), items });

    const asked = simulator.callRequests.map((request) => [request.path, askedIn(request)]);
    expect(status).toBe('success');
    expect(asked[1]).not.toEqual(asked[0]);
    expect(asked[2]).toEqual(asked[0]);
    expect(JSON.stringify(asked)).not.toContain('={{');
  });

  it.each([
    ['an expression for the whole field', '={{ $json.agent }}'],
    ['an unknown mode', agentBy('id', 'lead-qualifier')],
  ])('accepts the URL or ID of an API Trigger from %s', async (_from, agent) => {
    await run({ parameters: callForm({ agent }), items: [{ agent: 'lead-qualifier' }] });

    expect(simulator.calls).toHaveLength(1);
  });

  it.each([
    ['Phone Number', { phoneNumber: '' }],
    ['Agent', { agent: agentBy('triggerUrl', '') }],
  ])('does not start the workflow if %s is empty', async (name, fields) => {
    await expect(run({ parameters: callForm(fields) })).rejects.toThrow(
      `Parameter "${name}" is required.`,
    );
  });

  it('keeps the type of an expression’s result and nests names with dots', async () => {
    await run({
      parameters: callForm({
        contextPairs: variables(
          { name: 'code', value: '={{ $json.code }}' },
          { name: 'amount', value: '={{ $json.amount }}' },
          { name: 'vip', value: '={{ $json.vip }}' },
          { name: 'items', value: '={{ $json.items }}' },
          { name: 'user.name', value: 'Ann' },
          { name: 'due', value: '={{ DateTime.fromISO("2026-08-01T10:00:00Z").toUTC() }}' },
        ),
      }),
      items: [{ code: '007', amount: 12.5, vip: true, items: ['a', { b: null }] }],
    });

    expect(askedIn(simulator.requests[0])).toEqual({
      phone_number: '+14155550123',
      initial_context: {
        code: '007',
        amount: 12.5,
        vip: true,
        items: ['a', { b: null }],
        user: { name: 'Ann' },
        due: '2026-08-01T10:00:00.000Z',
      },
    });
  });

  it.each([
    ['text', '{"user": {"name": "Ann"}, "amount": 3}'],
    ['an expression that returns an object', '={{ $json.context }}'],
  ])('accepts the variables as JSON from %s', async (_from, contextJson) => {
    await run({
      parameters: callForm({ contextMode: 'json', contextJson }),
      items: [{ context: { user: { name: 'Ann' }, amount: 3 } }],
    });

    expect(sentBodies()).toEqual([
      { phone_number: '+14155550123', initial_context: { user: { name: 'Ann' }, amount: 3 } },
    ]);
  });

  it('sends the telephony configuration and the caller ID', async () => {
    const { acmeSales } = simulator.world.phoneNumbers;
    await run({
      parameters: callForm({
        options: { telephonyConfigurationId: 11, fromPhoneNumberId: acmeSales.id },
      }),
    });

    expect(sentBodies()).toEqual([
      {
        phone_number: '+14155550123',
        telephony_configuration_id: 11,
        from_phone_number_id: acmeSales.id,
      },
    ]);
  });

  it('completes national numbers with the default country', async () => {
    await run({
      parameters: callForm({
        phoneNumber: '(415) 555-0123',
        options: { defaultCountry: 'US' },
      }),
    });

    expect(simulator.calls.map(({ phoneNumber }) => phoneNumber)).toEqual(['+14155550123']);
  });

  it('accepts a SIP URI if Number Format is Any Destination', async () => {
    await run({
      parameters: callForm({
        phoneNumber: 'sip:reception@example.com',
        options: { numberFormat: 'any' },
      }),
    });

    expect(sentBodies()).toEqual([{ phone_number: 'sip:reception@example.com' }]);
  });

  it('calls only for the first item if the node is set to execute once', async () => {
    const { outputs } = await run({ items: [{}, {}, {}], settings: { executeOnce: true } });

    expect(outputs[0]).toHaveLength(1);
    expect(simulator.calls).toHaveLength(1);
  });

  it.each(['/', '/api/v1', '/api/v1/'])(
    'finds Dograh if the base URL ends with %s',
    async (end) => {
      const { apiKey, baseUrl } = credentialsFor(simulator);
      await run({ credentials: { apiKey, baseUrl: ` ${baseUrl}${end}` } });

      expect(simulator.calls).toHaveLength(1);
    },
  );
});
