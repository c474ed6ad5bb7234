// The end of a cut word. cspell:ignore colle
import type { INodeParameters, INodePropertyTypeOptions } from 'n8n-workflow';
import { mapsVariables } from '../behaviour/variables';
import { startSimulator, type Simulator } from '../../tools/simulator';
import {
  agentBy,
  callForm,
  credentialsFor,
  mapping,
  ownContext,
} from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeOutcome, type NodeRun } from '../../tools/hosts/n8n/engine';
import { n8n, variableFields } from '../../tools/hosts/n8n/host';
import { dograhNodeType } from '../../tools/hosts/n8n/n8n-host';

mapsVariables(n8n);

/** Fields of n8n's resource mapper, loaded with n8n's own context for it. */
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

  const fieldsFor = (value: string, apiKey = simulator.world.acme.apiKey) =>
    variableFields({ apiKey, baseUrl: simulator.url, agent: { by: 'agentUuid', value } });

  const mappingOptions = async (): Promise<INodePropertyTypeOptions> => {
    const { properties } = (await dograhNodeType()).description;
    return properties.find(({ name }) => name === 'contextMapping')?.typeOptions ?? {};
  };

  const ofLead = ['first_name', 'company.name', 'company.employees', 'owner.name', 'email'];

  it('are shown as fields in the order of a call, with a star or their fallbacks', async () => {
    const { leadQualifier } = simulator.world.agents;
    const { fields } = await fieldsFor(leadQualifier.uuid);

    expect(fields.map(({ id, required, displayName }) => [id, required, displayName])).toEqual([
      ['first_name', true, 'first_name *'],
      ['company.name', true, 'company.name *'],
      ['company.employees', false, 'company.employees (or …)'],
      ['owner.name', false, 'owner.name (or "a colle…")'],
      ['email', true, 'email *'],
    ]);
  });

  it.each([
    ['{{customer_name}}', 'customer_name *'],
    ['{{customers.relatives.first_name}}', 'customers…first_name *'],
    ['{{invoice.billing_address.line_1}}', 'invoice.b…ess.line_1 *'],
    ['{{invoice.billing_address.line_2}}', 'invoice.b…ess.line_2 *'],
    ['{{language | English}}', 'language (or "English")'],
    ['{{doctor | one of our dentists}}', 'doctor (or "one of our …")'],
    ['{{city | fallback:the  big\napple}}', 'city (or "the big apple")'],
    ['{{mood | 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀}}', 'mood (or "😀😀😀😀😀😀😀😀😀😀😀😀😀…")'],
    ['{{note | }}', 'note (or nothing)'],
    ['{{customers.relatives.last_name | x}}', 'customers…last_name (or …)'],
  ])('have a label that fits into the form of n8n: %s', async (prompt, label) => {
    const { leadQualifier } = simulator.world.agents;
    const [node] = leadQualifier.published?.nodes ?? [];
    if (node === undefined) throw new Error('No nodes.');
    Object.assign(node.data, { greeting: '', prompt });
    const { fields } = await fieldsFor(leadQualifier.uuid);

    expect(fields[0]?.displayName).toBe(label);
  });

  it('keep their values when the operation changes, e.g. to Preview Call and back', async () => {
    // n8n clears the fields when one of these changes.
    expect((await mappingOptions()).loadOptionsDependsOn).toEqual(['agent.value', 'environment']);
  });

  it('are all shown if there are thousands of them', async () => {
    const { leadQualifier } = simulator.world.agents;
    const [node] = leadQualifier.published?.nodes ?? [];
    if (node === undefined) throw new Error('No nodes.');
    const names = Array.from({ length: 3_000 }, (_, index) => `group${index % 50}.name${index}`);
    node.data['prompt'] = names.map((name) => `{{${name}}}`).join(' ');
    const { fields } = await fieldsFor(leadQualifier.uuid);
    const found = new Set(fields.map(({ id }) => id));

    // Jest's arrayContaining compares each with each, which takes seconds.
    expect(names.filter((name) => !found.has(name))).toEqual([]);
    expect(found).not.toContain('group1');
  });

  it('are not shown before an agent is chosen', async () => {
    const { fields, emptyFieldsNotice } = await fieldsFor('');

    expect(fields).toEqual([]);
    expect(emptyFieldsNotice).toMatch(
      /^Choose an agent first\. .*Map Automatically, Names and Values/,
    );
    // n8n would also show "No variables found in Dograh" in red.
    expect((await mappingOptions()).resourceMapper).toMatchObject({ hideNoDataError: true });
  });

  it('are replaced by a notice that the key is wrong, without the key', async () => {
    const { uuid } = simulator.world.agents.leadQualifier;
    const { emptyFieldsNotice } = await fieldsFor(uuid, 'dg_wrong_0123456789');

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
    const contexts = (): unknown[] => simulator.callRequests.map(({ body }) => ownContext(body));

    it('are sent nested and with their types, without empty fields', async () => {
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

    it('are taken from the input item, flat or nested, without its other fields', async () => {
      await run(mapping('autoMapInputData', null, ofLead), {
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

    it('are sent once if a prompt uses an object and a value inside it', async () => {
      const { published } = simulator.world.agents.leadQualifier;
      const start = published?.nodes.find(({ type }) => type === 'startCall');
      if (start === undefined) throw new Error('The agent has no start.');
      start.data['prompt'] = 'For {{user | you}}: {{user.name | friend}}';
      const { status } = await run(
        {
          ...mapping('autoMapInputData', null, []),
          agent: agentBy('agentUuid', simulator.world.agents.leadQualifier.uuid),
        },
        { items: [{ user: { name: 'Ann' } }] },
      );

      expect(status).toBe('success');
      expect(contexts()).toEqual([{ user: { name: 'Ann' } }]);
    });

    it('are read once for all items if an expression chooses the agent', async () => {
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

    const notesOf = ({ outputs }: NodeOutcome): unknown[] =>
      outputs.flat().map(({ json }) => json['notes']);

    it('are named in a note if no field of the input item has such a name', async () => {
      const outcome = await run(mapping('autoMapInputData', null, ofLead), {
        items: [{ 'First Name': 'Ann', body: { email: 'ann@example.com' } }, { first_name: 'Ben' }],
      });

      expect(contexts()).toEqual([{}, { first_name: 'Ben' }]);
      expect(notesOf(outcome)).toEqual([
        [
          'None of the input fields has the name of a variable of this agent ("first_name", "company.name", "company.employees", "owner.name", "email"), so no variable is sent.',
          '"First Name" is not used for the variable "first_name", because the names differ.',
          '"body.email" is not used for the variable "email", because the names differ.',
        ],
        [],
      ]);
    });

    it('are taken from the initial_context of the input item, and a note says so', async () => {
      const outcome = await run(mapping('autoMapInputData', null, ofLead), {
        items: [
          { phone: '+14155550123', initial_context: { first_name: 'Ann', secret: 1 } },
          { initial_context: '{"first_name": "Ben"}', email: 'ben@example.com' },
          { 'initial_context.first_name': 'Cy' },
        ],
      });

      expect(contexts()).toEqual([
        { first_name: 'Ann' },
        { first_name: 'Ben', email: 'ben@example.com' },
        { first_name: 'Cy' },
      ]);
      const note = 'Taken from "initial_context" of the input: "first_name".';
      expect(notesOf(outcome)).toEqual([[note], [note], [note]]);
    });

    it('are taken once if the input item has a value twice, or if one of the two is blank', async () => {
      const tags = ['a', { b: 1 }];
      const { status } = await run(mapping('autoMapInputData', null, ofLead), {
        items: [
          { first_name: tags, initial_context: { first_name: [...tags] } },
          { first_name: '', initial_context: { first_name: 'Ben' } },
          { first_name: 'Cy', initial_context: { first_name: null } },
        ],
      });

      expect(status).toBe('success');
      expect(contexts()).toEqual([
        { first_name: tags },
        { first_name: 'Ben' },
        { first_name: 'Cy' },
      ]);
    });

    it('are refused if the input item has two values for one of them', async () => {
      const { error } = await run(mapping('autoMapInputData', null, ofLead), {
        items: [{ first_name: 'Ann', initial_context: { first_name: 'Ben' } }],
      });

      expect(error?.message).toContain('two values for the variable "first_name"');
      expect(simulator.callRequests).toEqual([]);
    });

    it('are those of the chosen agent, even if the form was filled in for another one', async () => {
      const { deliveryUpdate } = simulator.world.agents;
      const agent = agentBy('list', deliveryUpdate.uuid);
      const items = [{ customer_name: 'Ann', first_name: 'no' }];
      const automatic = await run(
        { ...mapping('autoMapInputData', null, ofLead), agent },
        { items },
      );
      const value = { customer_name: 'Ann', first_name: 'no', 'company.name': 'no' };
      const byHand = await run({ ...mapping('defineBelow', value), agent });

      expect(contexts()).toEqual([{ customer_name: 'Ann' }, { customer_name: 'Ann' }]);
      expect(notesOf(automatic)).toEqual([[]]);
      expect(notesOf(byHand)).toEqual([
        [
          'Not sent, because this version of the agent does not use them: "first_name", "company.name". These values are left over from another agent or version.',
        ],
      ]);
    });

    it('are compared with the form if the agent cannot be read', async () => {
      simulator.faults.add({
        on: 'agents',
        fault: { kind: 'status', callPlaced: false, status: 403 },
        times: Infinity,
      });
      const value = { first_name: 'Ann', old_name: 'no' };
      const outcome = await run(mapping('defineBelow', value, ofLead));

      expect(contexts()).toEqual([{ first_name: 'Ann' }]);
      expect(notesOf(outcome)).toEqual([
        [
          expect.stringContaining('does not use them: "old_name".'),
          expect.stringMatching(/^The variables were not checked before the call\. /),
        ],
      ]);
    });

    it('are those of the agent of each item, not those stored in the form', async () => {
      const { deliveryUpdate } = simulator.world.agents;
      await run(
        {
          ...mapping('autoMapInputData', null, ofLead),
          agent: agentBy('agentUuid', `={{ "${deliveryUpdate.uuid}" }}`),
        },
        { items: [{ customer_name: 'Ann', parcel_count: 2, first_name: 'no' }] },
      );

      expect(contexts()).toEqual([{ customer_name: 'Ann', parcel_count: 2 }]);
    });
  });

  describe('if Require Variables was not added to the options', () => {
    const items = Array.from({ length: 6 }, (_, index) => ({ phone: `+1415555012${index}` }));
    const run = (options: INodeParameters): Promise<NodeOutcome> =>
      runDograhNode({
        parameters: {
          ...callForm({ phoneNumber: '={{ $json.phone }}' }),
          agent: agentBy('list', simulator.world.agents.leadQualifier.uuid),
          contextMode: 'json',
          contextJson: '{"first_name": "Ann", "company": {"name": "Acme"}, "email": "a@b.c"}',
          options,
        },
        credentials: credentialsFor(simulator),
        items,
      });

    it.each([1, 3, 6])('are read once for all items, %i at the same time', async (concurrency) => {
      const { status } = await run({ concurrency });

      expect(status).toBe('success');
      expect(simulator.calls).toHaveLength(6);
      expect(simulator.requests).toHaveLength(6 + 2);
    });

    it.each([
      [401, 1],
      [403, 1],
      [503, 3],
    ])(
      'are asked for once if Dograh answers %i, and all calls are placed',
      async (status, reads) => {
        simulator.faults.add({
          on: 'agents',
          fault: { kind: 'status', callPlaced: false, status },
          times: Infinity,
        });
        const { outputs } = await run({ concurrency: 3 });

        expect(simulator.calls).toHaveLength(6);
        expect(simulator.requests).toHaveLength(6 + reads);
        for (const { json } of outputs.flat()) {
          expect(json['notes']).toEqual([expect.stringContaining('were not checked before')]);
        }
      },
    );

    it.each(['={{ undefined }}', '={{ "" }}', '={{ null }}'])(
      'are checked also if the option is blank: %s',
      async (requireVariables) => {
        const [node] = simulator.world.agents.leadQualifier.published?.nodes ?? [];
        if (node === undefined) throw new Error('No nodes.');
        node.data['prompt'] = '{{missing}}';
        const { error } = await run({ requireVariables });

        expect(error?.message).toContain('"missing" is missing or empty');
        expect(simulator.callRequests).toEqual([]);
      },
    );
  });

  it('cause one error per item if they cannot be read, even at the same time', async () => {
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
    for (const message of messages) expect(message.split('could not be checked')).toHaveLength(2);
  });
});
