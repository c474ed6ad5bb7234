import type { INodeParameters, ResourceMapperFields } from 'n8n-workflow';
import { manyAgents, startSimulator, type Simulator } from '../simulator';
import { agentBy, callForm, credentialsFor, ownContext, variables } from './call-form';
import { runDograhNode, type NodeOutcome, type NodeRun } from './engine';
import { loadOptionsContext } from './load-options';
import { dograhNodeType } from './n8n-host';

/** The variables of an agent as fields of the form, through n8n's own context for it. */
describe('the variables of the chosen agent', () => {
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

  const fieldsFor = async (
    agent: unknown,
    environment = 'production',
    credentials = credentialsFor(simulator),
  ): Promise<ResourceMapperFields> => {
    const parameters = callForm({ contextMode: 'mapped', environment });
    const form = { ...parameters, agent: agent as INodeParameters };
    const context = await loadOptionsContext('contextMapping', form, credentials);
    const { methods } = await dograhNodeType();
    const method = methods?.resourceMapping?.['getAgentVariables'];
    if (method === undefined) throw new Error('The node has no such method.');
    return method.call(context);
  };
  const namesFor = async (agent: INodeParameters, environment?: string): Promise<string[]> =>
    (await fieldsFor(agent, environment)).fields.map(({ id }) => id);

  const ofLead = ['first_name', 'company.name', 'company.employees', 'owner.name', 'email'];

  it('are the fields, in the order of a call, with what is said without them', async () => {
    const { leadQualifier } = simulator.world.agents;
    const { fields } = await fieldsFor(agentBy('list', leadQualifier.uuid));

    expect(fields.map(({ id, required, displayName }) => [id, required, displayName])).toEqual([
      ['first_name', true, 'first_name'],
      ['company.name', true, 'company.name'],
      ['company.employees', false, 'company.employees (or "unknown number of")'],
      ['owner.name', false, 'owner.name (or "somebody")'],
      ['email', true, 'email'],
    ]);
  });

  it.each(['agentUuid', 'triggerId', 'triggerUrl'])('are found by %s, too', async (mode) => {
    const { uuid, trigger } = simulator.world.agents.leadQualifier;
    const url = `${simulator.url}/api/v1/public/agent/${trigger}`;
    const value = { agentUuid: uuid, triggerId: trigger, triggerUrl: url }[mode] ?? '';

    expect(await namesFor(agentBy(mode, value))).toEqual(ofLead);
  });

  it('are those of the version that is called', async () => {
    const { uuid } = simulator.world.agents.appointmentReminder;

    expect(await namesFor(agentBy('list', uuid), 'production')).toEqual([
      'customer_name',
      'appointment.date',
      'appointment.time',
      'doctor',
      'language',
    ]);
    expect(await namesFor(agentBy('list', uuid), 'test')).toEqual([
      'patient.name',
      'patient.birthday',
      'visit_date',
      'parking_hint',
      'treatment',
    ]);
  });

  it('are not required in a test where the agent brings them along', async () => {
    const { uuid } = simulator.world.agents.deliveryUpdate;
    const shown = async (environment: string): Promise<unknown[]> =>
      (await fieldsFor(agentBy('list', uuid), environment)).fields
        .filter(({ id }) => id === 'customer_name')
        .map(({ required, displayName }) => [required, displayName]);

    expect(await shown('production')).toEqual([[true, 'customer_name']]);
    expect(await shown('test')).toEqual([[false, 'customer_name (or "Sam Sample")']]);
  });

  it('are found quickly where the API Trigger was used lately, among hundreds of agents', async () => {
    const [agent] = manyAgents(simulator.world, 300).slice(-1);
    if (agent === undefined) throw new Error('No agents.');
    await runDograhNode({
      parameters: callForm({ agent: agentBy('triggerId', agent.trigger) }),
      credentials: credentialsFor(simulator),
    });
    const before = simulator.requests.length;

    expect(await namesFor(agentBy('triggerId', agent.trigger))).toEqual(['customer_name']);
    expect(simulator.requests.length - before).toBe(3);
  });

  it('are looked for in a bounded number of agents otherwise, and the form says so', async () => {
    manyAgents(simulator.world, 300);
    const { emptyFieldsNotice } = await fieldsFor(agentBy('triggerId', 'nobodys-trigger'));

    expect(emptyFieldsNotice).toContain('was not found among 60 agents');
    expect(simulator.requests.length).toBeLessThan(70);
  });

  it.each([
    ['an agent that was never published', 'neverPublished', 'production', /was never published/],
    ['an archived agent', 'archived', 'production', /No active agent has the Agent UUID/],
    ["another organization's agent", 'globexSurvey', 'test', /No active agent/],
  ] as const)('say why there are none: %s', async (_what, name, environment, reason) => {
    const { uuid } = simulator.world.agents[name];
    const { fields, emptyFieldsNotice } = await fieldsFor(agentBy('list', uuid), environment);

    expect(fields).toEqual([]);
    expect(emptyFieldsNotice).toMatch(reason);
    expect(emptyFieldsNotice).toMatch(/^The variables are not known, but calls can be placed/);
  });

  it('are many where the agent has many', async () => {
    const { leadQualifier } = simulator.world.agents;
    const [node] = leadQualifier.published?.nodes ?? [];
    if (node === undefined) throw new Error('No nodes.');
    const names = Array.from({ length: 3_000 }, (_, index) => `group${index % 50}.name${index}`);
    node.data['prompt'] = names.map((name) => `{{${name}}}`).join(' ');
    const found = await namesFor(agentBy('list', leadQualifier.uuid));

    expect(found).toEqual(expect.arrayContaining(names));
    expect(found).not.toContain('group1');
  });

  it('are not guessed where the versions are not as they ought to be', async () => {
    const { uuid } = simulator.world.agents.leadQualifier;
    simulator.faults.add({
      on: 'agents',
      fault: { kind: 'latency', callPlaced: true, ms: 0, delayed: 'answer' },
    });
    simulator.faults.add({
      on: 'agents',
      fault: { kind: 'off-contract', callPlaced: true, body: [{ status: 'published' }] },
    });
    const { fields, emptyFieldsNotice } = await fieldsFor(agentBy('list', uuid));

    expect(fields).toEqual([]);
    expect(emptyFieldsNotice).toContain('The list of versions of Lead Qualifier is not understood');
  });

  it.each([
    ['no agent yet', agentBy('list', ''), /Choose an agent first/],
    ['an agent that uses none', undefined, /uses no variables/],
    ['what is no agent', agentBy('agentUuid', 'x'), /is not an Agent UUID/],
  ])('say what is the matter: %s', async (_what, agent, reason) => {
    const { leadQualifier } = simulator.world.agents;
    for (const node of leadQualifier.published?.nodes ?? []) {
      node.data = { name: node.data.name, prompt: 'Say hello.' };
    }
    const { fields, emptyFieldsNotice } = await fieldsFor(
      agent ?? agentBy('list', leadQualifier.uuid),
    );

    expect(fields).toEqual([]);
    expect(emptyFieldsNotice).toMatch(reason);
  });

  it('say that the key is wrong, without showing it', async () => {
    const { uuid } = simulator.world.agents.leadQualifier;
    const credentials = { ...credentialsFor(simulator), apiKey: 'dg_wrong_0123456789' };
    const { emptyFieldsNotice } = await fieldsFor(agentBy('list', uuid), 'production', credentials);

    expect(emptyFieldsNotice).toContain('Dograh does not accept the API key');
    expect(emptyFieldsNotice).not.toContain('dg_wrong_0123456789');
  });

  describe('when a call is placed', () => {
    const run = (fields: INodeParameters, node: Partial<NodeRun> = {}): Promise<NodeOutcome> =>
      runDograhNode({
        parameters: callForm({ contextMode: 'mapped', ...fields }),
        credentials: credentialsFor(simulator),
        ...node,
      });
    const mapping = (
      mappingMode: string,
      value: Record<string, unknown> | null,
      names: readonly string[] = ofLead,
    ): INodeParameters =>
      ({
        contextMapping: {
          mappingMode,
          value,
          schema: names.map((id) => ({ id, displayName: id, required: false, display: true })),
        },
      }) as unknown as INodeParameters;
    const contexts = (): unknown[] => simulator.callRequests.map(({ body }) => ownContext(body));

    it('are sent under their names, nested, with their types; an empty field is not', async () => {
      const value = {
        first_name: '={{ $json.who }}',
        'company.name': 'Acme',
        'company.employees': '={{ 12 }}',
        'owner.name': null,
        email: '',
      };
      await run(mapping('defineBelow', value), { items: [{ who: 'Ann' }, { who: 'Ben' }] });

      expect(contexts()).toEqual([
        { first_name: 'Ann', company: { name: 'Acme', employees: 12 }, email: '' },
        { first_name: 'Ben', company: { name: 'Acme', employees: 12 }, email: '' },
      ]);
    });

    it('are taken from the input item, flat or nested, and nothing else is', async () => {
      await run(mapping('autoMapInputData', null), {
        items: [
          { first_name: 'Ann', 'company.name': 'Acme', phone_number: 'no', secret: 1 },
          { first_name: 'Ben', company: { name: 'Best', employees: 3, size: 'no' }, email: null },
          { other: true },
        ],
      });

      expect(contexts()).toEqual([
        { first_name: 'Ann', company: { name: 'Acme' } },
        { first_name: 'Ben', company: { name: 'Best', employees: 3 }, email: null },
        {},
      ]);
    });

    it('are read then, once for all items, where the editor could not know the agent', async () => {
      const { uuid } = simulator.world.agents.leadQualifier;
      const { status } = await run(
        {
          ...mapping('autoMapInputData', null, []),
          agent: agentBy('agentUuid', '={{ $json.agent }}'),
        },
        { items: ['Ann', 'Ben', 'Cy'].map((name) => ({ agent: uuid, first_name: name })) },
      );

      expect(status).toBe('success');
      expect(contexts()).toEqual(['Ann', 'Ben', 'Cy'].map((name) => ({ first_name: name })));
      expect(simulator.requests.length).toBe(3 + 2);
    });

    it('are those of each item’s own agent, whatever the form was filled in with', async () => {
      const { deliveryUpdate } = simulator.world.agents;
      await run(
        {
          ...mapping('autoMapInputData', null),
          agent: agentBy('agentUuid', `={{ "${deliveryUpdate.uuid}" }}`),
        },
        { items: [{ customer_name: 'Ann', parcel_count: 2, first_name: 'no' }] },
      );

      expect(contexts()).toEqual([{ customer_name: 'Ann', parcel_count: 2 }]);
    });

    it('do not matter to a key that may not read agents: the call is placed', async () => {
      simulator.faults.add({
        on: 'agents',
        fault: { kind: 'status', callPlaced: false, status: 403 },
        times: Infinity,
      });
      const { status } = await run(mapping('defineBelow', { first_name: 'Ann' }));

      expect(status).toBe('success');
      expect(simulator.calls).toHaveLength(1);
    });
  });

  describe('with Require Variables', () => {
    const run = (
      pairs: Record<string, unknown>,
      fields: INodeParameters = {},
    ): Promise<NodeOutcome> =>
      runDograhNode({
        parameters: callForm({
          contextPairs: variables(
            ...Object.entries(pairs).map(([name, value]) => ({ name, value })),
          ),
          options: { requireVariables: true },
          ...fields,
        }),
        credentials: credentialsFor(simulator),
      });
    const all = { first_name: 'Ann', 'company.name': 'Acme', email: 'ann@example.com' };

    it('calls when all that have no fallback are there', async () => {
      const { status } = await run(all);

      expect(status).toBe('success');
      expect(simulator.calls).toHaveLength(1);
    });

    it.each([
      ['missing', { first_name: 'Ann', 'company.name': 'Acme' }, '"email" is missing'],
      ['empty', { ...all, email: '' }, '"email" is missing or empty'],
      ['several', { email: 'x@example.com' }, '"first_name", "company.name" are missing'],
    ])('calls nobody when one is %s, and names it', async (_what, pairs, message) => {
      const { error } = await run(pairs);

      expect(error?.message).toContain(message);
      expect(error?.description).toContain('Nobody was called');
      expect(simulator.callRequests).toHaveLength(0);
    });

    it('calls nobody when they cannot be read, and says why', async () => {
      simulator.faults.add({
        on: 'agents',
        fault: { kind: 'status', callPlaced: false, status: 403 },
        times: Infinity,
      });
      const { error } = await run(all);

      expect(error?.message).toMatch(/^The variables of the agent cannot be checked: /);
      expect(error?.description).toMatch(/^Nobody was called\./);
      expect(simulator.callRequests).toHaveLength(0);
    });

    it('says so once for each item, however many wait for the same answer', async () => {
      simulator.faults.add({
        on: 'agents',
        fault: { kind: 'status', callPlaced: false, status: 403 },
        times: Infinity,
      });
      const { outputs } = await runDograhNode({
        parameters: callForm({ options: { requireVariables: true, concurrency: 5 } }),
        credentials: credentialsFor(simulator),
        items: Array.from({ length: 5 }, () => ({})),
        settings: { onError: 'continueRegularOutput' },
      });
      const messages = outputs.flat().map(({ json }) => json['error'] as string);

      expect(messages).toHaveLength(5);
      for (const message of messages) expect(message.split('cannot be checked')).toHaveLength(2);
    });

    it.each(['maybe', 2, {}])(
      'calls nobody when nobody can tell whether it is on: %j',
      async (on) => {
        const { error } = await run(all, { options: { requireVariables: on } });

        expect(error?.message).toContain('in Require Variables is neither yes nor no');
        expect(simulator.callRequests).toHaveLength(0);
      },
    );

    it('may be turned on by a text', async () => {
      const { error } = await run({}, { options: { requireVariables: "={{ 'true' }}" } });

      expect(error?.message).toContain('missing or empty');
      expect(simulator.callRequests).toHaveLength(0);
    });

    it('minds the greeting that the call brings along', async () => {
      const greeting = { values: { type: 'text', text: 'Hi {{nickname}}!' } };
      const { error } = await run(all, { options: { requireVariables: true, greeting } });

      expect(error?.message).toContain('"nickname" is missing');
      expect(simulator.callRequests).toHaveLength(0);
    });

    it('knows what a test call gets from the agent itself', async () => {
      const { uuid } = simulator.world.agents.deliveryUpdate;
      const agent = agentBy('list', uuid);

      expect((await run({}, { agent, environment: 'production' })).status).toBe('error');
      expect((await run({}, { agent, environment: 'test' })).status).toBe('success');
    });
  });
});
