import { startSimulator, type Simulator } from '../../tools/simulator';
import { callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeOutcome, type NodeRun } from '../../tools/hosts/n8n/engine';

describe('when Dograh holds as many calls as it may', () => {
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

  it('waits for a place and goes on, unless told otherwise', async () => {
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
    ['told to fail', { onConcurrencyLimit: 'fail', maxWaitMinutes: 10 }],
    ['given no time to wait', { maxWaitMinutes: 0 }],
  ])('fails at once when %s', async (_, options) => {
    const { error } = await run(options);

    expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '429' });
    expect(simulator.requests).toHaveLength(1);
  });

  it('does for each item what that item says', async () => {
    const { outputs } = await run(
      {
        onConcurrencyLimit: '={{ $json.phone.endsWith("1") ? "wait" : "fail" }}',
        maxWaitMinutes: 0.01,
      },
      { settings: { onError: 'continueRegularOutput' } },
    );

    expect(outputs[0]?.map(({ json }) => json['error'])).toEqual([
      expect.stringMatching(/^No place came free/),
      expect.stringMatching(/^Dograh is holding/),
    ]);
  });

  it('refuses a time that is none', async () => {
    const { error } = await run({ maxWaitMinutes: -1 });

    expect(error?.message).toBe('"-1" is not a number of minutes to wait.');
    expect(simulator.requests).toHaveLength(0);
  });

  it('stops waiting as soon as the execution is stopped, and places nothing more', async () => {
    const { status } = await run({ maxWaitMinutes: 60 }, { stopWhen: refused() });

    expect(status).toBe('canceled');
    expect(simulator.requests).toHaveLength(1);
    expect(simulator.calls).toHaveLength(0);
  });
});
