import fc from 'fast-check';
import { mapsVariables } from '../behaviour/variables';
import { askedIn } from '../behaviour/call-requests';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { everythingIn, sentenceOf, variableFields, zapier } from '../../tools/hosts/zapier/host';
import { builtApp, runInZapier, type ZapierOutcome } from '../../tools/hosts/zapier/runtime';
import { connectionTo, errorOf, outputOf, runStep } from '../../tools/hosts/zapier/step';

mapsVariables(zapier);

/** Zapier's editor shows a field for each variable. */
describe('the fields for variables in Zapier', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
  });
  afterAll(() => simulator.stop());

  const fieldsOf = (inputData: Record<string, unknown>, authData = {}): Promise<ZapierOutcome> =>
    runInZapier('creates.trigger_call.operation.inputFields', {
      authData: { ...connectionTo(simulator), ...authData },
      inputData,
    });
  const dynamicIn = (outcome: ZapierOutcome): string[] =>
    (outputOf(outcome) as unknown as { key: string }[])
      .map(({ key }) => key)
      .filter((key) => /variable.*\$|about_variables/.test(key));
  const prompt = (text: string): void => {
    const [node] = simulator.world.agents.leadQualifier.published?.nodes ?? [];
    if (node === undefined) throw new Error('No nodes.');
    simulator.world.agents.leadQualifier.published = {
      triggers: ['lead-qualifier'],
      nodes: [{ ...node, data: { name: 'Start', prompt: text } }],
      edges: [],
      templateContext: {},
    };
  };
  const lead = () => ({ agent: simulator.world.agents.leadQualifier.uuid });

  it('are between Phone Number and Variables, and none is required', async () => {
    const fields = outputOf(await fieldsOf(lead())) as unknown as {
      key: string;
      required?: boolean;
    }[];
    const keys = fields.map(({ key }) => key);
    const [first, ...rest] = dynamicIn(await fieldsOf(lead()));

    expect(first).toBe('variable$first_name');
    expect(rest).toContain('variable$company$name');
    expect(keys.indexOf('variable$first_name')).toBeGreaterThan(keys.indexOf('phone_number'));
    expect(keys.indexOf('context')).toBe(keys.indexOf('variable$email') + 1);
    expect(fields.filter(({ required }) => required === true).map(({ key }) => key)).toEqual([
      'phone_number',
    ]);
  });

  it('are loaded again when the agent or its version changes', () => {
    const fields = builtApp().creates.trigger_call.operation.inputFields as {
      key?: string;
      altersDynamicFields?: boolean;
    }[];

    expect(fields.filter((field) => field.altersDynamicFields).map(({ key }) => key)).toEqual([
      'agent',
      'api_trigger',
      'agent_version',
    ]);
  });

  it('do not exist before an agent is chosen, and no request is sent', async () => {
    expect(dynamicIn(await fieldsOf({}))).toEqual([]);
    expect(dynamicIn(await fieldsOf({ agent: ' ', api_trigger: '' }))).toEqual([]);
    expect(simulator.requests).toEqual([]);
  });

  it('show an error if Agent and API Trigger are both filled in', async () => {
    const outcome = await fieldsOf({ ...lead(), api_trigger: 'lead-qualifier' });

    expect(dynamicIn(outcome)).toEqual(['about_variables']);
    expect(JSON.stringify(outputOf(outcome))).toContain(
      'Agent and API Trigger cannot be used together. Clear one of the two fields.',
    );
  });

  it('make Zapier ask to reconnect if the API key is wrong', async () => {
    const apiKey = 'dg_wrong_0123456789';
    const outcome = await fieldsOf(lead(), { api_key: apiKey });

    expect(errorOf(outcome).name).toBe('ExpiredAuthError');
    expect(sentenceOf(errorOf(outcome))).toContain('does not accept the API key');
    expect(everythingIn(outcome)).not.toContain(apiKey);
  });

  it('keep to Zapier’s text lengths and show a fallback without rendering it', async () => {
    prompt(
      `{{${'long.'.repeat(20)}name}} {{x | **[a](//evil.example)** \`b\`}} {{y | }} {{z | ${'la '.repeat(1_000)}}}`,
    );
    const shown = await variableFields({
      apiKey: simulator.world.acme.apiKey,
      baseUrl: simulator.url,
      agent: { by: 'agentUuid', value: lead().agent },
    });

    for (const { label = '', helpText = '' } of shown) {
      expect(label.length).toBeGreaterThanOrEqual(2);
      expect(label.length).toBeLessThanOrEqual(64);
      expect(helpText.length).toBeLessThanOrEqual(1000);
      expect(helpText).not.toBe(label);
    }
    expect(shown.map(({ helpText }) => helpText)).toEqual([
      expect.stringMatching(/^\*\*Needed:\*\* /),
      'Optional. If empty, the agent uses `**[a](//evil.example)** b`.',
      'Optional. If empty, the agent says nothing in its place.',
      expect.stringMatching(/^Optional\. If empty, the agent uses `(la )+l…`\.$/),
    ]);
  });

  it('do not collide with other fields of the same name, and support any sign in a name', async () => {
    prompt('{{agent}} {{context}} {{user.name}} {{first-name}} {{größe}} {{a__b}} {{_x.y}}');
    const keys = dynamicIn(await fieldsOf(lead()));
    const values = Object.fromEntries(keys.map((key, index) => [key, `value ${index}`]));
    outputOf(await runStep(simulator, { inputData: values }));

    for (const key of keys) expect(key).toMatch(/^variable\$(?!.*__)[A-Za-z0-9_$]+$/);
    expect(askedIn(simulator.callRequests[0])['initial_context']).toEqual({
      agent: 'value 0',
      context: 'value 1',
      user: { name: 'value 2' },
      'first-name': 'value 3',
      größe: 'value 4',
      a__b: 'value 5',
      _x: { y: 'value 6' },
    });
  });

  it('replace values of Variables, which replace values of Variables (JSON), unless they are empty', async () => {
    const inputData = {
      context_json: '{"first_name": "J", "email": "j@example.com", "company": {"size": 3}}',
      context: { first_name: 'R', 'company.name': 'Row', email: ' ', 'company.size': '' },
      variable$first_name: 'F',
      variable$company$name: '',
      variable$email: null,
    };
    outputOf(await runStep(simulator, { inputData }));

    expect(askedIn(simulator.callRequests[0])['initial_context']).toEqual({
      first_name: 'F',
      email: 'j@example.com',
      company: { name: 'Row', size: 3 },
    });
  });

  it('have keys that contain the whole name of any variable', async () => {
    const path = fc
      .array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), {
        minLength: 1,
        maxLength: 3,
      })
      .map((parts) => parts.map((part) => part.replace(/[\s{}|.]/gu, '_')).join('.'))
      .filter((name) => !/(^|\.)(__proto__|constructor|prototype)(\.|$)/.test(name));
    await fc.assert(
      fc.asyncProperty(path, async (name) => {
        prompt(`{{${name}}}`);
        const [key = '', ...more] = dynamicIn(await fieldsOf(lead()));
        // Variables that Dograh sets itself, or that cannot be set, have no field.
        fc.pre(key !== 'about_variables' && more.length === 0);
        simulator.world.acme.concurrentCallLimit = 1_000;
        outputOf(await runStep(simulator, { inputData: { [key]: 'here' } }));
        const { initial_context: context } = askedIn(simulator.callRequests.at(-1));
        const found = name
          .split('.')
          .reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], context);

        expect([name, found]).toEqual([name, 'here']);
      }),
      { numRuns: 60 },
    );
  });
});

describe('two greetings', () => {
  it('are refused before any request', async () => {
    const simulator = await startSimulator();
    const inputData = { greeting: 'Hi!', greeting_recording: 'welcome' };
    const error = errorOf(await runStep(simulator, { inputData }));

    expect(sentenceOf(error)).toBe(
      'Greeting and Greeting Recording cannot be used together. Clear one of the two fields.',
    );
    expect(simulator.requests).toEqual([]);
    await simulator.stop();
  });
});
