import { contact, numberOf, startCampaignWorld } from '../../support/campaigns';
import type { CampaignWorld } from '../../support/campaigns';
import { rejectionOf } from '../../support/refusal';
import { DAY, MINUTE } from '../../support/rules';

let world: CampaignWorld;

beforeAll(async () => {
  world = await startCampaignWorld();
});
beforeEach(() => {
  world.reset();
});
afterEach(() => {
  expect(world.simulator.contractViolations).toEqual([]);
});
afterAll(() => world.simulator.stop());

describe('a launch', () => {
  it('uploads the contacts, creates the campaign and starts it', async () => {
    const [result, ...others] = await world.launch({ contacts: 2 });

    expect(others).toEqual([]);
    expect(result).toMatchObject({
      campaign_id: world.simulator.campaigns[0]?.id,
      campaign_name: 'Spring',
      campaign_reference: 'spring-2026',
      state: 'syncing',
      skipped: false,
      contacts: 2,
      pending: 2,
      skipped_contacts: [],
      never_started_campaigns: [],
      contact_indexes: [0, 1],
    });
    expect(world.files()).toEqual([
      `phone_number,customer_name\n${numberOf(0)},Ada\n${numberOf(1)},Ada\n`,
    ]);
    expect(world.simulator.campaigns).toMatchObject([{ name: 'Spring', startedTimes: 1 }]);
  });

  it('needs nine requests, and one to the storage host without the key', async () => {
    await world.launch({ contacts: 50 });

    expect(world.requests()).toEqual([
      'GET /campaign/',
      'GET /workflow/fetch',
      'GET /workflow/105/versions',
      'GET /organizations/campaign-defaults',
      'GET /campaign/',
      'POST /s3/presigned-upload-url',
      'POST /campaign/create',
      'GET /campaign/',
      expect.stringMatching(/^POST \/campaign\/\d+\/start$/),
    ]);
    const { apiKey } = world.simulator.world.acme;
    expect(world.simulator.storageRequests.map(({ method }) => method)).toEqual(['PUT']);
    expect(JSON.stringify(world.simulator.storageRequests)).not.toContain(apiKey);
  });

  it('leaves the campaign as created on request, and counts as launched', async () => {
    const [held] = await world.launch({ startNow: false });
    const [again] = await world.launch();

    expect(held).toMatchObject({ state: 'created', skipped: false });
    expect(held?.notes.join(' ')).toMatch(/not started\. Resume it to start it/);
    expect(again).toMatchObject({ campaign_id: held?.campaign_id, skipped: true });
    expect(world.simulator.campaigns).toMatchObject([{ startedTimes: 0 }]);
  });

  it('sends settings only if they are given', async () => {
    await world.launch();
    await world.launch({
      reference: 'other',
      concurrency: '2',
      retries: { maximum: 3, delaySeconds: 60, onNoAnswer: false },
      circuitBreaker: { failurePercent: 20, windowSeconds: 300, minimumCalls: 10 },
    });
    const bodies = world.simulator.requests
      .filter(({ path }) => path.endsWith('/campaign/create'))
      .map(({ body }) => body);

    expect(bodies[0]).toEqual({
      name: 'Spring',
      workflow_id: 105,
      source_type: 'csv',
      source_id: expect.stringMatching(/^campaigns\/\d+\/[0-9a-f-]{36}_dograh-launch-/),
    });
    expect(bodies[1]).toMatchObject({
      max_concurrency: 2,
      retry_config: {
        enabled: true,
        max_retries: 3,
        retry_delay_seconds: 60,
        retry_on_busy: true,
        retry_on_no_answer: false,
        retry_on_voicemail: false,
      },
      circuit_breaker: {
        enabled: true,
        failure_threshold: 0.2,
        window_seconds: 300,
        min_calls_in_window: 10,
      },
    });
  });

  it.each([
    ['a Concurrency above the limit of the organization', { concurrency: 99 }, /at the same time/],
    ['no reference', { reference: ' ' }, /Campaign Reference is empty/],
    ['no name', { name: '' }, /Campaign Name must have/],
    ['a reference that is no text', { reference: { id: 1 } }, /Campaign Reference must be a text/],
    ['eleven retries', { retries: { maximum: 11 } }, /Maximum Retries must be/],
    ['waiting for calling rules', { callingRules: { onRule: 'wait' } }, /cannot be Wait/],
  ])('refuses %s before it uploads anything', async (_name, launch, message) => {
    const error = await rejectionOf(world.launch(launch));

    expect(error.kind).toBe('InvalidInput');
    expect(error.message).toMatch(message);
    expect(world.requests().filter((one) => one.startsWith('POST'))).toEqual([]);
  });

  it('says if another campaign runs, of which Dograh 1.45 may lose contacts', async () => {
    const [first] = await world.launch();
    const [second] = await world.launch({ reference: 'other' });

    expect(first?.notes).toEqual([]);
    expect(second?.notes.join(' ')).toContain(
      `Campaign ${String(first?.campaign_id)} is running, too.`,
    );
  });

  it('divides the lines if there are several campaigns', async () => {
    const contacts = [contact(numberOf(0)), contact('+442079460018')];
    const results = await world.launch({
      contacts,
      callingRules: { callingHours: { from: '08:00', to: '20:00' } },
    });

    expect(results).toHaveLength(2);
    expect(world.simulator.campaigns.map(({ settings }) => settings.maxConcurrency)).toEqual([
      1, 1,
    ]);
    for (const { notes } of results)
      expect(notes.join(' ')).toMatch(/several campaigns, which run/);
  });

  it('names variables that the agent does not use', async () => {
    const json = { customer_name: 'Ada', last_name: 'Eve' };
    const [result] = await world.launch({
      contacts: [{ phoneNumber: numberOf(0), context: { json } }],
    });

    expect(result?.notes).toEqual([
      'Variables that the texts of the agent do not use: "last_name".',
    ]);
  });

  it('names an agent that was never published', async () => {
    const { neverPublished } = world.simulator.world.agents;
    const agent = { by: 'agentUuid', value: neverPublished.uuid } as const;

    const error = await rejectionOf(world.launch({ agent }));
    expect(error.message).toMatch(/Win-Back .* was never published/);
  });

  it('refuses an agent with a variable that no campaign can carry', async () => {
    const { leadQualifier, deliveryUpdate } = world.simulator.world.agents;
    const problems = await Promise.all(
      [leadQualifier, deliveryUpdate].map(({ uuid }) =>
        rejectionOf(world.launch({ agent: { by: 'agentUuid', value: uuid } })),
      ),
    );
    expect(problems[0]?.message).toMatch(
      /"Lead Qualifier" .* \{\{company\.name\}\} without a fallback/,
    );
    expect(problems[1]?.message).toMatch(
      /\{\{current_weekday_Europe\/Berlin\}\} without a fallback/,
    );
  });

  it('says that Concurrency is higher than the number of caller IDs', async () => {
    world.simulator.world.version = '1.45';
    const error = await rejectionOf(world.launch({ concurrency: 3 }));

    expect(error.kind).toBe('InvalidInput');
    expect(error.fullMessage).toMatch(/Concurrency is higher .* \(3\) cannot exceed 2/);
    expect(error.fullMessage).toMatch(/No campaign was created\. Lower Concurrency/);
  });

  it('says that the telephony configuration is not ready', async () => {
    world.simulator.world.version = '1.48';
    const telephonyConfigurationId = world.simulator.world.telephony.acmeUnfinished.id;
    const error = await rejectionOf(world.launch({ telephonyConfigurationId }));

    expect(error.kind).toBe('Telephony');
    expect(error.fullMessage).toMatch(/'New Trunk' is not ready .* Check Telephony Configuration/);
  });

  it('says that telephony is missing although Dograh answers 401', async () => {
    world.simulator.world.version = '1.45';
    const { acme, telephony } = world.simulator.world;
    for (const configuration of Object.values(telephony)) {
      if (configuration.organizationId === acme.id) configuration.organizationId = 999;
    }
    const error = await rejectionOf(world.launch());

    expect(error.kind).toBe('Telephony');
    expect(error.fullMessage).toMatch(/Campaign \d+ was created, and is never started/);
  });
});

describe('the same reference', () => {
  it('is launched once, also a day later and in another spelling', async () => {
    const [first] = await world.launch();
    world.clock.advance(DAY);
    const [again] = await world.launch({ reference: ' spring\u20112026\u200b', contacts: 9 });

    expect(again).toMatchObject({ campaign_id: first?.campaign_id, skipped: true });
    expect(again?.notes.join(' ')).toMatch(/was launched before/);
    expect(world.simulator.campaigns).toHaveLength(1);
  });

  it('is launched after an earlier launch was killed before its start', async () => {
    await killedBeforeStart();
    world.clock.advance(6 * MINUTE);
    const [result] = await world.launch();

    expect(world.simulator.campaigns.map(({ startedTimes }) => startedTimes)).toEqual([0, 1]);
    expect(result).toMatchObject({ campaign_id: 2, never_started_campaigns: [1] });
    expect(result?.notes.join(' ')).toMatch(/not used: campaign 1\. Do not start them/);
  });

  it('waits for an earlier launch that may still start', async () => {
    await killedBeforeStart();
    const began = world.clock.now();
    const [result] = await world.launch();

    expect(result).toMatchObject({ campaign_id: 2, never_started_campaigns: [1] });
    expect(world.clock.now() - began).toBeGreaterThan(4.5 * MINUTE);
  });

  it('says that another launch is under way if there is no time to wait', async () => {
    await killedBeforeStart();
    const error = await rejectionOf(world.launch({}, { operationMs: 25_000 }));

    expect(error).toMatchObject({ kind: 'InProgress', retryable: true, callPlaced: 'no' });
    expect(world.simulator.campaigns).toHaveLength(1);
  });

  it('is not started by a launch that was asleep for longer than others wait', async () => {
    let lists = 0;
    const first = world.launch(
      {},
      {
        onAnswer: () => {
          const list = world.requests().filter((one) => one === 'GET /campaign/').length;
          // The computer is suspended after the last list, before the start.
          if (list === 3 && lists < 3) {
            world.clock.advance(6 * MINUTE);
          }
          lists = list;
        },
      },
    );
    const [result] = await first;

    expect(world.simulator.campaigns.map(({ startedTimes }) => startedTimes)).toEqual([0, 1]);
    expect(result).toMatchObject({ campaign_id: 2, never_started_campaigns: [1] });
  });
});

async function killedBeforeStart(): Promise<void> {
  const stop = new AbortController();
  world.simulator.onRequest(({ path }) => {
    if (path.endsWith('/campaign/create')) stop.abort();
  });
  await rejectionOf(world.launch({}, { signal: stop.signal }));
  expect(world.simulator.campaigns).toMatchObject([{ startedTimes: 0 }]);
}
