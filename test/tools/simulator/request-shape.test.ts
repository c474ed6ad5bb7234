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

async function problemsWith(body: unknown, contentType?: string): Promise<unknown> {
  const answer = await answerTo(simulator, contentType ? { body, contentType } : { body });
  expect(answer.status).toBe(422);
  expect(simulator.runs).toEqual([]);
  return (answer.body as { detail: unknown }).detail;
}

describe('a body of the wrong shape gets a 422 with FastAPI’s message', () => {
  it('if it has no phone number', async () => {
    expect(await problemsWith({})).toEqual([
      { loc: ['body', 'phone_number'], msg: 'Field required', type: 'missing', input: {} },
    ]);
  });

  it.each([
    ['phone_number', 14155550150, 'string_type'],
    ['phone_number', null, 'string_type'],
    ['initial_context', 'a text', 'dict_type'],
    ['initial_context', ['a', 'list'], 'dict_type'],
    ['telephony_configuration_id', 'eleven', 'int_type'],
    ['from_phone_number_id', 1.5, 'int_type'],
  ])('if %s is %j', async (field, value, type) => {
    const body = { phone_number: aNumber, [field]: value };
    expect(await problemsWith(body)).toEqual([
      expect.objectContaining({ loc: ['body', field], type, input: value }),
    ]);
  });

  it('if it has two mistakes', async () => {
    expect(await problemsWith({ initial_context: 1 })).toHaveLength(2);
  });

  it.each(['[]', '"text"', '7', 'null'])('if it is %s instead of an object', async (body) => {
    expect(await problemsWith(body)).toEqual([
      expect.objectContaining({ loc: ['body'], type: 'model_attributes_type' }),
    ]);
  });

  it('if it is not JSON', async () => {
    expect(await problemsWith('{"phone_number": ')).toEqual([
      expect.objectContaining({ loc: ['body', 0], type: 'json_invalid' }),
    ]);
  });

  it('if it is empty', async () => {
    expect(await problemsWith('')).toEqual([
      expect.objectContaining({ loc: ['body'], type: 'missing' }),
    ]);
  });

  it('if its content type is not JSON', async () => {
    expect(await problemsWith({ phone_number: aNumber }, 'text/plain')).toEqual([
      expect.objectContaining({ loc: ['body'], type: 'model_attributes_type' }),
    ]);
  });
});

describe('a contract violation is recorded, although Dograh accepts', () => {
  it('a field that Dograh does not know', async () => {
    const body = { phone_number: aNumber, callback_url: 'https://example.com' };

    expect((await answerTo(simulator, { body })).status).toBe(200);
    expect(simulator.contractViolations).toEqual([
      {
        side: 'request',
        route: 'POST /api/v1/public/agent/{trigger}',
        problem: expect.stringContaining('callback_url'),
      },
    ]);
  });

  it('an invalid trigger', async () => {
    expect((await answerTo(simulator, { route: 'two%20words' })).status).toBe(404);
    expect(simulator.contractViolations).toMatchObject([
      { side: 'request', problem: expect.stringContaining('/trigger') },
    ]);
  });
});

describe('a simulator that breaks the contract itself', () => {
  it('returns 500 and records the violation', async () => {
    Reflect.set(simulator.world.acme, 'quotaExhausted', 7);
    const answer = await answerTo(simulator);

    expect(answer).toEqual({
      status: 500,
      body: { detail: expect.stringContaining('Against the contract: /detail') },
    });
    expect(simulator.contractViolations[0]).toMatchObject({
      side: 'answer',
      route: 'POST /api/v1/public/agent/{trigger}',
    });
  });

  it('also returns 500 if its world makes it fail', async () => {
    Reflect.set(simulator.world, 'unreachableNumbers', undefined);

    expect((await answerTo(simulator)).status).toBe(500);
    expect(simulator.contractViolations).toMatchObject([
      { side: 'answer', problem: expect.stringContaining('TypeError') },
    ]);
  });
});

describe('other routes', () => {
  it.each([
    ['GET', '/api/v1/nothing/here', 404, 'Not Found'],
    ['POST', '/', 404, 'Not Found'],
    ['GET', '/api/v1/public/agent/lead-qualifier', 405, 'Method Not Allowed'],
    ['POST', '/api/v1/health', 405, 'Method Not Allowed'],
  ])('%s %s is a %i', async (method, path, status, detail) => {
    const response = await fetch(simulator.url + path, { method });
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ detail });
  });

  it('an encoded slash separates segments, as in Dograh', async () => {
    const answer = await answerTo(simulator, { route: 'test%2Flead-qualifier' });
    expect(answer.status).toBe(200);
    expect(simulator.calls[0]?.environment).toBe('test');
  });
});

describe('the checks of a connection', () => {
  async function get(path: string, apiKey?: string): Promise<{ status: number; body: unknown }> {
    const headers = apiKey === undefined ? {} : { 'X-API-Key': apiKey };
    const response = await fetch(simulator.url + path, { headers });
    return { status: response.status, body: await response.json() };
  }

  it('health needs no key', async () => {
    expect(await get('/api/v1/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('context names the organization of the key', async () => {
    const { globex } = simulator.world;
    expect(await get('/api/v1/organizations/context', globex.apiKey)).toMatchObject({
      status: 200,
      body: { organization_id: globex.id },
    });
  });

  it.each([undefined, 'dg_wrong'])('context refuses the key %s', async (apiKey) => {
    expect((await get('/api/v1/organizations/context', apiKey)).status).toBe(401);
  });
});
