import {
  contactsFile,
  create,
  request,
  upload,
  type Received,
  type TestCampaign,
} from '../../../tools/simulator/campaigns/campaign-caller';
import {
  createWorld,
  dograhPace,
  startSimulator,
  type Simulator,
} from '../../../tools/simulator/index';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ campaignTiming: dograhPace, world: createWorld('1.45') });
});

afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  simulator.reset();
});

afterAll(() => simulator.stop());

const header = 'phone_number,first_name,email';

function withBody(body: Record<string, unknown>): Promise<Received> {
  return create(simulator, { body });
}

async function detailOf(campaign: TestCampaign): Promise<unknown> {
  const { status, body } = await create(simulator, campaign);
  expect(status).toBe(400);
  expect(simulator.campaigns).toEqual([]);
  return (body as { detail: unknown }).detail;
}

describe('a new campaign', () => {
  it('is created and calls nobody', async () => {
    const { status, body } = await create(simulator, { fileName: 'ref-42.csv' });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: 1,
      name: 'Spring',
      workflow_id: 102,
      workflow_name: 'Lead Qualifier',
      state: 'created',
      source_type: 'csv',
      source_id: expect.stringMatching(/^campaigns\/1\/.*_ref-42\.csv$/),
      total_rows: null,
      started_at: null,
      completed_at: null,
      executed_count: 0,
      total_queued_count: 0,
      telephony_configuration_id: simulator.world.telephony.acmeMain.id,
      telephony_configuration_name: 'Main Line',
      logs: [],
    });
    simulator.advance(120_000);
    expect(simulator.campaigns).toMatchObject([
      { id: 1, name: 'Spring', state: 'created', startedTimes: 0, rows: [], dialedRows: [] },
    ]);
    expect(simulator.calls).toEqual([]);
  });

  it('can use the same file again', async () => {
    const source = { source_id: await upload(simulator, contactsFile(2)) };
    const first = await withBody(source);
    const second = await withBody(source);

    expect([first, second]).toMatchObject([
      { status: 200, body: { id: 1 } },
      { status: 200, body: { id: 2 } },
    ]);
  });

  it('can use the file of another organization, which Dograh does not check', async () => {
    const { apiKey } = simulator.world.globex;
    const source = await upload(simulator, contactsFile(1), 'theirs.csv', apiKey);

    expect((await withBody({ source_id: source })).status).toBe(200);
  });

  it('retries once without retry settings, and twice with empty ones', async () => {
    expect(await withBody({})).toMatchObject({
      body: { retry_config: { max_retries: 1, retry_on_voicemail: false } },
    });
    expect(await withBody({ retry_config: {} })).toMatchObject({
      body: { retry_config: { max_retries: 2, retry_on_voicemail: true } },
    });
  });

  it('says that its circuit breaker is off, which is wrong', async () => {
    expect(await withBody({})).toMatchObject({ body: { circuit_breaker: { enabled: false } } });
  });

  it('has no telephony configuration if there is no default', async () => {
    simulator.world.telephony.acmeMain.isDefaultOutbound = false;
    expect(await withBody({})).toMatchObject({ body: { telephony_configuration_id: null } });
  });
});

describe('the fields of a new campaign', () => {
  const slot = { day_of_week: 0, start_time: '09:00', end_time: '17:00' };

  it.each([
    [{ name: '' }, ['name'], 'String should have at least 1 character'],
    [{ name: 'x'.repeat(256) }, ['name'], 'String should have at most 255 characters'],
    [{ source_type: 'sheet' }, ['source_type'], "String should match pattern '^csv$'"],
    [{ max_concurrency: 0 }, ['max_concurrency'], /greater than or equal to 1$/],
    [{ max_concurrency: 101 }, ['max_concurrency'], /less than or equal to 100$/],
    [{ retry_config: { max_retries: 11 } }, ['retry_config', 'max_retries'], /equal to 10$/],
    [
      { retry_config: { retry_delay_seconds: 29 } },
      ['retry_config', 'retry_delay_seconds'],
      /equal to 30$/,
    ],
    [
      { circuit_breaker: { failure_threshold: 1.5 } },
      ['circuit_breaker', 'failure_threshold'],
      /equal to 1$/,
    ],
    [
      { circuit_breaker: { window_seconds: 601 } },
      ['circuit_breaker', 'window_seconds'],
      /equal to 600$/,
    ],
    [{ schedule_config: { slots: [] } }, ['schedule_config', 'slots'], /at least 1 item/],
    [
      { schedule_config: { slots: [{ ...slot, day_of_week: 7 }] } },
      ['schedule_config', 'slots', 0, 'day_of_week'],
      /equal to 6$/,
    ],
    [
      { schedule_config: { slots: [slot, { ...slot, end_time: '09:00' }] } },
      ['schedule_config', 'slots', 1],
      'Value error, start_time must be before end_time',
    ],
    [
      { schedule_config: { timezone: 'Mars/Base', slots: [slot] } },
      ['schedule_config', 'timezone'],
      'Value error, Invalid timezone: Mars/Base',
    ],
  ])('are refused: %j', async (fields, place, message) => {
    const { status, body } = await withBody(fields);

    expect(status).toBe(422);
    expect(body).toEqual({
      detail: [
        expect.objectContaining({
          loc: ['body', ...place],
          msg: typeof message === 'string' ? message : expect.stringMatching(message),
        }),
      ],
    });
    expect(simulator.campaigns).toEqual([]);
  });

  it('may be null', async () => {
    const none = null;
    const fields = { retry_config: none, schedule_config: none, circuit_breaker: none };
    expect((await withBody({ ...fields, max_concurrency: none })).status).toBe(200);
  });
});

describe('a file with contacts', () => {
  it('needs a contact', async () => {
    const needed = 'CSV file must have a header row and at least one data row';
    expect(await detailOf({ csv: header })).toBe(needed);
    expect(await detailOf({ csv: '' })).toBe(needed);
  });

  it('needs the column phone_number', async () => {
    const needed = "Source must contain a 'phone_number' column";
    expect(await detailOf({ csv: 'phone,first_name,email\n+1,Ada,a@b.c' })).toBe(needed);
  });

  it('has no column phone_number if it begins with a byte order mark', async () => {
    const needed = "Source must contain a 'phone_number' column";
    expect(await detailOf({ csv: `\uFEFF${contactsFile(1)}` })).toBe(needed);
  });

  it('may have headers in upper case and with spaces', async () => {
    const csv = ' Phone_Number ,FIRST_NAME, email\n+14155550150,Ada,a@b.c';
    expect((await create(simulator, { csv })).status).toBe(200);
  });

  it('needs numbers that begin with +, and names the rows. 2 is the first contact', async () => {
    const csv = [header, '1,A,a', '+2,B,b', ...[3, 4, 5, 6, 7, 8].map((one) => `${one},C,c`)];
    expect(await detailOf({ csv: csv.join('\n') })).toBe(
      'Invalid phone numbers in rows: 2, 4, 5, 6, 7 and 2 more. ' +
        "All phone numbers must include country code (start with '+')",
    );
  });

  it('needs different numbers', async () => {
    const csv = [header, '+1,A,a', '+2,B,b', ' +1,C,c'].join('\n');
    expect(await detailOf({ csv })).toBe(
      'Duplicate phone numbers found in rows: 4. Phone numbers in a campaign must be unique.',
    );
  });

  it('may have quotes, and a contact without a number', async () => {
    const csv = [header, '"+14155550150","Ada ""A"", B","a\nb"', ',Bob,b'].join('\r\n');
    expect((await create(simulator, { csv })).status).toBe(200);
  });

  it('may not mix line ends', async () => {
    expect(await detailOf({ csv: `${header}\r+1,A,a\n` })).toMatch(
      /^Invalid CSV format: new-line character seen in unquoted field/,
    );
  });
});

describe('the variables of the agent', () => {
  const { deliveryUpdate, appointmentReminder } = createWorld().agents;

  it('must be columns if they have no fallback', async () => {
    const csv = 'phone_number,email\n+1,a@b.c';
    expect(await detailOf({ csv })).toBe(
      "Workflow uses template variables that are missing from the source data: 'first_name'. " +
        'Add the missing columns or remove them from the workflow.',
    );
  });

  it('must have a value in each row, also in a blank one', async () => {
    const csv = [header, '+1,A,a', '+2, ,b', '+3,C', ''].join('\n');
    expect(await detailOf({ csv: `${csv}\n` })).toBe(
      "Template variable 'first_name' is empty in rows: 3, 5. " +
        'All template variables used in the workflow must have values in every row.',
    );
  });

  it('include those that Dograh fills in itself', async () => {
    const csv = 'phone_number,customer_name,parcel_count\n+1,Ada,2';
    expect(await detailOf({ csv, body: { workflow_id: deliveryUpdate.id } })).toContain(
      "'current_weekday_Europe/Berlin'",
    );
    const other = { csv, body: { workflow_id: appointmentReminder.id } };
    expect(await detailOf(other)).toContain(
      "'called_number', 'caller_number', 'current_time_Europe/Berlin', 'current_weekday'.",
    );
  });

  it('are compared with their exact names, so that capital letters never fit', async () => {
    const [start] = simulator.world.agents.leadQualifier.published?.nodes ?? [];
    if (start) start.data['prompt'] = 'You call {{customerName}}.';
    const csv = `${header},customerName\n+1,A,a,Ada`;

    expect(await detailOf({ csv })).toContain("source data: 'customerName'.");
  });
});

describe('the concurrency of a campaign', () => {
  it('is at most the number of caller IDs of the default telephony configuration', async () => {
    expect(await detailOf({ body: { max_concurrency: 3 } })).toBe(
      'max_concurrency (3) cannot exceed 2. You have 2 phone number(s) configured. ' +
        'Add more CLIs in telephony configuration to increase concurrency.',
    );
    expect((await withBody({ max_concurrency: 2 })).status).toBe(200);
  });

  it('is at most the limit of the organization', async () => {
    simulator.world.acme.concurrentCallLimit = 1;
    expect(await detailOf({ body: { max_concurrency: 2 } })).toBe(
      'max_concurrency (2) cannot exceed organization limit (1)',
    );
  });

  it('is at most the limit of the organization in Dograh 1.48', async () => {
    simulator.world.version = '1.48';
    expect((await withBody({ max_concurrency: 10 })).status).toBe(200);
    expect(await withBody({ max_concurrency: 11 })).toMatchObject({
      status: 400,
      body: { detail: 'max_concurrency (11) cannot exceed organization limit (10)' },
    });
  });
});

describe('Dograh refuses a campaign', () => {
  it('of an agent of another organization', async () => {
    const { globexSurvey } = simulator.world.agents;
    expect(await withBody({ workflow_id: globexSurvey.id })).toEqual({
      status: 404,
      body: { detail: 'Workflow not found' },
    });
  });

  it('with an unknown telephony configuration', async () => {
    const { globexMain } = simulator.world.telephony;
    expect(await detailOf({ body: { telephony_configuration_id: globexMain.id } })).toBe(
      'telephony_configuration_not_found',
    );
  });

  it('with a telephony configuration that is not ready, but only in Dograh 1.48', async () => {
    const body = { telephony_configuration_id: simulator.world.telephony.acmeUnfinished.id };
    expect((await withBody(body)).status).toBe(200);
    simulator.world.version = '1.48';
    expect(await withBody(body)).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining("'New Trunk' is not ready for outbound calls.") },
    });
  });

  it('without a key', async () => {
    const answer = await request(
      simulator,
      'POST',
      '/campaign/create',
      {
        name: 'A',
        workflow_id: 102,
        source_type: 'csv',
        source_id: 'x',
      },
      null,
    );
    expect(answer.status).toBe(401);
  });
});

describe('the limits of campaigns', () => {
  it('are known in advance', async () => {
    expect(await request(simulator, 'GET', '/organizations/campaign-defaults')).toMatchObject({
      status: 200,
      body: {
        concurrent_call_limit: 10,
        from_numbers_count: 2,
        default_retry_config: { enabled: true, max_retries: 1, retry_delay_seconds: 120 },
        last_campaign_settings: null,
      },
    });
  });

  it('include the settings of the last campaign', async () => {
    await withBody({ max_concurrency: 1 });
    await withBody({ max_concurrency: 2 });
    expect(await request(simulator, 'GET', '/organizations/campaign-defaults')).toMatchObject({
      body: { last_campaign_settings: { max_concurrency: 2 } },
    });
  });
});
