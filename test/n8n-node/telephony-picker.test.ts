import type {
  ICredentialDataDecryptedObject,
  INodeParameters,
  INodeProperties,
  INodePropertyOptions,
} from 'n8n-workflow';
import { hurryWaits } from '../support/host-time';
import { startOtherOrigin } from '../../tools/support/servers';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode } from '../../tools/hosts/n8n/engine';
import { loadOptions } from '../../tools/hosts/n8n/load-options';
import { dograhNodeType } from '../../tools/hosts/n8n/n8n-host';

const FIELDS = ['telephonyConfigurationId', 'fromPhoneNumberId'] as const;
type Field = (typeof FIELDS)[number];

describe('the lists of telephony configurations and caller IDs', () => {
  let simulator: Simulator;

  hurryWaits();
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

  const choices = async (
    field: Field,
    options: INodeParameters | null = {},
    credentials: ICredentialDataDecryptedObject = credentialsFor(simulator),
  ): Promise<INodePropertyOptions[]> => {
    const method = (await fieldOf(field)).typeOptions?.loadOptionsMethod;
    const form = callForm({ options });
    return loadOptions(String(method), `parameters.options.${field}`, form, credentials);
  };
  const values = (listed: INodePropertyOptions[]): unknown[] => listed.map(({ value }) => value);

  it('show the telephony configurations, with unusable ones last and the reason', async () => {
    expect(await choices('telephonyConfigurationId')).toEqual([
      { name: 'Default', value: 0, description: expect.stringMatching(/\w/) as unknown },
      { name: 'Main Line, twilio (default)', value: 11 },
      { name: 'Backup Line, vonage', value: 12 },
      {
        name: 'New Trunk, plivo (cannot place calls)',
        value: 13,
        description: 'Add an active phone number first.',
      },
    ]);
  });

  it.each([12, '12'])('show the numbers of the configuration that is chosen by %p', async (id) => {
    const listed = await choices('fromPhoneNumberId', { telephonyConfigurationId: id });

    expect(values(listed)).toEqual([0, 121]);
    expect(simulator.requests).toHaveLength(1);
  });

  it.each([undefined, 0, ''])(
    'show the numbers of the default configuration if %p is chosen',
    async (id) => {
      const options = id === undefined ? {} : { telephonyConfigurationId: id };

      expect(await choices('fromPhoneNumberId', options)).toEqual([
        { name: 'Default', value: 0, description: expect.stringContaining('Main Line') as unknown },
        { name: '+14155550111, Reception (default)', value: 111 },
        { name: '+14155550112, Sales', value: 112 },
        {
          name: '+14155550113, Retired (cannot be used)',
          value: 113,
          description: 'Switched off.',
        },
      ]);
    },
  );

  it('show the numbers of another configuration if the default cannot place calls', async () => {
    simulator.world.telephony.acmeMain.inactive = true;
    const [byDefault, ...numbers] = await choices('fromPhoneNumberId');

    expect(byDefault?.description).toContain('Backup Line');
    expect(values(numbers)).toEqual([121]);
  });

  it('load the numbers again when another configuration is chosen', async () => {
    expect((await fieldOf('fromPhoneNumberId')).typeOptions?.loadOptionsDependsOn).toEqual([
      'options.telephonyConfigurationId',
    ]);
  });

  it.each<[string, INodeParameters | null, RegExp]>([
    ['is unknown', { telephonyConfigurationId: 999 }, /no telephony configuration 999.*Choose/],
    [
      'is not an ID',
      { telephonyConfigurationId: 'Main' },
      /Telephony Configuration must be .*, not "Main".*Choose/,
    ],
    ['cannot be evaluated yet', null, /is unknown, because.*Run the nodes before this one/],
  ])('say that the configuration %s', async (_what, options, sentence) => {
    await expect(choices('fromPhoneNumberId', options)).rejects.toThrow(sentence);
  });

  it('say that no configuration can place calls', async () => {
    const { acmeMain, acmeBackup } = simulator.world.telephony;
    acmeMain.inactive = true;
    acmeBackup.inactive = true;

    await expect(choices('fromPhoneNumberId')).rejects.toThrow(
      'None of the telephony configurations can place calls. Set one up in the Dograh dashboard under Telephony.',
    );
    expect(values(await choices('telephonyConfigurationId'))).toEqual([0, 11, 12, 13]);
  });

  describe.each(FIELDS)('%s', (field) => {
    it('says what is wrong with the key', async () => {
      const credentials = { apiKey: 'dg_wrong_0123', baseUrl: simulator.url };

      await expect(choices(field, {}, credentials)).rejects.toThrow(
        /does not accept the API key.*Check the key/,
      );
    });

    it('says what is wrong with the address', async () => {
      const credentials = { apiKey: simulator.world.acme.apiKey, baseUrl: 'dograh' };

      await expect(choices(field, {}, credentials)).rejects.toThrow(
        /Base URL is not a web address\. Enter the whole address/,
      );
    });

    it('says that the key has no permission', async () => {
      simulator.faults.add({
        on: 'telephony',
        fault: { kind: 'status', callPlaced: false, status: 403, body: { detail: 'No' } },
      });

      await expect(choices(field)).rejects.toThrow(/has no access to this data in Dograh: No/);
    });

    it('says that Dograh is down', async () => {
      const down = await startOtherOrigin();
      await down.stop();
      const credentials = { apiKey: simulator.world.acme.apiKey, baseUrl: down.url };

      await expect(choices(field, {}, credentials)).rejects.toThrow(new URL(down.url).host);
    });
  });

  it.each([
    ['chosen from the list', { telephonyConfigurationId: 12, fromPhoneNumberId: 121 }],
    ['text of digits', { telephonyConfigurationId: '12', fromPhoneNumberId: '121' }],
    [
      'expressions',
      { telephonyConfigurationId: '={{ 12 }}', fromPhoneNumberId: '={{ $json.line }}' },
    ],
  ])('are used in the call: %s', async (_how, options) => {
    const { error } = await runDograhNode({
      parameters: callForm({ options }),
      credentials: credentialsFor(simulator),
      items: [{ line: 121 }],
    });

    expect(error).toBeUndefined();
    expect(simulator.requests[0]?.body).toMatchObject({
      telephony_configuration_id: 12,
      from_phone_number_id: 121,
    });
    expect(simulator.calls).toMatchObject([
      { telephonyConfigurationId: 12, fromPhoneNumberId: 121 },
    ]);
  });

  it.each([0, ''])('leave both settings to Dograh if %p is chosen', async (nothing) => {
    await runDograhNode({
      parameters: callForm({
        options: { telephonyConfigurationId: nothing, fromPhoneNumberId: nothing },
      }),
      credentials: credentialsFor(simulator),
    });

    expect(simulator.requests[0]?.body).toEqual({
      phone_number: '+14155550123',
      initial_context: expect.anything() as unknown,
    });
  });

  it.each(FIELDS)(
    'offer the default value of %s, so that n8n does not mark it as invalid',
    async (field) => {
      const { default: atFirst } = await fieldOf(field);

      expect(values(await choices(field))).toContain(atFirst);
    },
  );
});

async function fieldOf(name: Field): Promise<INodeProperties> {
  const { properties } = (await dograhNodeType()).description;
  const options = properties.find((property) => property.name === 'options')?.options ?? [];
  const field = options.find((option) => option.name === name);
  if (field === undefined || !('type' in field)) throw new Error(`No field ${name}`);
  return field;
}
