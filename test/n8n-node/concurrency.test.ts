import { startSimulator, type Simulator } from '../../tools/simulator';
import { callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeOutcome, type NodeRun } from '../../tools/hosts/n8n/engine';
import { shownBy } from '../../tools/hosts/n8n/host';

const BAD = '+1415';
const numbers = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `+1415555${String(2000 + index)}`);

describe('many calls at the same time', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
    simulator.world.acme.concurrentCallLimit = 1_000;
  });
  afterAll(() => simulator.stop());

  const run = (
    phones: readonly string[],
    concurrency: unknown,
    node: Partial<NodeRun> = {},
  ): Promise<NodeOutcome> =>
    runDograhNode({
      parameters: callForm({
        phoneNumber: '={{ $json.phone }}',
        options: { concurrency: concurrency as number },
      }),
      credentials: credentialsFor(simulator),
      items: phones.map((phone) => ({ phone })),
      ...node,
    });
  const delayed = (ms: number): void => {
    simulator.faults.add({
      on: 'call',
      fault: { kind: 'latency', callPlaced: true, ms, delayed: 'answer' },
    });
  };

  it.each([1, 7, 100])('keep the order of the input, one item per call, at %i', async (most) => {
    // The first call gets the last response.
    delayed(60);
    const phones = numbers(30);
    const { status, outputs } = await run(phones, most);

    expect(status).toBe('success');
    expect(outputs[0]?.map(({ json }) => json['phone_number'])).toEqual(phones);
    expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
      phones.map((_, item) => ({ item })),
    );
    expect(simulator.calls.map(({ phoneNumber }) => phoneNumber).sort()).toEqual(phones);
  });

  it.each<[unknown, number]>([
    [1, 1],
    [5, 5],
    ['5', 5],
    ['={{ " 5 " }}', 5],
    ['={{ $json.missing }}', 1],
  ])('are, with Concurrency %j, at most %i', async (most, inFlight) => {
    simulator.faults.add({ on: 'call', fault: { kind: 'silence', callPlaced: true }, times: 99 });
    const outcome = await run(numbers(20), most, { stopWhen: arrived(simulator, inFlight) });

    expect(outcome.status).toBe('canceled');
    expect(simulator.requests).toHaveLength(inFlight);
  });

  it('are finished and listed in the message when another item stops the node', async () => {
    delayed(60);
    const { error, ...outcome } = await run([...numbers(1), BAD, ...numbers(9)], 2);

    expect(shownBy({ error, ...outcome })).toMatch(/"\+1415" is too short/);
    expect(shownBy({ error, ...outcome })).toMatch(/Calls already placed: run 1001 for item 0/);
    expect(simulator.calls).toHaveLength(1);
  });

  it('continue after a failed item, with On Error: Continue', async () => {
    const { outputs } = await run([...numbers(4), BAD, ...numbers(4)], 3, {
      settings: { onError: 'continueErrorOutput' },
    });

    expect(outputs[0]).toHaveLength(8);
    expect(outputs[1]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 4 }]);
    expect(simulator.calls).toHaveLength(8);
  });

  it.each([0, 101, 1.5, -1, 'many'])('cannot have a Concurrency of %j', async (concurrency) => {
    const { error } = await run(numbers(2), concurrency);

    expect(error?.message).toMatch(/^Concurrency must be a whole number from 1 to 100, not /);
    expect(simulator.requests).toHaveLength(0);
  });

  it.each([
    ['continueRegularOutput', 0],
    ['continueErrorOutput', 1],
  ] as const)(
    'fail one by one if Concurrency is invalid, with On Error: %s',
    async (onError, at) => {
      const { outputs } = await run(numbers(2), 101, { settings: { onError } });

      expect(outputs[at]?.map(({ json }) => json['error'])).toEqual(
        Array(2).fill(
          expect.stringMatching(/^Concurrency must be a whole number from 1 to 100, not /),
        ),
      );
      expect(outputs.flat()).toHaveLength(2);
      expect(simulator.requests).toHaveLength(0);
    },
  );
});

function arrived(simulator: Simulator, count: number): Promise<void> {
  return new Promise((resolve) => {
    const stopListening = simulator.onChange(() => {
      if (simulator.calls.length < count) return;
      stopListening();
      resolve();
    });
  });
}
