import { startSimulator, type Simulator } from '../../tools/simulator';
import { callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeOutcome, type NodeRun } from '../../tools/hosts/n8n/engine';

describe('when the concurrency limit of Dograh is reached', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
    simulator.world.acme.concurrentCallLimit = 0;
  });
  afterAll(() => simulator.stop());

  const run = (options: object, node: Partial<NodeRun> = {}): Promise<NodeOutcome> =>
    runDograhNode({
      parameters: callForm({ phoneNumber: '={{ $json.phone }}', options: { ...options } }),
      credentials: credentialsFor(simulator),
      items: [{ phone: '+14155550121' }, { phone: '+14155550122' }],
      ...node,
    });
  const refused = (): Promise<void> =>
    new Promise((resolve) => {
      const stopListening = simulator.onRequest(() => {
        stopListening();
        resolve();
      });
    });

  it('waits for a free call slot by default', async () => {
    void refused().then(() => {
      simulator.world.acme.concurrentCallLimit = 10;
    });
    const { status, outputs } = await run({});

    expect(status).toBe('success');
    expect(outputs[0]?.map(({ json }) => json['phone_number'])).toEqual([
      '+14155550121',
      '+14155550122',
    ]);
    expect(simulator.requests.map(({ status: answered }) => answered)).toEqual([429, 200, 200]);
    expect(simulator.calls).toHaveLength(2);
  });

  it.each([
    ['On Concurrency Limit is Fail', { onConcurrencyLimit: 'fail', maxWaitMinutes: 10 }],
    ['the maximum queue time is 0', { maxWaitMinutes: 0 }],
  ])('fails immediately when %s', async (_, options) => {
    const { error } = await run(options);

    expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '429' });
    expect(simulator.requests).toHaveLength(1);
  });

  it('uses the options of each item', async () => {
    const { outputs } = await run(
      {
        onConcurrencyLimit: '={{ $json.phone.endsWith("1") ? "wait" : "fail" }}',
        maxWaitMinutes: 0.01,
      },
      { settings: { onError: 'continueRegularOutput' } },
    );

    expect(outputs[0]?.map(({ json }) => json['error'])).toEqual([
      expect.stringMatching(/^Dograh's concurrent-call limit was still reached after /),
      expect.stringMatching(/^Dograh's concurrent-call limit is reached: /),
    ]);
  });

  it('rejects an invalid maximum queue time', async () => {
    const { error } = await run({ maxWaitMinutes: -1 });

    expect(error?.message).toBe('Maximum Queue Time must be a number of minutes, not "-1".');
    expect(simulator.requests).toHaveLength(0);
  });

  it('stops waiting when the execution is stopped, and places no more calls', async () => {
    const { status } = await run({ maxWaitMinutes: 60 }, { stopWhen: refused() });

    expect(status).toBe('canceled');
    expect(simulator.requests).toHaveLength(1);
    expect(simulator.calls).toHaveLength(0);
  });
});
