import { closedPort, startOtherOrigin } from '../../tools/support/servers';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { partsOf, sentenceOf } from '../../tools/hosts/zapier/host';
import { builtApp, runInZapier, type ZapierOutcome } from '../../tools/hosts/zapier/runtime';
import { connectionTo, errorOf, outputOf } from '../../tools/hosts/zapier/step';

describe('the test of a connection', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(() => simulator.stop());

  const connect = (changes: Record<string, string> = {}): Promise<ZapierOutcome> =>
    runInZapier('authentication.test', { authData: { ...connectionTo(simulator), ...changes } });

  it('succeeds, and its label shows the organization and host but not the API key', async () => {
    const data = outputOf(await connect());

    const label = (builtApp().authentication.connectionLabel as string).replace(
      /\{\{(.*?)\}\}/g,
      (_braces, name: string) => String(data[name]),
    );
    expect(label).toBe(`Organization 1 on ${new URL(simulator.url).host}`);
    expect(JSON.stringify(data)).not.toContain(simulator.world.acme.apiKey);
    expect(simulator.calls).toHaveLength(0);
  });

  it('reports a wrong API key', async () => {
    const error = errorOf(await connect({ api_key: 'dg_wrong_key' }));

    expect(error.name).toBe('ExpiredAuthError');
    expect(error.message).toMatch(/does not accept the API key: Invalid or expired API key/);
  });

  it('says that another server is not a Dograh API', async () => {
    const elsewhere = await startOtherOrigin();
    const error = errorOf(await connect({ base_url: elsewhere.url }));
    await elsewhere.stop();

    expect(partsOf(error)).toMatchObject({ code: 'Contract' });
    expect(sentenceOf(error)).toMatch(/is not a Dograh API.*Check Base URL/);
  });

  it('fails at once if no server responds, and is not retried later', async () => {
    const error = errorOf(await connect({ base_url: await closedPort() }));

    expect(error.name).toBe('AppError');
    expect(partsOf(error)).toMatchObject({ code: 'Network' });
    expect(sentenceOf(error)).toMatch(/127\.0\.0\.1:\d+ refused the connection/);
  });

  it('fails at once if Dograh returns a 503, and is not retried later', async () => {
    const fault = { kind: 'status', callPlaced: false, status: 503 } as const;
    simulator.faults.add({ on: 'context', fault, times: 3 });
    const error = errorOf(await connect());

    expect(error.name).toBe('AppError');
    expect(partsOf(error)).toMatchObject({ code: 'Server', status: 503 });
  });

  it.each([
    ['an empty API key', { api_key: '' }, /API Key is empty/],
    ['a blank base URL', { base_url: ' ' }, /Base URL is empty.*https:\/\/api\.dograh\.com/],
    ['plain http to another machine', { base_url: 'http://10.0.0.8:8000' }, /unencrypted/],
  ])('refuses %s before any request', async (_name, changes, sentence) => {
    const error = errorOf(await connect(changes));

    expect(partsOf(error)).toMatchObject({ code: 'InvalidInput' });
    expect(sentenceOf(error)).toMatch(sentence);
    expect(simulator.requests).toHaveLength(0);
  });
});

describe('plain http to this machine', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  afterEach(() => {
    delete process.env['AWS_LAMBDA_FUNCTION_NAME'];
    delete process.env['LAMBDA_TASK_ROOT'];
  });
  afterAll(() => simulator.stop());

  const connect = (): Promise<ZapierOutcome> =>
    runInZapier('authentication.test', { authData: connectionTo(simulator) });

  it('works outside Zapier’s cloud, for development', async () => {
    expect((await connect()).ok).toBe(true);
  });

  it.each(['AWS_LAMBDA_FUNCTION_NAME', 'LAMBDA_TASK_ROOT'])(
    'is refused in Zapier’s cloud, which sets %s',
    async (variable) => {
      process.env[variable] = 'anything';

      expect(sentenceOf(errorOf(await connect()))).toMatch(/uses http.*unencrypted/);
    },
  );
});
