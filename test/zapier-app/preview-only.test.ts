import { previewsCalls } from '../behaviour/preview';
import { hurryWaits } from '../hurry';
import { startSimulator, type Simulator } from '../simulator';
import { sentenceOf, zapier } from './host';
import { runInZapier } from './runtime';
import { connectionTo, errorOf, outputOf, runStep } from './step';

hurryWaits();

previewsCalls(zapier);

describe('Preview Only', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(() => simulator.stop());

  const fieldsOf = async (preview_only?: unknown): Promise<readonly { key: string }[]> =>
    outputOf(
      await runInZapier('creates.trigger_call.operation.outputFields', {
        authData: connectionTo(simulator),
        inputData: { preview_only },
      }),
    ) as unknown as readonly { key: string }[];

  it.each(['maybe', 'ture', 2, [], 'yes no'])(
    'that may be on or off calls nobody: %j',
    async (preview_only) => {
      const error = errorOf(await runStep(simulator, { inputData: { preview_only } }));

      expect(sentenceOf(error)).toContain('in Preview Only is neither yes nor no');
      expect(simulator.requests).toEqual([]);
    },
  );

  it.each([true, 'true', 'yes', 'Yes', 'on', '1', 1])('is on: %j', async (preview_only) => {
    const output = outputOf(await runStep(simulator, { inputData: { preview_only } }));

    expect(output).toMatchObject({ id: null, agent_name: 'Lead Qualifier', method: 'POST' });
    expect(simulator.callRequests).toEqual([]);
  });

  it.each([undefined, null, '', false, 'false', 'no', 'No', 0])(
    'is off: %j',
    async (preview_only) => {
      outputOf(await runStep(simulator, { inputData: { preview_only } }));

      expect(simulator.calls).toHaveLength(1);
    },
  );

  it('gives fields of its own, each of which its answer has', async () => {
    const more = (await fieldsOf('yes')).slice((await fieldsOf('no')).length);
    const output = outputOf(await runStep(simulator, { inputData: { preview_only: true } }));
    const keys = more.map(({ key }) => key.split(/__|\[\]/)[0] ?? '');

    expect(new Set(keys)).toEqual(
      new Set([
        ...['notes', 'greeting', 'variables', 'prompts'],
        ...['agent_version', 'method', 'url', 'body'],
      ]),
    );
    for (const key of keys) expect(output).toHaveProperty(key);
  });

  it('shows the request all the same where the agent cannot be read', async () => {
    simulator.faults.add({
      on: 'agents',
      fault: { kind: 'status', callPlaced: false, status: 503 },
      times: Infinity,
    });
    const output = outputOf(await runStep(simulator, { inputData: { preview_only: true } }));

    expect(output).toMatchObject({ variables: null, body: { phone_number: '+14155550123' } });
    expect(simulator.callRequests).toEqual([]);
  });
});
