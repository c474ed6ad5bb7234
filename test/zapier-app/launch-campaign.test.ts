import timers, { setImmediate as nextTurn } from 'node:timers/promises';
import { numberOf } from '../support/campaigns';
import { hurryWaits } from '../support/host-time';
import { dograhPace, startSimulator, type Simulator } from '../../tools/simulator';
import { everythingIn, sentenceOf } from '../../tools/hosts/zapier/host';
import { builtApp, runInZapier, type ZapierOutcome } from '../../tools/hosts/zapier/runtime';
import { connectionTo, errorOf, outputOf } from '../../tools/hosts/zapier/step';
import type { Field } from '../../tools/hosts/zapier/submission';
import { startFileHost, type FileHost } from './file-host';

type Input = Readonly<Record<string, unknown>>;

const NUMBER = '+14155550123';
const OTHER = '+14155550124';
const CSV = `phone_number,customer_name\n${NUMBER},Ann\n${OTHER},Bob`;

hurryWaits();
let simulator: Simulator;
let host: FileHost;

beforeAll(async () => {
  simulator = await startSimulator({ campaignTiming: dograhPace });
  host = await startFileHost();
});
beforeEach(() => {
  simulator.reset();
  host.received.length = 0;
});
afterEach(() => {
  jest.restoreAllMocks();
  expect(simulator.contractViolations).toEqual([]);
  expect(everythingIn(host.received)).not.toContain(simulator.world.acme.apiKey);
  expect(everythingIn(simulator.storageRequests)).not.toContain(simulator.world.acme.apiKey);
});
afterAll(async () => {
  await simulator.stop();
  await host.stop();
});

/** Its agent needs `customer_name`. */
function launch(input: Input): Promise<ZapierOutcome> {
  return runInZapier('creates.launch_campaign.operation.perform', {
    authData: connectionTo(simulator),
    inputData: {
      name: 'Spring',
      campaign_reference: 'spring-2026',
      agent: simulator.world.agents.triggerOnlyInDraft.uuid,
      ...input,
    },
  });
}

/** What Dograh has read of the only campaign, without its own values. */
function contactsInDograh(): Record<string, unknown>[] {
  const [campaign, other] = simulator.campaigns;
  expect(other).toBeUndefined();
  if (campaign === undefined) throw new Error('There is no campaign.');
  simulator.runBatch(campaign.id);
  return campaign.rows.map(({ context }) => context);
}

async function refusalOf(input: Input): Promise<string> {
  const error = errorOf(await launch(input));
  expect(error.name).toBe('AppError');
  expect(simulator.campaigns).toEqual([]);
  return sentenceOf(error);
}

describe('a launch', () => {
  it('creates and starts one campaign with the contacts of a CSV text', async () => {
    const output = outputOf(await launch({ file: CSV }));
    const [campaign] = simulator.campaigns;

    expect(output).toMatchObject({
      id: campaign?.id,
      campaign_id: campaign?.id,
      campaign_name: 'Spring',
      campaign_reference: 'spring-2026',
      skipped: false,
      contacts: 2,
      pending: 2,
      called: 0,
      skipped_contacts: [],
      campaigns: [{ campaign_id: campaign?.id, contacts: 2, time_zones: '', calling_hours: '' }],
    });
    expect(campaign?.startedTimes).toBe(1);
    expect(contactsInDograh()).toEqual([
      expect.objectContaining({ phone_number: NUMBER, customer_name: 'Ann' }),
      expect.objectContaining({ phone_number: OTHER, customer_name: 'Bob' }),
    ]);
  });

  it('returns the keys of its sample', async () => {
    const output = outputOf(await launch({ file: CSV }));
    const { creates } = builtApp() as unknown as Record<
      string,
      Record<string, { operation: { sample: object } }>
    >;
    const sample = creates?.['launch_campaign']?.operation.sample ?? {};

    expect(Object.keys(output).toSorted()).toEqual(Object.keys(sample).toSorted());
  });

  it('happens once per Campaign Reference', async () => {
    const first = outputOf(await launch({ file: CSV }));
    const again = outputOf(await launch({ file: CSV, campaign_reference: ' spring-2026 ' }));

    expect(simulator.campaigns).toHaveLength(1);
    expect(again).toMatchObject({ id: first['id'], skipped: true });
    expect(again['notes']).toEqual([expect.stringContaining('was launched before')]);
  });

  it('sends the settings of the form', async () => {
    const { acmeMain } = simulator.world.telephony;
    outputOf(
      await launch({
        file: CSV,
        greeting: 'Hello from Acme',
        concurrency: '2',
        maximum_retries: '3',
        retry_after: '60',
        retry_if_busy: 'no',
        telephony_configuration_id: String(acmeMain.id),
        start_now: 'no',
      }),
    );
    const [campaign] = simulator.campaigns;

    expect(campaign).toMatchObject({ state: 'created', telephonyConfigurationId: acmeMain.id });
    expect(bodyOfCreate()).toMatchObject({
      max_concurrency: 2,
      retry_config: {
        enabled: true,
        max_retries: 3,
        retry_delay_seconds: 60,
        retry_on_busy: false,
        retry_on_no_answer: true,
      },
    });
    expect(fileInStorage()).toContain('Hello from Acme');
  });

  it('leaves the retries to Dograh if no field of them is filled in', async () => {
    outputOf(await launch({ file: CSV, maximum_retries: '', retry_if_busy: ' ' }));

    expect(bodyOfCreate()).not.toHaveProperty('retry_config');
  });

  it('makes one campaign per time zone if there are calling hours', async () => {
    const file = `phone_number,customer_name\n${NUMBER},Ann\n+12125550123,Bob`;
    const output = outputOf(
      await launch({ file, calling_hours_from: '09:00', calling_hours_to: '20:00' }),
    );

    expect(output).toMatchObject({
      contacts: 2,
      pending: 2,
      campaigns: [
        { contacts: 1, time_zones: 'America/Los_Angeles' },
        { contacts: 1, time_zones: 'America/New_York' },
      ],
    });
    expect(simulator.campaigns.map(({ startedTimes }) => startedTimes)).toEqual([1, 1]);
  });

  it('leaves out contacts that a calling rule does not allow, without an error', async () => {
    const output = outputOf(await launch({ file: CSV, do_not_call: NUMBER }));

    expect(output).toMatchObject({
      contacts: 1,
      skipped_contacts: [{ contact: 'Row 2', phone_number: NUMBER, reason: 'do_not_call' }],
    });
  });

  it('creates no campaign if no contact is left', async () => {
    const output = outputOf(await launch({ file: CSV, do_not_call: `${NUMBER}\n${OTHER}` }));

    expect(output).toMatchObject({ id: null, state: 'not_created', contacts: 0 });
    expect(simulator.campaigns).toEqual([]);
  });

  it('calls nobody if a calling rule would be off', async () => {
    expect(await refusalOf({ file: CSV, calling_days: ['monday'] })).toContain('Calling Days');
  });
});

describe('the contacts', () => {
  it('can be line items', async () => {
    const contacts = [
      { phone_number: NUMBER, variable$customer_name: 'Ann', call_reference: 'row-1' },
      { phone_number: OTHER, variable$customer_name: 'Bob', call_reference: '' },
      { phone_number: '', variable$customer_name: '' },
    ];
    const output = outputOf(await launch({ contacts, file: '' }));

    expect(output).toMatchObject({ contacts: 2, skipped_contacts: [] });
    expect(contactsInDograh()).toEqual([
      expect.objectContaining({
        phone_number: NUMBER,
        customer_name: 'Ann',
        call_reference: 'row-1',
      }),
      expect.objectContaining({ phone_number: OTHER, customer_name: 'Bob' }),
    ]);
  });

  it('are named by their line items', async () => {
    const contacts = [
      { phone_number: NUMBER, variable$customer_name: 'Ann' },
      {},
      { phone_number: '+1415', variable$customer_name: 'Bob' },
    ];

    expect(await refusalOf({ contacts })).toContain('Line item 3');
  });

  it('can be missing a value, which is named', async () => {
    const contacts = [{ phone_number: NUMBER, variable$customer_name: ' ' }];
    const shown = await refusalOf({ contacts });

    expect(shown).toContain('Line item 1');
    expect(shown).toContain('"customer_name" is missing');
  });

  it.each<[string, Input, string]>([
    [
      'in both ways',
      { file: CSV, contacts: [{ phone_number: NUMBER }] },
      'cannot be used together',
    ],
    ['in no way', {}, 'There are no contacts'],
    ['in empty ways', { file: ' ', contacts: [{ phone_number: '' }, {}] }, 'There are no contacts'],
    ['as an empty list', { contacts: [] }, 'There are no contacts'],
    ['as a text', { contacts: `${NUMBER}, ${OTHER}` }, 'must be line items'],
    ['as a list of texts', { contacts: [NUMBER] }, 'must be line items'],
    ['as several files', { file: [CSV] }, 'must be a file'],
  ])('are refused if they are given %s', async (_how, input, sentence) => {
    expect(await refusalOf(input)).toContain(sentence);
  });

  it('have a field for each variable that a campaign can carry', async () => {
    const fields = await contactFieldsOf(simulator.world.agents.triggerOnlyInDraft.uuid);

    expect(fields.map(({ key }) => key)).toEqual(['contacts']);
    expect(fields[0]?.children?.map(({ key }) => key)).toEqual([
      'phone_number',
      'variable$customer_name',
      'call_reference',
    ]);
    const dotted = await contactFieldsOf(simulator.world.agents.appointmentReminder.uuid);
    const keys = dotted[0]?.children?.map(({ key }) => key) ?? [];
    expect(keys.length).toBeGreaterThan(2);
    expect(keys.filter((key) => /\$.*\$|[A-Z]/.test(key))).toEqual([]);
  });

  it('have a field for the number also before the agent is chosen', async () => {
    const [contacts, ...others] = await contactFieldsOf(undefined);

    expect(contacts?.children?.map(({ key }) => key)).toEqual(['phone_number', 'call_reference']);
    expect(others).toEqual([]);
  });

  it('have a field for the number also if the agent cannot be read', async () => {
    const [contacts, remark] = await contactFieldsOf('a9e17000-0000-4000-8000-000000000999');

    expect(contacts?.key).toBe('contacts');
    expect(remark?.helpText).toContain('The variables are unknown');
  });
});

describe('a CSV file', () => {
  const withHeader = (header: string, ...rows: string[]): string => [header, ...rows].join('\n');

  it.each([
    ['commas', CSV],
    ['semicolons', CSV.replaceAll(',', ';')],
    ['tabs', CSV.replaceAll(',', '\t')],
    ['Windows line ends', CSV.replaceAll('\n', '\r\n')],
    ['old Mac line ends', CSV.replaceAll('\n', '\r')],
    ['a byte order mark', `\ufeff${CSV}`],
    ['all values in quotes', CSV.replace(/[^,\n]+/g, '"$&"')],
    [
      'a comma in a name of semicolons',
      `"phone_number";"customer_name";"a, b, c"\n${NUMBER};Ann;1\n${OTHER};Bob;2`,
    ],
    ['blank rows', `\n${CSV.replace('\n', '\n\n,\n')}\n\n`],
    [
      'names like those of a spreadsheet',
      CSV.replace('phone_number,customer_name', 'Phone Number,Customer-Name'),
    ],
    ['the column "Mobile"', CSV.replace('phone_number', ' Mobile ')],
    ['columns in another order', `customer_name,phone\nAnn,${NUMBER}\nBob,${OTHER}`],
    ['short rows', `phone_number,customer_name,city\n${NUMBER},Ann\n${OTHER},Bob,Rome`],
  ])('can have %s', async (_what, file) => {
    outputOf(await launch({ file }));

    expect(contactsInDograh()).toEqual([
      expect.objectContaining({ phone_number: NUMBER, customer_name: 'Ann' }),
      expect.objectContaining({ phone_number: OTHER, customer_name: 'Bob' }),
    ]);
  });

  it('keeps separators, quotes and line breaks in values', async () => {
    const file = `phone_number,customer_name\n${NUMBER},"Lee, ""Ann""\nJr."`;
    outputOf(await launch({ file }));

    expect(contactsInDograh()).toEqual([
      expect.objectContaining({ customer_name: 'Lee, "Ann"\nJr.' }),
    ]);
  });

  it('can have another column with the numbers', async () => {
    const file = `phone_number,customer_name,Work Line\n12345,Ann,${NUMBER}`;
    outputOf(await launch({ file, phone_number_column: 'work line' }));

    expect(contactsInDograh()).toEqual([expect.objectContaining({ phone_number: NUMBER })]);
  });

  it('takes the column with exactly the name of the variable', async () => {
    const file = `phone_number,Customer Name,customer_name\n${NUMBER},Dr. Ann Lee,Ann`;
    outputOf(await launch({ file }));

    expect(contactsInDograh()).toEqual([expect.objectContaining({ customer_name: 'Ann' })]);
  });

  it('can have the reference of each call', async () => {
    const file = `phone_number,customer_name,Call Reference\n${NUMBER},Ann,lead-7\n${OTHER},Bob,`;
    outputOf(await launch({ file }));

    expect(contactsInDograh()).toEqual([
      expect.objectContaining({ call_reference: 'lead-7' }),
      expect.not.objectContaining({ call_reference: 'lead-7' }),
    ]);
  });

  it('sends only the columns of the agent’s variables, and notes the others', async () => {
    const others = Array.from({ length: 12 }, (_, index) => `Field ${index}`);
    const file = withHeader(
      ['Phone', 'Customer Name', ...others].join(','),
      [NUMBER, 'Ann', ...others.map(() => 'secret')].join(','),
    );
    const output = outputOf(await launch({ file }));

    expect(fileInStorage()).not.toContain('secret');
    expect(output['notes']).toEqual([
      expect.stringMatching(/not sent.*"Field 0".*"Field 9" and 2 more/),
    ]);
  });

  it('reads numbers without a country code with Default Country', async () => {
    outputOf(
      await launch({ file: `phone,customer_name\n(415) 555-0123,Ann`, default_country: 'US' }),
    );

    expect(contactsInDograh()).toEqual([expect.objectContaining({ phone_number: NUMBER })]);
  });

  it('names every wrong row as the spreadsheet does', async () => {
    const file = withHeader(
      'phone_number,customer_name',
      `${NUMBER},Ann`,
      '',
      `+1415,Bob`,
      `,Cid`,
      `${NUMBER},Dan`,
      `${OTHER},`,
    );
    const shown = await refusalOf({ file });
    const { skipped_contacts, contacts } = outputOf(
      await launch({ file, on_invalid_contact: 'skip' }),
    );

    for (const row of [4, 5, 6, 7]) expect(shown).toContain(`Row ${row}`);
    expect(contacts).toBe(1);
    expect(skipped_contacts).toMatchObject([
      { contact: 'Row 4', reason: 'invalid_contact' },
      { contact: 'Row 5', reason: 'invalid_contact' },
      { contact: 'Row 6', reason: 'duplicate_number' },
      { contact: 'Row 7', reason: 'invalid_contact' },
    ]);
  });

  it.each<[string, string, RegExp]>([
    ['without a header', `${NUMBER},Ann`, /has no column "phone_number"/],
    ['without contacts', 'phone_number,customer_name\n', /has no contacts/],
    ['of blank rows', ',\n,,\n', /is empty/],
    [
      'with two columns for a number',
      `phone,mobile,customer_name\n1,2,Ann`,
      /several columns with phone numbers: "phone", "mobile"/,
    ],
    [
      'with two similar columns',
      `phone,Customer Name,CUSTOMER_NAME\n1,Ann,Bob`,
      /two columns for "customer_name"/,
    ],
    [
      'without a needed column',
      `phone,name\n${NUMBER},Ann`,
      /no column for "customer_name".*"phone", "name"/,
    ],
    [
      'with too many values in a row',
      `phone,customer_name\n${NUMBER},Lee, Ann`,
      /Row 2 of CSV File has 3 values, but there are 2 columns/,
    ],
    [
      'with an open quote',
      `phone,customer_name\n${NUMBER},"Ann\n${OTHER},Bob`,
      /double quote .*not closed/,
    ],
    [
      'with a quote in the middle',
      `phone,customer_name\n${NUMBER},Ann "A" Lee`,
      /double quote in line 2/,
    ],
    ['that is a web page', '<!DOCTYPE html><html></html>', /is a web page/],
  ])('is refused %s', async (_what, file, sentence) => {
    expect(await refusalOf({ file })).toMatch(sentence);
  });

  it('is refused without the chosen column, and the error names its columns', async () => {
    expect(await refusalOf({ file: CSV, phone_number_column: 'Cell' })).toMatch(
      /no column "Cell".*"phone_number", "customer_name"/,
    );
  });

  it('can have 1,000 rows', async () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => `${numberOf(index)},Ann ${index}`);
    const output = outputOf(
      await launch({ file: withHeader('phone_number,customer_name', ...rows) }),
    );

    expect(output).toMatchObject({ contacts: 1_000, skipped_contacts: [] });
    expect(contactsInDograh()).toHaveLength(1_000);
  });
});

it('more than 20,000 contacts are refused, because Zapier would stop the step', async () => {
  const rows = Array.from({ length: 20_001 }, (_, index) => `${index},Ann`);
  const shown = await refusalOf({ file: ['phone_number,customer_name', ...rows].join('\n') });

  expect(shown).toContain('There are 20001 contacts, but this step can launch at most 20000');
});

describe('a CSV file at an address', () => {
  it('is downloaded without the API key', async () => {
    outputOf(await launch({ file: host.put('/list.csv', { body: CSV }) }));

    expect(host.received.map(({ path }) => path)).toEqual(['/list.csv']);
    expect(Object.keys(host.received[0]?.headers ?? {})).not.toContain('x-api-key');
    expect(contactsInDograh()).toHaveLength(2);
  });

  it('may redirect, as Zapier’s own addresses do', async () => {
    const location = host.put('/stored.csv', { body: CSV });
    const file = host.put('/hydrate', { status: 302, headers: { location } });
    outputOf(await launch({ file }));

    expect(host.received.map(({ path }) => path)).toEqual(['/hydrate', '/stored.csv']);
    expect(contactsInDograh()).toHaveLength(2);
  });

  const latin = Buffer.from(CSV.replace('Ann', 'Zoë'), 'latin1');
  it.each<[string, Parameters<FileHost['put']>[1], RegExp]>([
    ['in Windows-1252', { body: latin }, /not in UTF-8.*Windows-1252.*CSV UTF-8/],
    ['in UTF-16', { body: Buffer.from(`\ufeff${CSV}`, 'utf16le') }, /UTF-16/],
    ['in UTF-16 without a mark', { body: Buffer.from(CSV, 'utf16le') }, /UTF-16/],
    ['that is a workbook', { body: Buffer.from('PK\u0003\u0004…') }, /workbook/],
    ['that is a login page', { body: '\n<html><body>Sign in</body></html>' }, /web page/],
    ['that is gone', { status: 404 }, /answered 404.*link/],
    ['without access', { status: 403 }, /answered 403.*link/],
    [
      'that redirects to http elsewhere',
      { status: 302, headers: { location: 'http://192.0.2.1/a.csv' } },
      /not an https address/,
    ],
    [
      'that redirects to itself',
      { status: 302, headers: { location: '/again' } },
      /redirects more than 5 times/,
    ],
  ])('is refused %s', async (_what, file, sentence) => {
    expect(await refusalOf({ file: host.put('/again', file) })).toMatch(sentence);
  });

  it.each(['http://192.0.2.1/list.csv', 'http://example.com/list.csv'])(
    'is refused without https: %s',
    async (file) => {
      expect(await refusalOf({ file })).toContain('not an https address');
      expect(host.received).toEqual([]);
    },
  );

  it('is refused if the address has the API key', async () => {
    const file = `${host.put('/list.csv', { body: CSV })}?key=${simulator.world.acme.apiKey}`;
    const outcome = await launch({ file });

    expect(sentenceOf(errorOf(outcome))).toContain('contains the API key');
    expect(everythingIn(outcome)).not.toContain(simulator.world.acme.apiKey);
    expect(host.received).toEqual([]);
  });

  it.each<[string, Parameters<FileHost['put']>[1]]>([
    ['says so before', { headers: { 'content-length': String(21 * 1024 * 1024) }, isSilent: true }],
    [
      'does not say so',
      { body: Buffer.alloc(21 * 1024 * 1024, 'a'), headers: { 'transfer-encoding': 'chunked' } },
    ],
  ])('is refused above 20 MB if its host %s', async (_how, file) => {
    expect(await refusalOf({ file: host.put('/large.csv', file) })).toContain('more than 20 MB');
  });

  it.each<[string, Parameters<FileHost['put']>[1]]>([
    ['answers 503', { status: 503 }],
    [
      'cuts the connection off',
      { body: CSV.slice(0, 40), isCutOff: true, headers: { 'content-length': '80' } },
    ],
    ['sends nothing', { isSilent: true }],
  ])('makes Zapier run the step again later if its host %s', async (_how, file) => {
    driveWaits();
    const error = errorOf(await launch({ file: host.put('/list.csv', file) }));

    expect(error.name).toBe('ThrottledError');
    expect(simulator.campaigns).toEqual([]);
  });
});

describe('Zapier runs the step again later', () => {
  it('if Dograh fails before the campaign exists', async () => {
    simulator.faults.add({
      on: 'createCampaign',
      fault: { kind: 'status', callPlaced: false, status: 503 },
      times: Infinity,
    });
    const error = errorOf(await launch({ file: CSV }));

    expect(error.name).toBe('ThrottledError');
    expect(simulator.campaigns).toEqual([]);
  });

  it('if another run is launching the same reference', async () => {
    // The other run has created its campaign, and is about to start it.
    simulator.faults.add({
      on: 'startCampaign',
      fault: { kind: 'status', callPlaced: false, status: 401, body: { detail: 'telephony' } },
    });
    errorOf(await launch({ file: CSV }));
    driveWaits();
    const error = errorOf(await launch({ file: CSV }));

    expect(error.name).toBe('ThrottledError');
    expect(sentenceOf(error)).toContain('being launched elsewhere');
    expect(simulator.campaigns.map(({ startedTimes }) => startedTimes)).toEqual([0]);
  });
});

it('a launch that may have started is halted, and the error names the campaign', async () => {
  simulator.faults.add({
    on: 'startCampaign',
    fault: { kind: 'reset', callPlaced: true, moment: 'after-placing' },
  });
  simulator.faults.add({
    on: 'campaign',
    fault: { kind: 'status', callPlaced: false, status: 404 },
    times: Infinity,
  });
  const error = errorOf(await launch({ file: CSV }));

  expect(error.name).toBe('HaltedError');
  expect(sentenceOf(error)).toContain(`campaign ${simulator.campaigns[0]?.id}`);
});

it.each(['file', 'phone_number_column', 'name', 'campaign_reference', 'greeting', 'concurrency'])(
  'the API key in %s is not shown',
  async (key) => {
    const { apiKey } = simulator.world.acme;
    const outcome = await launch({
      file: CSV,
      [key]: `${key === 'file' ? `${CSV}\n` : ''}${apiKey}`,
    });

    expect(everythingIn(outcome)).not.toContain(apiKey);
  },
);

it('the API key as the name of a column is not shown', async () => {
  const { apiKey } = simulator.world.acme;
  const file = `phone_number,customer_name,${apiKey}\n${NUMBER},Ann,1`;
  const outcome = await launch({ file });

  expect(outcome.ok).toBe(true);
  expect(everythingIn(outcome)).not.toContain(apiKey);
});

/** For the rest of the test, each wait is over at once, and moves the time forward by its length. */
function driveWaits(): void {
  const realNow = Date.now.bind(Date);
  let waited = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => realNow() + waited);
  jest.spyOn(timers, 'setTimeout').mockImplementation((ms = 0) => {
    waited += ms;
    return nextTurn<never>();
  });
}

async function contactFieldsOf(agent: string | undefined): Promise<readonly Field[]> {
  const outcome = await runInZapier('creates.launch_campaign.operation.inputFields', {
    authData: connectionTo(simulator),
    inputData: agent === undefined ? {} : { agent },
  });
  const fields = outputOf(outcome) as unknown as readonly Field[];
  return fields.filter(({ key }) => key === 'contacts' || key === 'about_variables');
}

function bodyOfCreate(): unknown {
  return simulator.requests.find(({ path }) => path.endsWith('/campaign/create'))?.body;
}

function fileInStorage(): string {
  return String(simulator.storageRequests.at(-1)?.body);
}
