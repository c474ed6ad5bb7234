import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { numberOf } from '../support/campaigns';
import { hurryWaits } from '../support/host-time';
import { dograhPace, startSimulator, type Simulator } from '../../tools/simulator';
import { agentBy, credentialsFor, mapping, variables } from '../../tools/hosts/n8n/call-form';
import { launchForm } from '../../tools/hosts/n8n/campaign-form';
import { everythingIn, runDograhNode, type NodeRun } from '../../tools/hosts/n8n/engine';
import { shownBy } from '../../tools/hosts/n8n/host';
import { tool } from './tool-of-agent';

hurryWaits();

describe('Launch Campaign in n8n', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ campaignTiming: dograhPace });
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
  });
  afterAll(() => simulator.stop());

  const launch = (
    fields: INodeParameters = {},
    items: readonly IDataObject[] = people(3),
    node: Partial<NodeRun> = {},
  ) =>
    runDograhNode({
      parameters: launchForm(simulator, fields),
      credentials: credentialsFor(simulator),
      items,
      ...node,
    });
  const sent = (path: string) =>
    simulator.requests.filter((request) => request.path.endsWith(path));
  const created = (): unknown => sent('/campaign/create').at(-1)?.body;

  /** The columns of each contact of the newest campaign, as Dograh reads them. */
  const contacts = (): unknown[] => {
    const campaign = simulator.campaigns.at(-1);
    if (campaign === undefined) return [];
    simulator.runBatch(campaign.id);
    return campaign.rows.map(({ context }) => context);
  };

  it('makes all items one campaign, starts it once, and pairs it with them', async () => {
    const { status, outputs } = await launch();
    const [campaign] = simulator.campaigns;

    expect(status).toBe('success');
    expect(outputs).toEqual([
      [
        {
          json: {
            campaign_id: campaign?.id,
            campaign_name: 'Spring offer',
            campaign_reference: 'spring-2026',
            state: 'syncing',
            contacts: 3,
            skipped: false,
            skipped_contacts: [],
            calling_hours: [],
            campaign_url: null,
            notes: [],
          },
          pairedItem: [{ item: 0 }, { item: 1 }, { item: 2 }],
        },
      ],
    ]);
    expect(simulator.campaigns).toMatchObject([{ name: 'Spring offer', startedTimes: 1 }]);
    expect(contacts()).toMatchObject([
      { phone_number: numberOf(0), customer_name: 'Person 0' },
      { phone_number: numberOf(1), customer_name: 'Person 1' },
      { phone_number: numberOf(2), customer_name: 'Person 2' },
    ]);
  });

  it('outputs everything but the pairing without Simplify', async () => {
    const { outputs } = await launch({ simplify: false });
    const json = outputs[0]?.[0]?.json;

    expect(json).toMatchObject({ pending: 3, part: 1, parts: 1, agent_name: expect.any(String) });
    expect(json).not.toHaveProperty('contact_indexes');
  });

  it('sends the settings of the campaign to Dograh', async () => {
    await launch({
      options: {
        concurrency: 2,
        telephonyConfigurationId: 12,
        retries: { values: { maximum: 3, delaySeconds: 300, onBusy: true, onNoAnswer: false } },
        circuitBreaker: {
          values: { enabled: true, failurePercent: 30, windowSeconds: 60, minimumCalls: 10 },
        },
        callingHours: { values: { from: '09:00', to: '18:00', timeZone: 'Europe/Berlin' } },
      },
    });

    expect(created()).toMatchObject({
      name: 'Spring offer',
      max_concurrency: 2,
      telephony_configuration_id: 12,
      retry_config: {
        enabled: true,
        max_retries: 3,
        retry_delay_seconds: 300,
        retry_on_busy: true,
        retry_on_no_answer: false,
      },
      circuit_breaker: { enabled: true, failure_threshold: 0.3, window_seconds: 60 },
      schedule_config: { enabled: true, timezone: 'Europe/Berlin' },
    });
  });

  it('sends the greeting and the call reference of each item', async () => {
    await launch(
      {
        options: {
          callReference: '={{ $json.id }}',
          greeting: { values: { type: 'text', text: '=Hello {{ $json.name }}' } },
        },
      },
      people(2, ({ index }) => ({ id: `lead-${index}` })),
    );

    expect(contacts()).toMatchObject([
      { call_reference: 'lead-0', greeting_override: { type: 'text', text: 'Hello Person 0' } },
      { call_reference: 'lead-1', greeting_override: { type: 'text', text: 'Hello Person 1' } },
    ]);
  });

  it.each<[string, INodeParameters]>([
    ['names and values', {}],
    ['JSON', { contextMode: 'json', contextJson: '={{ { customer_name: $json.name } }}' }],
    [
      'one field per variable',
      {
        contextMode: 'mapped',
        ...mapping('defineBelow', { customer_name: '={{ $json.name }}' }),
      },
    ],
    [
      'Map Automatically',
      { contextMode: 'mapped', ...mapping('autoMapInputData', null, ['customer_name']) },
    ],
  ])('takes variables as %s', async (_, fields) => {
    await launch(
      fields,
      people(2, ({ name }) => ({ customer_name: name })),
    );

    expect(contacts()).toMatchObject([
      { customer_name: 'Person 0' },
      { customer_name: 'Person 1' },
    ]);
  });

  it('leaves the campaign created without Start Now', async () => {
    const { outputs } = await launch({ options: { startNow: false } });

    expect(outputs[0]).toMatchObject([{ json: { state: 'created' } }]);
    expect(simulator.campaigns).toMatchObject([{ state: 'created', startedTimes: 0 }]);
  });

  it('launches a reference once, and returns the campaign to later executions', async () => {
    await launch();
    const { outputs } = await launch({}, people(5));

    expect(simulator.campaigns).toHaveLength(1);
    expect(outputs[0]).toMatchObject([
      {
        json: { campaign_id: simulator.campaigns[0]?.id, skipped: true },
        pairedItem: [0, 1, 2, 3, 4].map((item) => ({ item })),
      },
    ]);
  });

  describe('in a loop', () => {
    it('refuses a reference of an earlier pass, whose contacts were other ones', async () => {
      const outcome = await launch({}, people(2), { passes: 2 });

      expect(shownBy(outcome)).toContain(
        'The Campaign Reference "spring-2026" was launched in an earlier pass of a loop, so the 2 items of this pass were not sent.',
      );
      expect(simulator.campaigns).toMatchObject([{ startedTimes: 1 }]);
    });

    it('launches a campaign in each pass that has a reference of its own', async () => {
      const { status, passes } = await launch(
        { campaignReference: '=spring {{ $runIndex }}' },
        people(2),
        { passes: 2 },
      );

      expect(status).toBe('success');
      expect(passes).toMatchObject([
        [{ json: { skipped: false } }],
        [{ json: { skipped: false } }],
      ]);
      expect(simulator.campaigns).toHaveLength(2);
    });

    it('returns the campaign of a pass to a retry of this pass', async () => {
      // The campaign is started, but n8n cannot find that out.
      for (const on of ['startCampaign', 'campaign'] as const) {
        const fault = { kind: 'status', callPlaced: true, status: 503 } as const;
        simulator.faults.add({ on, fault, times: Infinity });
      }
      const fields = { campaignReference: '=spring {{ $runIndex }}' };
      const failed = await launch(fields, people(2), { passes: 2 });
      simulator.faults.clear();
      const { status, passes } = await launch(fields, people(2), { passes: 2, retryOf: failed });

      expect(failed.error?.message).toContain('The launch is incomplete.');
      expect(status).toBe('success');
      expect(passes).toMatchObject([[{ json: { skipped: true } }], [{ json: { skipped: false } }]]);
      expect(simulator.campaigns.map(({ startedTimes }) => startedTimes)).toEqual([1, 1]);
    });
  });

  it('outputs one item per campaign, each paired with its own items', async () => {
    const newYork = '+12125550123';
    const berlin = '+493012345678';
    const { outputs } = await launch(
      { options: { callingHours: { values: { from: '09:00', to: '20:00' } } } },
      [newYork, berlin, '+12125550124'].map((phone) => ({ phone, name: 'Ann' })),
    );

    expect(outputs[0]).toMatchObject([
      { json: { contacts: 2 }, pairedItem: [{ item: 0 }, { item: 2 }] },
      { json: { contacts: 1 }, pairedItem: [{ item: 1 }] },
    ]);
    expect(outputs[0]).toHaveLength(2);
  });

  describe('a wrong item', () => {
    const wrong = [
      ...people(2),
      { phone: '+1415', name: 'Bob' },
      { phone: numberOf(0), name: 'C' },
    ];

    it('stops the launch, and is named', async () => {
      const outcome = await launch({}, wrong);

      expect(shownBy(outcome)).toMatch(/^2 contacts cannot be in the campaign\. Item 2: /);
      expect(shownBy(outcome)).toMatch(/Item 3: The number \S+ is also that of Item 0\./);
      expect(shownBy(outcome)).toContain('add the option On Invalid Contact and set it to Skip');
      expect(simulator.campaigns).toEqual([]);
    });

    it('is listed in the output with On Invalid Contact = Skip', async () => {
      const { outputs } = await launch({ options: { onInvalidContact: 'skip' } }, wrong);

      expect(outputs[0]).toMatchObject([
        {
          json: {
            contacts: 2,
            skipped_contacts: [
              { contact: 'Item 2', phone_number: '+1415', reason: 'invalid_contact' },
              { contact: 'Item 3', phone_number: numberOf(0), reason: 'duplicate_number' },
            ],
          },
          pairedItem: [{ item: 0 }, { item: 1 }],
        },
      ]);
    });

    it('gives one error item for all items if the node continues on errors', async () => {
      const { status, outputs } = await launch({}, wrong, {
        settings: { onError: 'continueRegularOutput' },
      });

      expect(status).toBe('success');
      expect(outputs[0]).toEqual([
        {
          json: {
            error: expect.stringContaining('Item 2') as unknown,
            details: expect.objectContaining({ kind: 'InvalidInput', callPlaced: 'no' }) as unknown,
          },
          pairedItem: [0, 1, 2, 3].map((item) => ({ item })),
        },
      ]);
    });

    it('is named by n8n if its expression cannot be evaluated', async () => {
      const phoneNumber = '={{ $itemIndex === 1 ? $("Nowhere").item : $json.phone }}';
      const { error } = await launch({ phoneNumber });

      expect(error).toMatchObject({
        message: "Referenced node doesn't exist",
        context: { itemIndex: 1 },
      });
      expect(simulator.campaigns).toEqual([]);
    });
  });

  describe('fields of the whole campaign', () => {
    const lists = (): IDataObject[] => people(9, ({ index }) => ({ list: index < 7 ? 'A' : 'B' }));

    it.each<[string, INodeParameters, string]>([
      ['Campaign Reference', { campaignReference: '={{ $json.list }}' }, 'has "A", Item 7 has "B"'],
      ['Campaign Name', { campaignName: '=Offer {{ $json.list }}' }, 'has "Offer A", Item 7'],
      [
        'Agent',
        { agent: agentBy('agentUuid', '={{ $json.list }}') },
        'Item 0 has "A", Item 7 has "B"',
      ],
      ['Start Now', { options: { startNow: '={{ $json.list === "B" }}' } }, 'Item 7 has "true"'],
      [
        'Calling Hours',
        { options: { callingHours: { values: { from: '={{ $json.list }}' } } } },
        'Item 0 and Item 7 have different ones',
      ],
      [
        'Agent Variables (Initial Context)',
        { contextMode: '={{ $json.list === "A" ? "pairs" : "json" }}', contextJson: '{}' },
        'Item 0 has "pairs", Item 7 has "json"',
      ],
    ])('are refused if items give different values: %s', async (label, fields, says) => {
      const outcome = await launch(fields, lists());

      expect(shownBy(outcome)).toContain(`All items of one campaign need the same ${label}.`);
      expect(shownBy(outcome)).toContain(says);
      expect(simulator.campaigns).toEqual([]);
    });

    it('may be expressions with one value', async () => {
      const { outputs } = await launch(
        { campaignReference: '={{ $json.list }}', campaignName: '={{ $json.list }}' },
        people(3, () => ({ list: 'A' })),
      );

      expect(outputs[0]).toMatchObject([
        { json: { campaign_name: 'A', campaign_reference: 'A', contacts: 3 } },
      ]);
    });

    it('are evaluated once if they cannot depend on the item', async () => {
      const { outputs } = await launch(
        { campaignReference: '={{ "at " + $now.toMillis() }}' },
        people(200),
      );

      expect(outputs[0]).toMatchObject([{ json: { contacts: 200 } }]);
    });

    it.each(['={{ $json.nothing }}', '={{ null }}', '={{ "" }}'])(
      'are refused if an expression gives nothing: Start Now = %s',
      async (startNow) => {
        const outcome = await launch({ options: { startNow } });

        expect(shownBy(outcome)).toContain('Start Now is empty.');
        expect(simulator.campaigns).toEqual([]);
      },
    );

    it('name the field as in the form', async () => {
      const outcome = await launch({ options: { concurrency: 50 } });

      expect(shownBy(outcome)).toContain('Concurrency is 50, but this organization can have 10');
      expect(simulator.campaigns).toEqual([]);
    });
  });

  it.each([
    ['fail', 'Item 1: Do Not Call List: '],
    ['wait', 'On Calling Rule cannot be Wait for a campaign.'],
  ])('obeys the calling rules with On Calling Rule = %s', async (onRule, says) => {
    const outcome = await launch({ options: { doNotCall: numberOf(1), onRule } });

    expect(shownBy(outcome)).toContain(says);
    expect(simulator.campaigns).toEqual([]);
  });

  it('leaves out contacts that a calling rule does not allow by default', async () => {
    const { outputs } = await launch({ options: { doNotCall: numberOf(1) } });

    expect(outputs[0]).toMatchObject([
      {
        json: { contacts: 2, skipped_contacts: [{ contact: 'Item 1', reason: 'do_not_call' }] },
        pairedItem: [{ item: 0 }, { item: 2 }],
      },
    ]);
  });

  it('creates no campaign if nobody is left', async () => {
    const all = [0, 1, 2].map(numberOf).join('\n');
    const { outputs } = await launch({ options: { doNotCall: all } });

    expect(outputs[0]).toMatchObject([
      { json: { campaign_id: null, state: 'not_created' }, pairedItem: [{}, {}, {}] },
    ]);
    expect(simulator.campaigns).toEqual([]);
  });

  it('launches 1,000 items with few requests', async () => {
    const { outputs } = await launch({}, people(1_000));

    expect(outputs[0]).toMatchObject([{ json: { contacts: 1_000 } }]);
    expect(outputs[0]?.[0]?.pairedItem).toHaveLength(1_000);
    expect(simulator.requests.length).toBeLessThanOrEqual(12);
  });

  it('ends without a started campaign when the execution is stopped', async () => {
    const stopWhen = new Promise<void>((resolve) => {
      const stop = simulator.onRequest(({ path }) => {
        if (!path.endsWith('/presigned-upload-url')) return;
        stop();
        resolve();
      });
    });
    const { status } = await launch({}, people(3), { stopWhen });

    expect(status).toBe('canceled');
    expect(simulator.campaigns.filter(({ startedTimes }) => startedTimes > 0)).toEqual([]);
  });

  it('is no tool of an AI agent, because a model would decide who is called', async () => {
    const parameters = launchForm(simulator, {
      phoneNumber: "={{ $fromAI('phone', 'Number', 'string') }}",
      contextPairs: variables({ name: 'customer_name', value: 'Ann' }),
    });
    const answer = await (await tool(simulator, parameters))
      .invoke({ phone: numberOf(0) })
      .catch(String);

    expect(answer).toContain('An AI agent cannot use Launch Campaign');
    expect(simulator.requests).toEqual([]);
  });

  it('never shows the API key', async () => {
    const { apiKey } = simulator.world.acme;
    const outcomes = [
      await launch({ campaignName: apiKey }),
      await launch({ campaignReference: `={{ $itemIndex ? '${apiKey}' : '' }}` }),
      await launch({ phoneNumber: apiKey }),
    ];

    for (const { outputs, error } of outcomes) {
      expect(everythingIn(outputs, error?.message, error?.description)).not.toContain(apiKey);
    }
  });
});

/** @param more fields of each item */
function people(
  count: number,
  more: (person: { index: number; name: string }) => IDataObject = () => ({}),
): IDataObject[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `Person ${index}`;
    return { phone: numberOf(index), name, ...more({ index, name }) };
  });
}
