import { answerTo, aNumber } from '../../../tools/simulator/api-caller';
import { startSimulator, type Simulator } from '../../../tools/simulator/index';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});

afterEach(() => {
  simulator.reset();
});
afterAll(() => simulator.stop());

async function contextAfter(
  context: Record<string, unknown>,
  route = 'lead-qualifier',
): Promise<Record<string, unknown>> {
  const body = { phone_number: aNumber, initial_context: context };
  expect((await answerTo(simulator, { route, body })).status).toBe(200);
  return simulator.calls[0]?.initialContext ?? {};
}

describe('the context of a run', () => {
  it('keeps values of every JSON type', async () => {
    const context = { text: '007', number: 7, yes: true, nothing: null, list: [1], user: { a: 1 } };
    expect(await contextAfter(context)).toMatchObject(context);
  });

  it.each(['runtime_configuration', 'mps_correlation_id'])('does not contain %s', async (key) => {
    expect(await contextAfter({ [key]: 'mine' })).not.toHaveProperty(key);
  });

  it('contains the provider that dials, even if the client sends another', async () => {
    expect(await contextAfter({ provider: 'mine' })).toHaveProperty('provider', 'twilio');
  });

  it('contains the called number, even if the client sends another', async () => {
    expect(await contextAfter({ called_number: 'mine' })).toHaveProperty('called_number', aNumber);
  });

  it('contains the calling number, even if the client sends another', async () => {
    const { address } = simulator.world.phoneNumbers.acmeReception;
    expect(await contextAfter({ caller_number: 'mine' })).toHaveProperty('caller_number', address);
  });

  it('keeps the client’s caller_number if nobody was dialed', async () => {
    simulator.world.unreachableNumbers.push(aNumber);
    const body = { phone_number: aNumber, initial_context: { caller_number: 'mine' } };
    expect((await answerTo(simulator, { body })).status).toBe(400);
    expect(simulator.runs[0]?.initialContext).toHaveProperty('caller_number', 'mine');
  });

  it('has no caller_number if nobody was dialed', async () => {
    simulator.world.unreachableNumbers.push(aNumber);
    expect((await answerTo(simulator)).status).toBe(400);
    expect(simulator.runs[0]?.initialContext).not.toHaveProperty('caller_number');
  });

  it.each([
    'phone_number',
    'direction',
    'trigger_mode',
    'telephony_configuration_id',
    'from_phone_number_id',
    'agent_identifier',
    'agent_identifier_type',
    'agent_uuid',
    'workflow_uuid',
    'api_key_id',
    'api_key_created_by',
  ])('lets the client overwrite %s, as in Dograh', async (key) => {
    expect(await contextAfter({ [key]: 'mine' })).toHaveProperty(key, 'mine');
  });
});

describe('template-context defaults of an agent', () => {
  it('fill in missing variables of a test run', async () => {
    const { trigger } = simulator.world.agents.deliveryUpdate;
    const context = await contextAfter({ customer_name: 'Ada' }, `test/${trigger}`);
    expect(context).toMatchObject({ customer_name: 'Ada', parcel_count: 1 });
  });

  it('are not used in production', async () => {
    const { trigger } = simulator.world.agents.deliveryUpdate;
    expect(await contextAfter({}, trigger)).not.toHaveProperty('parcel_count');
  });
});
