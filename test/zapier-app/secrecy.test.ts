import { hurryWaits } from '../support/host-time';
import { createAppTester } from 'zapier-platform-core';
import { startOtherOrigin } from '../../tools/support/servers';
import { startSimulator, type Fault, type Simulator } from '../../tools/simulator';
import { everythingIn, sentenceOf } from '../../tools/hosts/zapier/host';
import { builtApp, runInZapier } from '../../tools/hosts/zapier/runtime';
import { connectionTo, errorOf, runStep } from '../../tools/hosts/zapier/step';

hurryWaits();

describe('the API key', () => {
  let simulator: Simulator;
  const printed: string[] = [];

  beforeAll(async () => {
    simulator = await startSimulator();
    for (const method of ['log', 'warn', 'error'] as const) {
      jest
        .spyOn(console, method)
        .mockImplementation((...texts) => void printed.push(texts.join(' ')));
    }
  });
  beforeEach(() => {
    simulator.reset();
    printed.length = 0;
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await simulator.stop();
  });

  it('is sent to Dograh', async () => {
    await runStep(simulator);

    expect(simulator.requests.map(({ headers }) => headers['x-api-key'])).toEqual([
      simulator.world.acme.apiKey,
    ]);
  });

  describe('that was pasted with invisible marks', () => {
    const pasted = (): { clean: string; authData: { api_key: string } } => {
      const clean = simulator.world.acme.apiKey;
      const api_key = `\ufeff${clean.slice(0, 9)}\u00ad${clean.slice(9)}\u200b\n`;
      return { clean, authData: { api_key } };
    };

    it('is sent without them with every request', async () => {
      const { clean, authData } = pasted();
      await runInZapier('authentication.test', {
        authData: { ...connectionTo(simulator), ...authData },
      });
      await runStep(simulator, { authData });

      expect(simulator.requests.map(({ headers }) => headers['x-api-key'])).toEqual([clean, clean]);
      expect(simulator.callRequests).toHaveLength(1);
    });

    it.each<[string, (() => Fault) | undefined]>([
      ['a placed call', undefined],
      ['a 400 that repeats it', () => repeatingIt(400)],
      ['a 401 that repeats it', () => repeatingIt(401)],
    ])('is in no output, error or log after %s, with or without them', async (_name, fault) => {
      const { clean, authData } = pasted();
      if (fault !== undefined) simulator.faults.add({ on: 'call', fault: fault() });
      const outcome = await runStep(simulator, { authData });
      const everything = everythingIn({ outcome, printed });

      expect(outcome.logs).not.toHaveLength(0);
      expect(everything).not.toContain(clean);
      expect(everything.replace(/[\u00ad\u200b\ufeff]/g, '')).not.toContain(clean);
    });

    it('is not shown if it is pasted into a field', async () => {
      const { clean, authData } = pasted();
      const inputData = { phone_number: authData.api_key };
      for (const given of [{}, authData]) {
        const outcome = await runStep(simulator, { authData: given, inputData });
        const sentence = sentenceOf(errorOf(outcome));

        expect(sentence).toContain('[API key]');
        expect(everythingIn(outcome)).not.toContain(clean.slice(9));
      }
      expect(simulator.callRequests).toHaveLength(0);
    });
  });

  it.each([301, 302, 303, 307, 308] as const)(
    'is not sent to the host that a %i redirects to, and no call is placed there',
    async (status) => {
      const elsewhere = await startOtherOrigin();
      const location = `${elsewhere.url}/api/v1/public/agent/lead-qualifier`;
      const fault: Fault = { kind: 'redirect', callPlaced: false, status, location };
      simulator.faults.add({ on: 'call', fault });
      const error = errorOf(await runStep(simulator));
      await elsewhere.stop();

      expect(error.message).toContain(`redirect (${status}) to ${elsewhere.url}`);
      expect(elsewhere.received).toHaveLength(0);
    },
  );

  it('is not sent with the request that checks whether a server is a Dograh', async () => {
    simulator.faults.add({ on: 'context', fault: { kind: 'not-json', callPlaced: true } });
    await runInZapier('authentication.test', { authData: connectionTo(simulator) });

    const [, health] = simulator.requests;
    expect(health?.path).toBe('/api/v1/health');
    expect(health?.headers).not.toHaveProperty('x-api-key');
  });

  const repeatingIt = (status: number): Fault => {
    const detail = `${simulator.world.acme.apiKey} is not good enough`;
    return { kind: 'status', callPlaced: false, status, body: { detail } };
  };

  it.each<[string, (() => Fault) | undefined]>([
    ['a placed call', undefined],
    ['a 401 that repeats it', () => repeatingIt(401)],
    ['a 403 that repeats it', () => repeatingIt(403)],
    ['a 429 that repeats it', () => repeatingIt(429)],
    ['a 500 that repeats it', () => repeatingIt(500)],
    ['a reset', () => ({ kind: 'reset', callPlaced: true, moment: 'after-placing' })],
    ['a web page', () => ({ kind: 'not-json', callPlaced: true })],
  ])('is in no output, error or log after %s', async (_name, fault) => {
    if (fault !== undefined) simulator.faults.add({ on: 'call', fault: fault() });
    const outcome = await runStep(simulator);

    expect(simulator.callRequests).toHaveLength(1);
    expect(outcome.logs).not.toHaveLength(0);
    expect(everythingIn({ outcome, printed })).not.toContain(simulator.world.acme.apiKey);
  });

  it('is not printed even if Zapier prints whole requests and responses', async () => {
    process.env['LOG_TO_STDOUT'] = process.env['DETAILED_LOG_TO_STDOUT'] = 'true';
    const app = builtApp();
    const run = createAppTester(app)(app.creates.trigger_call.operation.perform as never, {
      authData: connectionTo(simulator),
      inputData: {
        api_trigger: 'lead-qualifier',
        phone_number: '+14155550123',
        require_variables: 'no',
      },
    });
    await run.finally(() => {
      delete process.env['LOG_TO_STDOUT'];
      delete process.env['DETAILED_LOG_TO_STDOUT'];
    });

    expect(printed.join('\n')).toContain('POST http://');
    expect(printed.join('\n')).not.toContain(simulator.world.acme.apiKey);
  });

  it.each([
    ['Phone Number', /\[API key\]/, (key: string) => ({ inputData: { phone_number: key } })],
    ['Agent', /\[API key\]/, (key: string) => ({ inputData: { agent: key, api_trigger: '' } })],
    ['Preview Only', /\[API key\]/, (key: string) => ({ inputData: { preview_only: key } })],
    [
      'Preview Only after other text',
      /must be yes or no, not /,
      (key: string) => ({ inputData: { preview_only: `${'x'.repeat(70)}${key}` } }),
    ],
    [
      'Require Variables',
      /\[API key\]/,
      (key: string) => ({ inputData: { require_variables: key } }),
    ],
    ['Base URL', /not a web address/, (key: string) => ({ authData: { base_url: key } })],
    [
      'the path of Base URL',
      /contains a path that is not valid/,
      (key: string) => ({ authData: { base_url: `https://dograh.example/${key}%20` } }),
    ],
  ])('is not shown if it is pasted into %s', async (_name, sentence, pasted) => {
    const outcome = await runStep(simulator, pasted(simulator.world.acme.apiKey));

    expect(sentenceOf(errorOf(outcome))).toMatch(sentence);
    expect(everythingIn(outcome)).not.toContain(simulator.world.acme.apiKey.slice(0, 12));
  });

  it('is not shown by the output fields of a preview', async () => {
    const { apiKey } = simulator.world.acme;
    const outcome = await runInZapier('creates.trigger_call.operation.outputFields', {
      authData: connectionTo(simulator),
      inputData: { preview_only: apiKey },
    });

    expect(sentenceOf(errorOf(outcome))).toContain('must be yes or no, not ');
    expect(everythingIn(outcome)).not.toContain(apiKey);
  });
});
