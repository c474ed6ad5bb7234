import { createRequire } from 'node:module';
import { previewsCalls } from '../behaviour/preview';
import { hurryWaits } from '../support/host-time';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { sentenceOf, zapier } from '../../tools/hosts/zapier/host';
import { runInZapier } from '../../tools/hosts/zapier/runtime';
import { connectionTo, errorOf, outputOf, runStep } from '../../tools/hosts/zapier/step';

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

  /** Converts a value with the code of Zapier's command line, as Zapier does before the app receives it. */
  const convertedByZapier = async (preview_only: unknown): Promise<Record<string, unknown>> => {
    const resolveInputDataTypes = createRequire(__filename)(
      'zapier-platform-cli/src/oclif/commands/invoke/input-types',
    ) as (input: object, fields: unknown, zone: string) => Record<string, unknown>;
    const fields = outputOf(
      await runInZapier('creates.trigger_call.operation.inputFields', {
        authData: connectionTo(simulator),
      }),
    );
    return resolveInputDataTypes({ preview_only }, fields, 'UTC');
  };

  it.each(['maybe', 'ture', 'none', 'null', 'nil', 'never', 'yes no', 2, []])(
    'refuses %j and places no call',
    async (preview_only) => {
      const inputData = await convertedByZapier(preview_only);
      const error = errorOf(await runStep(simulator, { inputData }));

      expect(sentenceOf(error)).toContain('Preview Only must be yes or no, not ');
      expect(simulator.requests).toEqual([]);
    },
  );

  it.each([true, 'true', 'yes', 'Yes ', 'on', '1', 1])('is on for %j', async (preview_only) => {
    const inputData = await convertedByZapier(preview_only);
    const output = outputOf(await runStep(simulator, { inputData }));

    expect(output).toMatchObject({ id: null, agent_name: 'Lead Qualifier', method: 'POST' });
    expect(simulator.callRequests).toEqual([]);
  });

  it.each([undefined, null, '', false, 'false', ' no', 'No', 'off', 0])(
    'is off for %j',
    async (preview_only) => {
      outputOf(await runStep(simulator, { inputData: await convertedByZapier(preview_only) }));

      expect(simulator.calls).toHaveLength(1);
    },
  );

  it('adds output fields that its output contains', async () => {
    const more = (await fieldsOf('yes')).slice((await fieldsOf('no')).length);
    const { uuid } = simulator.world.agents.appointmentReminder;
    const missing = {
      preview_only: 'yes',
      api_trigger: undefined,
      agent: uuid,
      context: { mood: 'good', doctor: 'Li' },
      greeting: 'Hi!',
      minimum_hours_between: '24',
    };
    const texts = outputOf(await runStep(simulator, { inputData: missing }));
    const recorded = { preview_only: 'yes', greeting_recording: 'welcome' };
    const start = simulator.world.agents.leadQualifier.published?.nodes[0]?.data ?? {};
    const url = 'https://crm.example/lead';
    Object.assign(start, { pre_call_fetch_mode: 'always', pre_call_fetch_url: url });
    const recording = outputOf(await runStep(simulator, { inputData: recorded }));
    const isThere = (key: string): boolean =>
      [texts, recording].some((output) => partOf(output, key) !== undefined);

    expect(more.length).toBeGreaterThan(10);
    expect(more.filter(({ key }) => !isThere(key))).toEqual([]);
  });

  it('shows the request even if the agent cannot be read', async () => {
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

/** The value of an output field. In its key, `__` leads into an object and `[]` into the first item of a list. */
function partOf(output: unknown, key: string): unknown {
  return key
    .replace('[]', '__0__')
    .split('__')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | null)?.[name], output);
}
