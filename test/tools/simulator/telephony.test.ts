import { answerAt, answerTo, post } from '../../../tools/simulator/api-caller';
import { startSimulator, type Simulator } from '../../../tools/simulator/index';

const list = '/organizations/telephony-configs';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});

afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  simulator.reset();
});

afterAll(() => simulator.stop());

describe('the telephony configurations', () => {
  it('are those of the organization, with the reason why one cannot dial', async () => {
    const { status, body } = await answerAt(simulator, list);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      configurations: [
        {
          id: 11,
          name: 'Main Line',
          provider: 'twilio',
          is_default_outbound: true,
          inactive: false,
          phone_number_count: 2,
          is_ready_for_outbound: true,
          outbound_blocked_reason: null,
        },
        { id: 12, name: 'Backup Line', provider: 'vonage', is_default_outbound: false },
        {
          id: 13,
          is_ready_for_outbound: false,
          outbound_blocked_reason: 'Add an active phone number first.',
        },
      ],
    });
  });

  it('are none if telephony is not set up', async () => {
    const { apiKey } = simulator.world.initech;
    expect(await answerAt(simulator, list, apiKey)).toEqual({
      status: 200,
      body: { configurations: [] },
    });
  });

  it('include an inactive one, which no call can use', async () => {
    simulator.world.telephony.acmeBackup.inactive = true;
    const { body } = await answerAt(simulator, list);
    expect(body).toHaveProperty('configurations.1.inactive', true);

    const call = { phone_number: '+14155550150', telephony_configuration_id: 12 };
    expect((await answerTo(simulator, { body: call })).status).toBe(404);
  });
});

describe('the phone numbers of a configuration', () => {
  it('are all of its numbers, and show which of them can be the caller ID', async () => {
    const { status, body } = await answerAt(simulator, `${list}/11/phone-numbers`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      phone_numbers: [
        {
          id: 111,
          address: '+14155550111',
          label: 'Reception',
          is_active: true,
          is_default_caller_id: true,
        },
        { id: 112, label: 'Sales', is_active: true, is_default_caller_id: false },
        { id: 113, label: 'Retired', is_active: false },
      ],
    });
  });

  it('may have no label', async () => {
    simulator.world.phoneNumbers.acmeSales.label = null;
    const { body } = await answerAt(simulator, `${list}/11/phone-numbers`);
    expect(body).toHaveProperty('phone_numbers.1.label', null);
  });

  it('are none if it has none', async () => {
    expect((await answerAt(simulator, `${list}/13/phone-numbers`)).body).toEqual({
      phone_numbers: [],
    });
  });

  it.each(['21', '99'])('are not found for the ID %s', async (id) => {
    expect(await answerAt(simulator, `${list}/${id}/phone-numbers`)).toEqual({
      status: 404,
      body: { detail: 'Telephony configuration not found' },
    });
  });

  it('need a number as ID', async () => {
    expect((await answerAt(simulator, `${list}/main/phone-numbers`)).body).toMatchObject({
      detail: [{ type: 'int_parsing', loc: ['path', 'config_id'] }],
    });
  });
});

describe.each([list, `${list}/11/phone-numbers`])('%s', (path) => {
  it('refuses a request without a key or with a wrong key', async () => {
    expect((await answerAt(simulator, path, null)).status).toBe(401);
    expect((await answerAt(simulator, path, 'dg_wrong')).status).toBe(401);
  });

  it('has its own faults', async () => {
    simulator.faults.add({
      on: 'telephony',
      fault: { kind: 'status', callPlaced: false, status: 503 },
    });
    expect((await post(simulator)).status).toBe(200);
    expect((await answerAt(simulator, '/workflow/fetch')).status).toBe(200);
    expect((await answerAt(simulator, path)).status).toBe(503);
    expect((await answerAt(simulator, path)).status).toBe(200);
  });
});
