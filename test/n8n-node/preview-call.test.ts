import type { CallPreview } from '@dograh/shared';
import type { INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../simulator';
import { agentBy, callForm, credentialsFor, ownContext, variables } from './call-form';
import { everythingIn, runDograhNode, type NodeOutcome, type NodeRun } from './engine';

describe('Preview Call in n8n', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterEach(() => {
    expect(simulator.callRequests).toEqual([]);
    expect(simulator.runs).toEqual([]);
    expect(simulator.contractViolations).toEqual([]);
  });
  afterAll(() => simulator.stop());

  const run = (fields: INodeParameters = {}, node: Partial<NodeRun> = {}): Promise<NodeOutcome> =>
    runDograhNode({
      parameters: callForm({ operation: 'preview', ...fields }),
      credentials: credentialsFor(simulator),
      ...node,
    });
  const preview = async (fields: INodeParameters = {}): Promise<CallPreview> => {
    const { outputs, error } = await run(fields);
    expect(error).toBeUndefined();
    return outputs[0]?.[0]?.json as unknown as CallPreview;
  };
  const pairs = (named: Record<string, unknown>): INodeParameters => ({
    contextPairs: variables(...Object.entries(named).map(([name, value]) => ({ name, value }))),
  });

  it('shows what would be sent, exactly as Trigger Call then sends it', async () => {
    const fields = {
      ...pairs({ first_name: 'Ann', 'company.employees': 12 }),
      environment: 'test',
      options: { callReference: 'lead-42', telephonyConfigurationId: 0 },
    };
    const { method, url, body } = await preview(fields);
    await runDograhNode({
      parameters: callForm(fields),
      credentials: credentialsFor(simulator),
    });
    const [sent] = simulator.callRequests;
    simulator.reset();

    expect(sent).toMatchObject({ method, path: new URL(url).pathname });
    const sentBody = sent?.body as typeof body;
    expect(sentBody.initial_context?.['call_request_id']).not.toBe(
      body.initial_context?.['call_request_id'],
    );
    expect(withoutRequestId(sentBody)).toEqual(withoutRequestId(body));
    expect(withoutRequestId(body)).toEqual({
      phone_number: '+14155550123',
      initial_context: {
        first_name: 'Ann',
        company: { employees: 12 },
        call_reference: 'lead-42',
      },
    });
  });

  it('shows which variables have a value, a fallback, or neither, and which nobody asks for', async () => {
    const { variables: shown } = await preview({
      ...pairs({ first_name: 'Ann', 'company.name': '', mood: 'good', 'shop.city': 'Rome' }),
      options: { callReference: 'lead-42' },
    });

    expect(shown).toEqual({
      filled: { first_name: 'Ann' },
      fallback: { 'company.employees': 'unknown number of', 'owner.name': 'somebody' },
      missing: ['company.name', 'email'],
      unused: ['mood', 'shop.city'],
      set_by_dograh: [],
    });
  });

  it('renders greeting and prompts as the agent would have them', async () => {
    const shown = await preview({
      ...pairs({ first_name: 'Ann', company: { name: 'Acme', employees: 12 } }),
    });

    expect(shown).toMatchObject({
      agent_name: 'Lead Qualifier',
      agent_version: 'published',
      workflow_id: 102,
      greeting: { type: 'text', text: 'Hi Ann!' },
      prompts: [
        { node: 'Start', text: 'You call Ann of Acme.' },
        { node: 'Conversation', text: 'Find out how many of the 12 people need it.' },
        { node: 'End', text: 'Promise that somebody will write to .' },
      ],
      notes: ['Without a value and without a fallback: email.'],
    });
  });

  it('judges a test call by what the agent brings along, as it is put together', async () => {
    const { uuid } = simulator.world.agents.deliveryUpdate;
    const shown = await preview({
      agent: agentBy('list', uuid),
      environment: 'test',
      ...pairs({ customer_name: '' }),
    });

    expect(shown).toMatchObject({
      greeting: { text: 'Hello , your delivery is on its way.' },
      variables: { missing: ['customer_name'], filled: { parcel_count: 1 } },
    });
  });

  it('says that an object is missing which only other variables with a fallback are in', async () => {
    const { variables: shown } = await preview({
      options: { greeting: { values: { type: 'text', text: '{{user}} {{user.name | x}}' } } },
    });

    expect(shown?.missing).toContain('user');
  });

  it('takes no other name for that of a time', async () => {
    const text = '{{current_time_of_day}} {{initial_context.current_time}} {{current_time_PST}}';
    const { variables: shown } = await preview({
      options: { greeting: { values: { type: 'text', text } } },
    });

    expect(shown?.missing).toEqual(
      expect.arrayContaining(['current_time_of_day', 'current_time', 'current_time_PST']),
    );
    expect(shown?.set_by_dograh).toEqual([]);
  });

  it('leaves standing what only Dograh knows, and fills in what is known of the call', async () => {
    const { uuid } = simulator.world.agents.appointmentReminder;
    const { prompts, variables: shown } = await preview({ agent: agentBy('list', uuid) });
    const texts = prompts?.map(({ text }) => text).join('\n');

    expect(texts).toContain('at +14155550123. Now it is 20');
    expect(texts).toMatch(/Now it is \d{4}-\d\d-\d\d \d\d:\d\d:\d\d CES?T\./);
    expect(texts).toContain('can call {{caller_number}} any time');
    expect(shown?.set_by_dograh).toEqual([
      'called_number',
      'current_time_Europe/Berlin',
      'current_weekday',
      'caller_number',
    ]);
  });

  it.each([
    [
      'a text',
      { type: 'text', text: 'Good day {{first_name}}!' },
      { type: 'text', text: 'Good day Ann!' },
    ],
    [
      'a recording',
      { type: 'audio', recordingId: ' welcome ' },
      { type: 'audio', recording_id: 'welcome' },
    ],
  ])('shows the greeting of this call: %s', async (_what, values, shown) => {
    const { greeting, body } = await preview({
      ...pairs({ first_name: 'Ann' }),
      options: { greeting: { values } },
    });

    expect(greeting).toEqual(shown);
    expect(body.initial_context?.['greeting_override']).toEqual(
      values.type === 'text' ? values : shown,
    );
  });

  it('counts the variables of that greeting, and not those of the one that is not said', async () => {
    const { variables: shown } = await preview({
      options: { greeting: { values: { type: 'text', text: 'Hi {{nickname}}!' } } },
    });
    const [node] = simulator.world.agents.leadQualifier.published?.nodes ?? [];
    if (node === undefined) throw new Error('No nodes.');
    node.data['greeting'] = 'Hi {{only_here}}!';
    const { variables: own } = await preview();
    const { variables: recorded } = await preview({
      options: { greeting: { values: { type: 'audio', recordingId: 'welcome' } } },
    });

    expect(shown?.missing).toContain('nickname');
    expect(own?.missing).toContain('only_here');
    expect(recorded?.missing).not.toContain('only_here');
  });

  it('shows the draft, with what a test call gets from the agent itself', async () => {
    const { appointmentReminder, deliveryUpdate } = simulator.world.agents;
    const draft = await preview({
      agent: agentBy('list', appointmentReminder.uuid),
      environment: 'test',
    });
    const published = await preview({
      agent: agentBy('list', deliveryUpdate.uuid),
      environment: 'test',
    });

    expect(draft).toMatchObject({
      agent_version: 'draft',
      greeting: { text: 'Good day friend, Acme Dental speaking.' },
    });
    expect(published).toMatchObject({
      agent_version: 'published',
      greeting: { text: 'Hello Sam Sample, your delivery is on its way.' },
      notes: ['The agent has no draft, so its published version runs.'],
    });
  });

  it('warns of what Dograh would refuse or leave out', async () => {
    const { leadQualifier, triggerOnlyInDraft } = simulator.world.agents;
    const [node] = leadQualifier.published?.nodes ?? [];
    if (node === undefined) throw new Error('No nodes.');
    node.data['prompt'] = 'At {{current_time_Mars/Olympus}} {{a..b}} {{user.__proto__}}';
    const odd = await preview();
    const draftOnly = await preview({ agent: agentBy('triggerId', triggerOnlyInDraft.trigger) });

    expect(odd.notes).toEqual([
      'Nothing can fill {{a..b}}; it is left out.',
      'Nothing can fill {{user.__proto__}}; it is left out.',
      'There is no time zone "Mars/Olympus"; where a text names it, Dograh looks for a variable of the call.',
      'Without a value and without a fallback: current_time_Mars/Olympus, email.',
    ]);
    expect(draftOnly.notes).toEqual([
      `The API Trigger "${triggerOnlyInDraft.trigger}" is not in the published version, so Dograh refuses the call.`,
      'Without a value and without a fallback: customer_name.',
    ]);
  });

  it.each([403, 404, 500])(
    'shows the request all the same, and says why the rest is not known: %d',
    async (status) => {
      simulator.faults.add({
        on: 'agents',
        fault: { kind: 'status', callPlaced: false, status, body: { detail: 'Not for you' } },
        times: Infinity,
      });
      const { notes, ...shown } = await preview();

      expect(shown).toMatchObject({
        url: `${simulator.url}/api/v1/public/agent/lead-qualifier`,
        agent_name: null,
        variables: null,
        greeting: null,
        prompts: null,
      });
      expect(notes[0]).toMatch(/^What the agent says is not known\. .*Not for you/);
    },
  );

  it('refuses what Trigger Call would refuse, with the same words', async () => {
    for (const fields of [
      { phoneNumber: '+1415' },
      pairs({ direction: 'inbound' }),
      { options: { greeting: { values: { type: 'text', text: ' ' } } } },
      { agent: agentBy('agentUuid', 'x') },
    ]) {
      const previewed = await run(fields);
      const placed = await runDograhNode({
        parameters: callForm(fields),
        credentials: credentialsFor(simulator),
      });

      expect(previewed.error?.message).toBe(placed.error?.message);
      expect(previewed.error?.message).toEqual(expect.any(String));
    }
  });

  it('says that the key is wrong', async () => {
    const apiKey = 'dg_wrong_0123456789';
    const { error } = await run({}, { credentials: { ...credentialsFor(simulator), apiKey } });

    expect(error?.message).toContain('Dograh does not accept the API key');
  });

  it('holds the key nowhere, also where an agent repeats it', async () => {
    const { apiKey } = simulator.world.acme;
    const [node] = simulator.world.agents.leadQualifier.published?.nodes ?? [];
    if (node === undefined) throw new Error('No nodes.');
    node.data['prompt'] = `Never say ${apiKey}.`;
    const { outputs } = await run();

    expect(everythingIn(outputs)).not.toContain(apiKey);
    expect(everythingIn(outputs)).toContain('Never say');
  });
});

function withoutRequestId(body: CallPreview['body']): unknown {
  return { ...body, initial_context: ownContext(body) };
}
