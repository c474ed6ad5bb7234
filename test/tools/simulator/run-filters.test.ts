import { answerTo, getRuns } from '../../../tools/simulator/api-caller';
import { startSimulator, type Simulator } from '../../../tools/simulator/index';

const ended = 1001;
const failed = 1002;
const underWay = 1003;
const inbound = 1004;

let simulator: Simulator;

beforeAll(async () => {
  // No call advances by itself.
  simulator = await startSimulator({ dialMs: 600_000 });
  const { leadQualifier } = simulator.world.agents;
  const { acmeSales } = simulator.world.phoneNumbers;
  simulator.addRun({
    phoneNumber: '+14155550151',
    ending: { disposition: 'transferred', mappedDisposition: 'XFER', durationSeconds: 90 },
  });
  await answerTo(simulator, { body: { phone_number: '+14155550199' } });
  const body = { phone_number: 'sip:ann@example.com', from_phone_number_id: acmeSales.id };
  await answerTo(simulator, { route: leadQualifier.trigger, body });
  simulator.addRun({ direction: 'inbound', phoneNumber: '+442071838750', endedAt: null });
});

afterAll(() => simulator.stop());

const all = [underWay, failed, inbound, ended];

/** The IDs of the runs that pass, or the status of a refusal. */
async function passing(filters: unknown): Promise<number[] | number> {
  const text = typeof filters === 'string' ? filters : JSON.stringify(filters);
  const response = await getRuns(simulator, { filters: text });
  const body = (await response.json()) as { runs?: { id: number }[] };
  return body.runs?.map(({ id }) => id) ?? response.status;
}

describe('a filter of the list of runs', () => {
  it.each<[string, string, Record<string, unknown>, number[]]>([
    ['runId', 'number', { value: failed }, [failed]],
    ['runId', 'number', { value: 1 }, []],
    ['runId', 'number', { value: null }, all],
    ['workflowId', 'number', { value: 102 }, [underWay]],
    ['workflowId', 'number', {}, all],
    ['calledNumber', 'text', { value: '+1415555015' }, [ended]],
    ['calledNumber', 'text', { value: '5550' }, [failed, inbound, ended]],
    ['callerNumber', 'text', { value: '+4420' }, [inbound]],
    ['calledNumber', 'text', { value: 's%n@e_ample.' }, [underWay]],
    ['calledNumber', 'text', { value: 'example-com' }, []],
    ['calledNumber', 'text', { value: 'ann\\@' }, [underWay]],
    ['calledNumber', 'text', { value: '5550\\' }, []],
    ['calledNumber', 'text', { value: ' ann@ ' }, [underWay]],
    ['calledNumber', 'text', { value: '' }, all],
    ['callerNumber', 'text', { value: '0112' }, [underWay]],
    ['callerNumber', 'text', { value: '0151' }, []],
    ['dispositionCode', 'multiSelect', { codes: ['XFER', 'error'] }, [failed, ended]],
    ['dispositionCode', 'multiSelect', { codes: ['transferred'] }, []],
    ['dispositionCode', 'multiSelect', { codes: [] }, all],
    ['duration', 'numberRange', { min: 90 }, [ended]],
    ['duration', 'numberRange', { min: 91 }, []],
    ['duration', 'numberRange', { min: 0, max: 89 }, [failed]],
    ['duration', 'numberRange', { max: 90 }, [failed, ended]],
    ['duration', 'numberRange', {}, all],
    ['callDirection', 'radio', { status: 'outbound' }, [underWay, failed, ended]],
    ['callDirection', 'radio', { status: 'inbound' }, [inbound]],
    ['callDirection', 'radio', { status: 'sideways' }, all],
    // Attributes that only the list of one agent's runs uses.
    ['status', 'radio', { status: 'completed' }, all],
    ['dateRange', 'dateRange', { to: '2020-01-01T00:00:00Z' }, all],
  ])('%s of type %s with %j', async (attribute, type, value, ids) => {
    expect(await passing([{ attribute, type, value }])).toEqual(ids);
  });

  it.each([
    ['an attribute that Dograh does not know', { attribute: 'mood', type: 'text' }],
    ['a type that is not the attribute’s', { attribute: 'runId', type: 'text' }],
    ['no type', { attribute: 'runId' }],
  ])('is ignored if it has %s', async (_name, filter) => {
    expect(await passing([{ ...filter, value: { value: failed } }])).toEqual(all);
  });

  it('applies together with other filters', async () => {
    const called = { attribute: 'calledNumber', type: 'text', value: { value: '5550' } };
    const long = { attribute: 'duration', type: 'numberRange', value: { min: 1 } };

    expect(await passing([called, long])).toEqual([ended]);
    expect(await passing([])).toEqual(all);
    expect(await passing('')).toEqual(all);
  });
});

describe('a query with invalid filters', () => {
  it.each(['{}', '7', '["runId"]', '[{"attribute":"runId","value":1}]'])(
    'gets a 500 for %s, as in Dograh',
    async (filters) => {
      expect(await passing(filters)).toBe(500);
      expect(simulator.contractViolations).toEqual([]);
    },
  );

  it('gets a status that the contract does not have if it is not JSON', async () => {
    expect(await passing('[{')).toBe(500);
    expect(simulator.contractViolations).toEqual([
      {
        side: 'answer',
        route: 'GET /api/v1/organizations/usage/runs',
        problem: 'status 400 is not in the contract',
      },
    ]);
  });
});
