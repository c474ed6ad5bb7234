import { configurationChoice, phoneNumberChoice, type DograhClient } from '@dograh/shared';
import { configurationForCalls } from '../../../shared/src/telephony/configurations';
import { startSimulator, type Fault, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';
import { refusalOf, rejectionOf } from '../../support/refusal';
import { placeCall } from '../../support/place-call';

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

const client = (apiKey = simulator.world.acme.apiKey): DograhClient =>
  clientTo(simulator.url, { apiKey, clock: new DrivenClock() });

const strike = (fault: Fault, times = 1): void => {
  simulator.faults.add({ on: 'telephony', fault, times });
};

describe('the telephony configurations', () => {
  it('are listed with the unusable ones last, and the reason', async () => {
    const { acmeMain, acmeBackup, acmeUnfinished } = simulator.world.telephony;
    acmeMain.inactive = true;
    acmeUnfinished.name = 'Alternative';

    expect(await client().listTelephonyConfigurations()).toEqual([
      {
        id: acmeBackup.id,
        name: 'Backup Line',
        provider: 'vonage',
        isDefault: false,
        unusable: null,
      },
      {
        id: acmeMain.id,
        name: 'Main Line',
        provider: 'twilio',
        isDefault: true,
        unusable: 'Switched off.',
      },
      {
        id: acmeUnfinished.id,
        name: 'Alternative',
        provider: 'plivo',
        isDefault: false,
        unusable: 'Add an active phone number first.',
      },
    ]);
  });

  it('are sorted: the default one first, then by name', async () => {
    const { acmeUnfinished } = simulator.world.telephony;
    acmeUnfinished.outboundBlockedReason = null;
    acmeUnfinished.name = 'Alternative';
    const configurations = await client().listTelephonyConfigurations();

    expect(configurations.map(({ name }) => name)).toEqual([
      'Main Line',
      'Alternative',
      'Backup Line',
    ]);
  });

  it('have readable labels in a list', async () => {
    const [main, , unfinished] = await client().listTelephonyConfigurations();

    expect([main, unfinished].map((one) => one && configurationChoice(one))).toEqual([
      { value: 11, label: 'Main Line, twilio (default)', remark: null },
      {
        value: 13,
        label: 'New Trunk, plivo (cannot place calls)',
        remark: 'Add an active phone number first.',
      },
    ]);
  });

  it('are read again after errors of Dograh', async () => {
    strike({ kind: 'status', callPlaced: false, status: 503 }, 2);

    expect(await client().listTelephonyConfigurations()).not.toHaveLength(0);
    expect(simulator.requests).toHaveLength(3);
  });

  it.each<[string, Fault, string]>([
    ['a web page', { kind: 'not-json', callPlaced: true }, 'Contract'],
    ['another shape', { kind: 'off-contract', callPlaced: true, body: [] }, 'Contract'],
    [
      'a refusal',
      { kind: 'status', callPlaced: false, status: 403, body: { detail: 'No' } },
      'PermissionDenied',
    ],
  ])('are an error after %s', async (_what, fault, kind) => {
    strike(fault);
    strike(fault);
    const refusals = [
      await rejectionOf(client().listTelephonyConfigurations()),
      await rejectionOf(client().listPhoneNumbers(11)),
    ];

    expect(refusals).toMatchObject([
      { kind, callPlaced: 'no' },
      { kind, callPlaced: 'no' },
    ]);
  });

  it('never contain the key that a server repeats', async () => {
    const { apiKey } = simulator.world.acme;
    simulator.world.telephony.acmeMain.name = `Line of ${apiKey}`;

    expect(JSON.stringify(await client().listTelephonyConfigurations())).not.toContain(apiKey);
  });
});

describe('the telephony configuration of a call that chooses none', () => {
  const dials = async (): Promise<number> =>
    configurationForCalls(await client().listTelephonyConfigurations()).id;
  const dialed = async (): Promise<number | undefined> => {
    await placeCall(client(), {
      agent: { by: 'triggerId', value: 'lead-qualifier' },
      phoneNumber: '+14155550123',
    });
    return simulator.calls[0]?.telephonyConfigurationId;
  };

  it('is the default one', async () => {
    expect(await dials()).toBe(simulator.world.telephony.acmeMain.id);
    expect(await dialed()).toBe(await dials());
  });

  it.each([
    ['switched off', { inactive: true }],
    ['not ready', { outboundBlockedReason: 'No credit.' }],
  ])('is the oldest other one if the default one is %s', async (_what, change) => {
    const { acmeMain, acmeUnfinished, acmeBackup } = simulator.world.telephony;
    Object.assign(acmeMain, change);
    // By name, the newer one is first.
    acmeUnfinished.outboundBlockedReason = null;
    acmeUnfinished.name = 'Alternative';

    expect(await dials()).toBe(acmeBackup.id);
    expect(await dialed()).toBe(acmeBackup.id);
  });

  it('is an error if none can place calls', async () => {
    const { acmeMain, acmeBackup } = simulator.world.telephony;
    acmeMain.inactive = true;
    acmeBackup.inactive = true;
    const configurations = await client().listTelephonyConfigurations();

    expect(refusalOf(() => configurationForCalls(configurations))).toMatchObject({
      kind: 'Telephony',
      message: 'None of the telephony configurations can place calls.',
    });
    expect(refusalOf(() => configurationForCalls([]))).toMatchObject({
      message: 'This organization has no telephony configuration.',
    });
  });
});

describe('the phone numbers of a telephony configuration', () => {
  it('are listed with the default one first, and the inactive ones last', async () => {
    simulator.world.phoneNumbers.acmeSales.isActive = false;
    simulator.world.phoneNumbers.acmeRetired.isActive = true;
    const numbers = await client().listPhoneNumbers(' 11 ');

    expect(numbers).toEqual([
      { id: 111, address: '+14155550111', label: 'Reception', isDefault: true, unusable: null },
      { id: 113, address: '+14155550113', label: 'Retired', isDefault: false, unusable: null },
      {
        id: 112,
        address: '+14155550112',
        label: 'Sales',
        isDefault: false,
        unusable: 'Switched off.',
      },
    ]);
    expect(numbers.map(phoneNumberChoice)).toEqual([
      { value: 111, label: '+14155550111, Reception (default)', remark: null },
      { value: 113, label: '+14155550113, Retired', remark: null },
      { value: 112, label: '+14155550112, Sales (cannot be used)', remark: 'Switched off.' },
    ]);
  });

  it('may have no label', async () => {
    simulator.world.phoneNumbers.acmeBackupLine.label = null;
    const numbers = await client().listPhoneNumbers(12);

    expect(numbers.map(phoneNumberChoice)).toEqual([
      { value: 121, label: '+14155550121', remark: null },
    ]);
  });

  it.each(['Main Line', '', '0', 1.5, null])(
    'cannot be read by %p, which is not an ID',
    async (id) => {
      expect(await rejectionOf(client().listPhoneNumbers(id))).toMatchObject({
        kind: 'InvalidInput',
        message: expect.stringMatching(
          /^Telephony Configuration must be a whole number from 1 to 2147483647/,
        ) as unknown,
      });
      expect(simulator.requests).toHaveLength(0);
    },
  );

  it.each([999, 21])('are an error for the unknown or foreign configuration %p', async (id) => {
    expect(await rejectionOf(client().listPhoneNumbers(id))).toMatchObject({
      kind: 'NotFound',
      message: `There is no telephony configuration ${id} in the organization of this API key.`,
    });
  });
});

describe('the caller IDs', () => {
  it.each([12, ' 12 '])('are those of the chosen configuration %p', async (chosen) => {
    const { numbers, ofDefault } = await client().listCallerIds(chosen);

    expect(numbers.map(({ id }) => id)).toEqual([121]);
    expect(ofDefault).toBeNull();
    expect(simulator.requests).toHaveLength(1);
  });

  it.each([undefined, null, '', ' '])(
    'are those of the default configuration if %p is chosen',
    async (chosen) => {
      simulator.world.telephony.acmeMain.inactive = true;
      const { numbers, ofDefault } = await client().listCallerIds(chosen);

      expect(numbers.map(({ id }) => id)).toEqual([121]);
      expect(ofDefault).toMatchObject({ id: 12, name: 'Backup Line' });
    },
  );

  it('are an error if no configuration can place calls', async () => {
    for (const configuration of Object.values(simulator.world.telephony)) {
      configuration.inactive = true;
    }

    expect(await rejectionOf(client().listCallerIds())).toMatchObject({ kind: 'Telephony' });
  });
});
