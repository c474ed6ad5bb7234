import { hurryWaits } from '../support/host-time';
import { closedPort } from '../../tools/support/servers';
import {
  manyAgents,
  startSimulator,
  type Fault,
  type Simulator,
  type World,
} from '../../tools/simulator';
import { create } from '../../tools/simulator/campaigns/campaign-caller';
import { choicesIn, dropdowns, openDropdown, type Choice } from './dropdown';
import { everythingIn, sentenceOf } from '../../tools/hosts/zapier/host';
import type { ZapierOutcome, ZapierRun } from '../../tools/hosts/zapier/runtime';
import { connectionTo, errorOf, outputOf, runsOf, runStep } from '../../tools/hosts/zapier/step';

type Input = NonNullable<ZapierRun['inputData']>;
type Field = 'agent' | 'disposition' | 'telephony_configuration_id' | 'from_phone_number_id';

const filledBy = dropdowns();

hurryWaits();
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

const dynamicOf = (field: Field): string => {
  const step = field === 'disposition' ? 'triggers.call_completed' : 'creates.trigger_call';
  return filledBy.get(`${step}.${field}`) ?? '';
};

function open(field: Field, run: Partial<ZapierRun> = {}): Promise<ZapierOutcome> {
  return openDropdown(dynamicOf(field), { authData: connectionTo(simulator), ...run });
}

async function choices(field: Field, inputData: Input = {}): Promise<readonly Choice[]> {
  return choicesIn(dynamicOf(field), await open(field, { inputData }));
}

async function page(number: number, field: Field = 'agent'): Promise<readonly Choice[]> {
  return choicesIn(dynamicOf(field), await open(field, { meta: { page: number } }));
}

const valuesOf = (listed: readonly Choice[]): unknown[] => listed.map(({ value }) => value);
const labelsOf = (listed: readonly Choice[]): string[] => listed.map(({ label }) => String(label));
const refusal = (status: number, detail: string): Fault => {
  return { kind: 'status', callPlaced: false, status, body: { detail } };
};

describe('a dropdown', () => {
  assertNoCallAfterEach();

  it.each([...filledBy])('for %s has values and labels (%s)', async (_path, dynamic) => {
    simulator.addRun();
    await create(simulator);
    const authData = connectionTo(simulator);
    const [choice] = choicesIn(dynamic, await openDropdown(dynamic, { authData }));

    expect(choice).toEqual({ value: expect.anything(), label: expect.stringMatching(/\S/) });
  });

  describe('of agents', () => {
    it('shows the name of each agent and stores its Agent UUID', async () => {
      const { name, uuid } = simulator.world.agents.leadQualifier;

      expect(await choices('agent')).toContainEqual({ value: uuid, label: name });
    });

    it('is sorted by name', async () => {
      simulator.world.agents.appointmentReminder.name = 'Zoë';
      const labels = labelsOf(await choices('agent'));

      expect(labels).toEqual(labels.toSorted((one, other) => one.localeCompare(other)));
    });

    it.each<[string, (agents: World['agents']) => { readonly uuid: string }]>([
      ['archived agents', ({ archived }) => archived],
      ['agents of other organizations', ({ globexSurvey }) => globexSurvey],
    ])('leaves out %s', async (_which, choose) => {
      const { uuid } = choose(simulator.world.agents);

      expect(valuesOf(await choices('agent'))).not.toContain(uuid);
    });

    it('lists agents with the same name separately, each with its own Agent UUID', async () => {
      const { leadQualifier, deliveryUpdate } = simulator.world.agents;
      deliveryUpdate.name = leadQualifier.name;

      expect(await choices('agent')).toEqual(
        expect.arrayContaining([
          { value: leadQualifier.uuid, label: leadQualifier.name },
          { value: deliveryUpdate.uuid, label: leadQualifier.name },
        ]),
      );
    });

    it('has pages of 100 agents until a page is empty', async () => {
      const all = (await choices('agent')).length + manyAgents(simulator.world, 250).length;
      const pages = [await page(0), await page(1), await page(2), await page(3)];

      expect(pages.map(({ length }) => length)).toEqual([100, 100, all - 200, 0]);
    });

    it('lists each of 250 agents once', async () => {
      const added = manyAgents(simulator.world, 250);
      const seen = valuesOf([...(await page(0)), ...(await page(1)), ...(await page(2))]);

      expect(seen).toEqual(expect.arrayContaining(added.map(({ uuid }) => uuid)));
      expect(new Set(seen).size).toBe(seen.length);
    });

    it('lists each agent once even if names are equal and Dograh changes the order', async () => {
      for (const agent of manyAgents(simulator.world, 120)) agent.name = 'Agent';
      const seen = valuesOf(await page(0));
      listInReverse(simulator.world);
      seen.push(...valuesOf(await page(1)));

      expect(new Set(seen).size).toBe(seen.length);
    });

    it('starts with the first page if no page is given', async () => {
      manyAgents(simulator.world, 100);

      expect(runsOf(await open('agent', { meta: {} }))).toEqual(runsOf(await open('agent')));
    });
  });

  describe('of dispositions', () => {
    it('lists Dograh’s words, then those of the organization', async () => {
      simulator.addRun({ ending: { disposition: 'want_demo' } });
      const listed = await choices('disposition');

      expect(listed[0]).toEqual({
        value: 'call_duration_exceeded',
        label: 'call_duration_exceeded',
      });
      expect(listed.at(-1)).toEqual({ value: 'want_demo', label: 'want_demo' });
    });

    it('lists each of hundreds of words once, in pages', async () => {
      for (let index = 0; index < 250; index += 1) {
        simulator.addRun({ ending: { disposition: `own_${String(index)}` } });
      }
      const pages = [0, 1, 2, 3].map((number) => page(number, 'disposition'));
      const seen = (await Promise.all(pages)).map(valuesOf);

      expect(seen.map(({ length }) => length)).toEqual([100, 100, 69, 0]);
      expect(new Set(seen.flat()).size).toBe(269);
    });

    it('is empty if this version of Dograh does not list them', async () => {
      const fault = refusal(404, 'Not Found');
      simulator.faults.add({ on: 'dispositions', fault });

      expect(runsOf(await open('disposition'))).toEqual([]);
    });
  });

  describe('of telephony configurations', () => {
    it('lists the default first and what cannot place calls last, with the reason', async () => {
      expect(await choices('telephony_configuration_id')).toEqual([
        { value: '11', label: 'Main Line, twilio (default)' },
        { value: '12', label: 'Backup Line, vonage' },
        {
          value: '13',
          label: 'New Trunk, plivo (cannot place calls): Add an active phone number first.',
        },
      ]);
    });

    it('lists a default that cannot place calls after those that can', async () => {
      simulator.world.telephony.acmeMain.inactive = true;

      expect(labelsOf(await choices('telephony_configuration_id')).slice(0, 2)).toEqual([
        'Backup Line, vonage',
        'Main Line, twilio (default, cannot place calls): Switched off.',
      ]);
    });

    it('is empty if there is none', async () => {
      const authData = { ...connectionTo(simulator), api_key: simulator.world.initech.apiKey };

      expect(runsOf(await open('telephony_configuration_id', { authData }))).toEqual([]);
    });
  });

  describe('of phone numbers', () => {
    const numbers = (configuration: unknown): Promise<readonly Choice[]> =>
      choices('from_phone_number_id', { telephony_configuration_id: configuration });
    const sentenceFor = async (configuration: unknown): Promise<string> => {
      const inputData = { telephony_configuration_id: configuration };
      return sentenceOf(errorOf(await open('from_phone_number_id', { inputData })));
    };

    it.each([12, '12', ' 12 '])(
      'lists the numbers of the configuration chosen as %j',
      async (chosen) => {
        expect(await numbers(chosen)).toEqual([{ value: '121', label: '+14155550121, Backup' }]);
      },
    );

    it('is empty if the chosen configuration has no number', async () => {
      expect(await numbers(simulator.world.telephony.acmeUnfinished.id)).toEqual([]);
    });

    it.each([undefined, null, '', ' '])(
      'lists the numbers of the default configuration if the choice is %j',
      async (chosen) => {
        expect(await numbers(chosen)).toEqual([
          { value: '111', label: '+14155550111, Reception (default)' },
          { value: '112', label: '+14155550112, Sales' },
          { value: '113', label: '+14155550113, Retired (cannot be used): Switched off.' },
        ]);
      },
    );

    it('lists the numbers of another configuration if the default cannot place calls', async () => {
      simulator.world.telephony.acmeMain.inactive = true;

      expect(valuesOf(await numbers(''))).toEqual(['121']);
    });

    it.each([
      [' 7 ', 'There is no telephony configuration 7 in the organization of this API key.'],
      ['21', 'There is no telephony configuration 21 in the organization of this API key.'],
    ])('refuses %j, which is not a configuration of this organization', async (chosen, message) => {
      expect(await sentenceFor(chosen)).toBe(
        `${message} Choose another one, or leave Telephony Configuration empty to use the default.`,
      );
    });

    it.each<[string, unknown, string]>([
      ['a label', 'Main Line, twilio (default)', '"Main Line, twilio (default)"'],
      ['a value that could not be mapped', '{{143__id}}', '"{{143__id}}"'],
      ['an ID that Dograh never uses', 0, '"0"'],
      ['a number with decimals', 12.5, '"12.5"'],
    ])('refuses %s before any request', async (_what, chosen, quoted) => {
      expect(await sentenceFor(chosen)).toBe(
        `Telephony Configuration must be a whole number from 1 to 2147483647, not ${quoted}. Choose it from the list, or use the number in the Dograh dashboard.`,
      );
      expect(simulator.requests).toHaveLength(0);
    });

    it('fails if no configuration can place calls', async () => {
      simulator.world.telephony.acmeMain.inactive = true;
      simulator.world.telephony.acmeBackup.inactive = true;

      expect(await sentenceFor('')).toBe(
        'None of the telephony configurations can place calls. Set one up in the Dograh dashboard under Telephony.',
      );
    });
  });

  it('does not show the API key even if names contain it', async () => {
    const { acme, agents, telephony, phoneNumbers } = simulator.world;
    simulator.addRun({ ending: { disposition: `to ${acme.apiKey}` } });
    agents.leadQualifier.name = `Agent ${acme.apiKey}`;
    telephony.acmeMain.name = `Line ${acme.apiKey}`;
    phoneNumbers.acmeSales.label = acme.apiKey;
    const outcomes = [
      await open('agent'),
      await open('disposition'),
      await open('telephony_configuration_id'),
      await open('from_phone_number_id'),
    ];

    for (const outcome of outcomes) {
      expect(JSON.stringify(runsOf(outcome))).toContain('[API key]');
      expect(outcome.logs).not.toHaveLength(0);
    }
    expect(everythingIn(outcomes)).not.toContain(acme.apiKey);
  });

  it('does not show an API key that is pasted as Telephony Configuration', async () => {
    const { apiKey } = simulator.world.acme;
    const inputData = { telephony_configuration_id: apiKey };
    const outcome = await open('from_phone_number_id', { inputData });

    expect(sentenceOf(errorOf(outcome))).toContain(
      'Telephony Configuration must be a whole number from 1 to 2147483647, not "[API key]".',
    );
    expect(everythingIn(outcome)).not.toContain(apiKey);
  });
});

describe.each([...new Set(filledBy.values())])('the failed dropdown %s', (dynamic) => {
  assertNoCallAfterEach();
  const attempt = (authData: Partial<ReturnType<typeof connectionTo>> = {}) =>
    openDropdown(dynamic, { authData: { ...connectionTo(simulator), ...authData } });

  it('makes Zapier ask to reconnect if Dograh does not accept the API key', async () => {
    const error = errorOf(await attempt({ api_key: 'dg_revoked_key' }));

    expect(error.name).toBe('ExpiredAuthError');
    expect(sentenceOf(error)).toMatch(/does not accept the API key.*Check the key/);
  });

  it.each<[string, Fault, RegExp]>([
    [
      'a refusal',
      refusal(403, 'Not yours'),
      /has no access to this data in Dograh: Not yours\. Use a key/,
    ],
    ['a 429', refusal(429, 'Slow down'), /answered 429 .*: Slow down\. Try again later/],
    [
      'a 503',
      refusal(503, 'Oh no'),
      /answered 503 when it was asked for [\w/-]+\. Try again later\.$/,
    ],
    [
      'a 500',
      refusal(500, 'Oh no'),
      /answered 500 when it was asked for [\w/-]+\. .* will probably fail again/,
    ],
    [
      'a reset',
      { kind: 'reset', callPlaced: false, moment: 'after-reading' },
      /connection to 127\.0\.0\.1:\d+ was lost/,
    ],
    ['a web page', { kind: 'not-json', callPlaced: true }, /web page.*Check that Base URL/],
  ])('shows the error at once and is not retried after %s', async (...given) => {
    const [, fault, sentence] = given;
    simulator.faults.add({ on: 'any', fault, times: Infinity });
    const error = errorOf(await attempt());

    expect(error.name).toBe('AppError');
    expect(sentenceOf(error)).toMatch(sentence);
  });

  it('says which server does not respond', async () => {
    const base_url = await closedPort();
    const error = errorOf(await attempt({ base_url }));

    expect(error.name).toBe('AppError');
    expect(sentenceOf(error)).toContain(`${new URL(base_url).host} refused the connection`);
  });

  it.each([401, 403, 429])('does not show the API key even if a %i repeats it', async (status) => {
    const { apiKey } = simulator.world.acme;
    const fault = refusal(status, `${apiKey} is not good enough`);
    simulator.faults.add({ on: 'any', fault, times: Infinity });
    const outcome = await attempt();

    expect(sentenceOf(errorOf(outcome))).toContain('[API key] is not good enough');
    expect(outcome.logs).not.toHaveLength(0);
    expect(everythingIn(outcome)).not.toContain(apiKey);
  });
});

describe('a call with choices from dropdowns', () => {
  /** The value that the Zap stores when the user chooses this label. */
  const pick = async (field: Field, label: string, inputData: Input = {}): Promise<unknown> => {
    const picked = (await choices(field, inputData)).find((choice) => choice.label === label);
    if (picked === undefined) throw new Error(`There is no ${label}.`);
    return picked.value;
  };

  it.each<[string, (id: unknown) => unknown]>([
    ['as the dropdowns return them', (id) => id],
    ['as numbers, which an earlier step may return', Number],
  ])('is placed once with exactly these choices, %s', async (_how, made) => {
    const agent = await pick('agent', 'Lead Qualifier');
    const telephony_configuration_id = made(
      await pick('telephony_configuration_id', 'Backup Line, vonage', { agent }),
    );
    const chosen = { agent, telephony_configuration_id };
    const from_phone_number_id = made(
      await pick('from_phone_number_id', '+14155550121, Backup', chosen),
    );
    const inputData = { api_trigger: '', ...chosen, from_phone_number_id };
    outputOf(await runStep(simulator, { inputData }));

    expect(simulator.callRequests).toHaveLength(1);
    expect(simulator.calls).toMatchObject([
      {
        agentUuid: simulator.world.agents.leadQualifier.uuid,
        telephonyConfigurationId: simulator.world.telephony.acmeBackup.id,
        fromPhoneNumberId: simulator.world.phoneNumbers.acmeBackupLine.id,
      },
    ]);
  });

  it.each([
    ['the default configuration', {}, '+14155550112, Sales', 112],
    [
      'another configuration because the default is switched off',
      { inactive: true },
      '+14155550121, Backup',
      121,
    ],
  ])('is placed with a number of %s', async (_which, change, label, id) => {
    Object.assign(simulator.world.telephony.acmeMain, change);
    const nothing = { telephony_configuration_id: ' ' };
    const from_phone_number_id = await pick('from_phone_number_id', label, nothing);
    outputOf(await runStep(simulator, { inputData: { ...nothing, from_phone_number_id } }));

    expect(simulator.calls).toMatchObject([{ fromPhoneNumberId: id }]);
  });
});

/** Dograh does not promise an order. */
function listInReverse({ agents }: World): void {
  for (const [key, agent] of Object.entries(agents).reverse()) {
    Reflect.deleteProperty(agents, key);
    Object.assign(agents, { [key]: agent });
  }
}

function assertNoCallAfterEach(): void {
  afterEach(() => {
    expect(simulator.callRequests).toEqual([]);
  });
}
