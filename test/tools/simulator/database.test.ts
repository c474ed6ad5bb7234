import { answerAt, answerTo, aNumber, getRuns, post } from '../../../tools/simulator/api-caller';
import { startSimulator, type Simulator } from '../../../tools/simulator/index';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});

afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  simulator.reset();
});

afterAll(() => simulator.stop());

const byNumber = (attribute: string, value: string = aNumber): Record<string, string> => ({
  filters: JSON.stringify([{ attribute, type: 'text', value: { value } }]),
});

function call(initialContext: object): Promise<{ status: number }> {
  return answerTo(simulator, { body: { phone_number: aNumber, initial_context: initialContext } });
}

describe('a context that PostgreSQL stores but cannot read', () => {
  describe.each([
    ['a lone surrogate', { name: 'Zoë \ud83d' }],
    ['a lone low surrogate in a list of an object', { a: { b: ['\ude00'] } }],
    ['NUL', { name: 'Ann\0' }],
    ['a lone surrogate in the name of a variable', { 'Zoë \ud83d': 1 }],
    ['NUL in the name of a nested variable', { a: { 'b\0': 1 } }],
  ])('with %s', (_what, context) => {
    it('is accepted, and the call is placed', async () => {
      expect((await call(context)).status).toBe(200);
      expect(simulator.calls).toHaveLength(1);
    });

    it.each(['calledNumber', 'callerNumber'])(
      'makes each list by %s fail for the organization, with SQL in the text',
      async (attribute) => {
        await call(context);
        await call({});
        const response = await getRuns(simulator, byNumber(attribute, '+14155550199'));

        expect(response.status).toBe(500);
        expect(await response.json()).toEqual({ detail: expect.stringContaining('SELECT') });
      },
    );

    it('leaves the other lists, and other organizations, as they are', async () => {
      await call(context);
      const list = await getRuns(simulator);
      const { apiKey } = simulator.world.globex;

      expect(list.status).toBe(200);
      expect(await list.json()).toMatchObject({ total_count: 1 });
      expect((await getRuns(simulator, byNumber('calledNumber', ' '))).status).toBe(200);
      expect((await getRuns(simulator, byNumber('calledNumber'), apiKey)).status).toBe(200);
    });
  });

  it('is no emoji and no text with an escape sequence', async () => {
    await call({ name: 'Zoë 😀 \\u0000 \\ud83d \ufffd' });

    expect((await getRuns(simulator, byNumber('calledNumber'))).status).toBe(200);
  });
});

describe('a value that PostgreSQL cannot compare', () => {
  it.each(['\ud83d', '+1415\0'])('is the number %j in a filter', async (number) => {
    expect((await getRuns(simulator, byNumber('calledNumber', number))).status).toBe(500);
  });

  it.each(['runId', 'workflowId'])('is a large ID in the filter %s', async (attribute) => {
    const withId = (value: number): Record<string, string> => ({
      filters: JSON.stringify([{ attribute, type: 'number', value: { value } }]),
    });

    expect((await getRuns(simulator, withId(2_147_483_647))).status).toBe(200);
    expect((await getRuns(simulator, withId(2_147_483_648))).status).toBe(500);
  });

  it.each([
    ['a run', '/workflow/101/runs/'],
    ['a telephony configuration', '/organizations/telephony-configs/', '/phone-numbers'],
  ])('is a large ID of %s in a path', async (_what, before, after = '') => {
    expect((await answerAt(simulator, `${before}2147483647${after}`)).status).toBe(404);
    expect(await answerAt(simulator, `${before}2147483648${after}`)).toEqual({
      status: 500,
      body: { detail: expect.stringContaining('SELECT') },
    });
  });

  it.each(['telephony_configuration_id', 'from_phone_number_id'])(
    'is a large %s of a call, which fails with plain text',
    async (name) => {
      const response = await post(simulator, { body: { phone_number: aNumber, [name]: 2 ** 31 } });

      expect(response.status).toBe(500);
      expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
      expect(await response.text()).toBe('Internal Server Error');
      expect(simulator.calls).toEqual([]);
    },
  );
});
