import type { CallPreview } from '@dograh/shared';
import { manyAgents, startSimulator, type AgentNode, type Simulator } from '../../tools/simulator';
import { askedIn } from './call-requests';
import { outputOf, shownBy, type Host, type HostCall } from '../../tools/hosts/host';

/** Registers the tests of previews, for either host. No call is placed. */
export function previewsCalls(host: Host): void {
  describe(`a preview in ${host.name}`, () => {
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

    const callWith = (changes: Partial<HostCall>): HostCall => ({
      apiKey: simulator.world.acme.apiKey,
      baseUrl: simulator.url,
      agent: { by: 'triggerId', value: 'lead-qualifier' },
      phoneNumber: '+14155550123',
      ...changes,
    });
    const preview = async (changes: Partial<HostCall> = {}): Promise<CallPreview> =>
      outputOf(await host.previewCall(callWith(changes))) as unknown as CallPreview;
    const byUuid = ({ uuid }: { readonly uuid: string }): Pick<HostCall, 'agent'> => ({
      agent: { by: 'agentUuid', value: uuid },
    });
    const pairs = (named: Record<string, unknown>): Pick<HostCall, 'contextPairs'> => ({
      contextPairs: Object.entries(named).map(([name, value]) => ({ name, value })),
    });
    const firstNode = (): AgentNode => {
      const [node] = simulator.world.agents.leadQualifier.published?.nodes ?? [];
      if (node === undefined) throw new Error('No nodes.');
      return node;
    };

    it('shows exactly the body that Trigger Call then sends', async () => {
      const call = callWith({
        ...pairs({ first_name: 'Ann', 'company.employees': 12 }),
        environment: 'test',
        callReference: 'lead-42',
        telephonyConfigurationId: simulator.world.telephony.acmeMain.id,
      });
      const { method, url, body } = await preview(call);
      outputOf(await host.triggerCall(call));
      const [sent] = simulator.callRequests;
      simulator.reset();

      expect(sent).toMatchObject({ method, path: new URL(url).pathname });
      expect(askedIn(sent)).toEqual(askedIn({ body }));
      expect(requestIdIn(sent)).not.toBe(requestIdIn({ body }));
      expect(askedIn({ body })).toEqual({
        phone_number: '+14155550123',
        telephony_configuration_id: simulator.world.telephony.acmeMain.id,
        initial_context: {
          first_name: 'Ann',
          company: { employees: 12 },
          call_reference: 'lead-42',
        },
      });
    });

    it('shows which variables have a value, a fallback or neither, and which the agent does not use', async () => {
      const { variables: shown } = await preview({
        ...pairs({ first_name: 'Ann', 'company.name': '', mood: 'good', 'shop.city': 'Rome' }),
        callReference: 'lead-42',
      });

      expect(shown).toEqual({
        filled: { first_name: 'Ann' },
        fallback: { 'company.employees': 'unknown number of', 'owner.name': 'a colleague' },
        missing: ['company.name', 'email'],
        unused: ['mood', 'shop.city'],
      });
    });

    it('counts a value of only spaces as missing, and renders it as Dograh does', async () => {
      const {
        greeting,
        notes,
        variables: shown,
      } = await preview({
        // Zapier leaves out rows with only spaces.
        contextJson: JSON.stringify({
          first_name: '\u00a0',
          company: { name: 'Acme', employees: ' ' },
          email: 'x',
        }),
        requireVariables: true,
      });

      expect(shown).toMatchObject({
        filled: { 'company.name': 'Acme', 'company.employees': ' ', email: 'x' },
        missing: ['first_name'],
      });
      expect(greeting).toEqual({ type: 'text', text: 'Hi \u00a0!' });
      expect(notes).toEqual([
        `Variables without a value and without a fallback: first_name. ${host.name === 'n8n' ? 'The option ' : ''}Require Variables is on, so the call would not be placed.`,
      ]);
    });

    it('shows the fields in the order in which a person reads them', async () => {
      const { uuid } = simulator.world.agents.appointmentReminder;
      const shown = await preview({
        ...byUuid({ uuid }),
        ...pairs({ mood: 'good', language: 'x' }),
        fields: { n8n: { minimumHoursBetween: 1 }, zapier: { minimum_hours_between: '1' } },
      });

      expect(Object.keys(shown).filter((key) => key !== 'id')).toEqual([
        'agent_name',
        'phone_number',
        'greeting',
        'prompts',
        'calling_rules',
        'notes',
        'variables',
        'agent_version',
        'environment',
        'workflow_id',
        'method',
        'url',
        'body',
      ]);
      expect(Object.keys(shown.variables ?? {})).toEqual([
        'filled',
        'fallback',
        'missing',
        'unused',
        'set_by_dograh',
      ]);
    });

    it('shows no empty list, and says that nothing is missing', async () => {
      const { withoutOwner } = simulator.world.agents;
      const ofLead = { first_name: 'Ann', company: { name: 'Acme' }, email: 'a@example.com' };
      const filled = await preview({ contextJson: JSON.stringify(ofLead) });
      firstNode().data['greeting'] = '';
      const silent = await preview({ contextJson: JSON.stringify(ofLead) });
      for (const { data } of withoutOwner.published?.nodes ?? []) {
        Object.assign(data, { greeting: '', prompt: '' });
      }
      const blank = await preview({ ...byUuid(withoutOwner) });

      expect(filled.notes).toEqual([
        'Nothing is missing. Each variable of the agent has a value or a fallback.',
      ]);
      expect(blank.notes).toEqual(['Nothing is missing. This agent uses no variables.']);
      for (const { body, ...shown } of [filled, silent, blank]) {
        expect(body.phone_number).toBe('+14155550123');
        expect(JSON.stringify(shown)).not.toMatch(/\[\]|\{\}/);
      }
    });

    it('renders greeting and prompts as the agent would use them', async () => {
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
          { node: 'End', text: 'Promise that a colleague will write to .' },
        ],
        notes: ['Variables without a value and without a fallback: email.'],
      });
    });

    it('includes the variables that a test call gets from the agent, merged as in Dograh', async () => {
      const { uuid } = simulator.world.agents.deliveryUpdate;
      const shown = await preview({
        ...byUuid({ uuid }),
        environment: 'test',
        contextJson: '{"customer_name": ""}',
      });

      expect(shown).toMatchObject({
        greeting: { text: 'Hello , your delivery is on its way.' },
        variables: { missing: ['customer_name'], filled: { parcel_count: 1 } },
      });
    });

    it('reports an object as missing if only variables with a fallback are in it', async () => {
      const { variables: shown } = await preview({
        greeting: { type: 'text', value: '{{user}} {{user.name | x}}' },
      });

      expect(shown?.missing).toContain('user');
    });

    it('does not take other names for those of a time', async () => {
      const text = '{{current_time_of_day}} {{initial_context.current_time}} {{current_time_PST}}';
      const { variables: shown } = await preview({
        greeting: { type: 'text', value: text },
      });

      expect(shown?.missing).toEqual(
        expect.arrayContaining(['current_time_of_day', 'current_time', 'current_time_PST']),
      );
      expect(shown).not.toHaveProperty('set_by_dograh');
    });

    it('does not ask for all variables together, which only Dograh can fill in', async () => {
      const { variables: shown } = await preview({
        greeting: { type: 'text', value: 'Hi {{initial_context}} {{gathered_context}}' },
      });

      expect(shown?.set_by_dograh).toEqual(
        expect.arrayContaining(['initial_context', 'gathered_context']),
      );
      expect(shown?.missing ?? []).not.toContain('initial_context');
    });

    it('fills in what is known of the call, and keeps variables that only Dograh knows', async () => {
      const { uuid } = simulator.world.agents.appointmentReminder;
      const { prompts, variables: shown } = await preview({ ...byUuid({ uuid }) });
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
        { type: 'text', value: 'Good day {{first_name}}!' },
        { type: 'text', text: 'Good day {{first_name}}!' },
        { type: 'text', text: 'Good day Ann!' },
      ],
      [
        'a recording',
        { type: 'audio', value: ' welcome ' },
        { type: 'audio', recording_id: 'welcome' },
        { type: 'audio', recording_id: 'welcome' },
      ],
    ] as const)('shows the greeting of this call: %s', async (_what, given, sent, shown) => {
      const { greeting, body } = await preview({
        ...pairs({ first_name: 'Ann' }),
        greeting: given,
      });

      expect(greeting).toEqual(shown);
      expect(body.initial_context?.['greeting_override']).toEqual(sent);
    });

    it('counts the variables of this greeting, not those of the greeting that it replaces', async () => {
      const { variables: shown } = await preview({
        greeting: { type: 'text', value: 'Hi {{nickname}}!' },
      });
      firstNode().data['greeting'] = 'Hi {{only_here}}!';
      const { variables: own } = await preview();
      const { variables: recorded } = await preview({
        greeting: { type: 'audio', value: 'welcome' },
      });

      expect(shown?.missing).toContain('nickname');
      expect(own?.missing).toContain('only_here');
      expect(recorded?.missing).not.toContain('only_here');
    });

    it('shows the draft for a test call, with the variables of the agent', async () => {
      const { appointmentReminder, deliveryUpdate } = simulator.world.agents;
      const draft = await preview({
        ...byUuid(appointmentReminder),
        environment: 'test',
      });
      const published = await preview({
        ...byUuid(deliveryUpdate),
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

    it('warns of values that Dograh would refuse or leave out', async () => {
      const { triggerOnlyInDraft } = simulator.world.agents;
      firstNode().data['prompt'] = 'At {{current_time_Mars/Olympus}} {{a..b}} {{user.__proto__}}';
      const odd = await preview();
      const draftOnly = await preview({
        agent: { by: 'triggerId', value: triggerOnlyInDraft.trigger },
      });

      expect(odd.notes).toEqual([
        'No variable can fill {{a..b}}, so it is left out.',
        'No variable can fill {{user.__proto__}}, so it is left out.',
        'There is no time zone "Mars/Olympus", so Dograh uses a variable of the call there.',
        'Variables without a value and without a fallback: current_time_Mars/Olympus, email.',
      ]);
      expect(draftOnly.notes).toEqual([
        `The API Trigger "${triggerOnlyInDraft.trigger}" is not in the published version, so Dograh rejects the call.`,
        'Variables without a value and without a fallback: customer_name.',
      ]);
    });

    it('prefers the agent that has the API Trigger in the version that runs', async () => {
      const { deliveryUpdate, leadQualifier } = simulator.world.agents;
      deliveryUpdate.draft = leadQualifier.published;

      expect(await preview()).toMatchObject({ agent_name: 'Lead Qualifier' });
    });

    it('warns that another agent may be called if two have the API Trigger', async () => {
      const { deliveryUpdate, leadQualifier } = simulator.world.agents;
      deliveryUpdate.published?.triggers.push(leadQualifier.trigger);
      const { agent_name: name, notes } = await preview();

      expect(name).toBe('Delivery Update');
      expect(notes[0]).toBe(
        'The agents "Delivery Update" and "Lead Qualifier" have the API Trigger "lead-qualifier", and Dograh runs one of them. This is "Delivery Update".',
      );
    });

    it('shows an agent with the API Trigger in another version only if no other agent can have it', async () => {
      const { triggerOnlyInDraft: agent } = simulator.world.agents;
      const by = { by: 'triggerId', value: agent.trigger } as const;
      manyAgents(simulator.world, 100);
      agent.name = 'Agent 000';
      const unknown = await preview({ agent: by });
      simulator.addRun({ agent, initialContext: { agent_identifier: agent.trigger } });
      const known = await preview({ agent: by });
      simulator.reset();

      expect(unknown.agent_name ?? null).toBeNull();
      expect(unknown.notes.join()).toContain('None of the first 60 agents has the API Trigger');
      expect(known).toMatchObject({ agent_name: 'Agent 000', agent_version: 'published' });
    });

    it.each([
      [403, 'Not for you'],
      [404, 'Not for you'],
      [500, 'answered 500'],
    ])(
      'shows the request even if the agent cannot be read, and says why: %d',
      async (status, words) => {
        simulator.faults.add({
          on: 'agents',
          fault: { kind: 'status', callPlaced: false, status, body: { detail: 'Not for you' } },
          times: Infinity,
        });
        const { notes, ...shown } = await preview();

        const { agent_name: name, greeting, prompts, variables: known } = shown;

        expect(shown.url).toBe(`${simulator.url}/api/v1/public/agent/lead-qualifier`);
        // n8n leaves out null.
        expect([name, greeting, prompts, known].map((value) => value ?? null)).toEqual([
          null,
          null,
          null,
          null,
        ]);
        expect(notes[0]).toMatch(/^The agent's texts are not known\. /);
        expect(notes[0]).toContain(words);
      },
    );

    it('refuses what Trigger Call would refuse, with the same message', async () => {
      const refused: Partial<HostCall>[] = [
        { phoneNumber: '+1415' },
        pairs({ direction: 'inbound' }),
        { requireVariables: 'maybe' },
        { agent: { by: 'agentUuid', value: 'x' } },
      ];
      for (const changes of refused) {
        const call = callWith(changes);

        expect(shownBy(await host.previewCall(call))).toBe(shownBy(await host.triggerCall(call)));
      }
    });

    it('reports a wrong key', async () => {
      const outcome = await host.previewCall(callWith({ apiKey: 'dg_wrong_0123456789' }));

      expect(shownBy(outcome)).toContain('Dograh does not accept the API key');
    });

    it('does not contain the key, even if an agent repeats it', async () => {
      const { apiKey } = simulator.world.acme;
      firstNode().data['prompt'] = `Never say ${apiKey}.`;
      const shown = JSON.stringify(await preview());

      expect(shown).not.toContain(apiKey);
      expect(shown).toContain('Never say');
    });

    it.each([undefined, 404])(
      'says that it does not search for an earlier call if Skip If Called Within is set',
      async (status) => {
        const note = `The preview does not check for earlier calls. Because of ${host.name === 'n8n' ? 'the option ' : ''}Skip If Called Within, the call may be skipped.`;
        if (status !== undefined) {
          simulator.faults.add({
            on: 'agents',
            fault: { kind: 'status', callPlaced: false, status },
            times: Infinity,
          });
        }
        const { notes } = await preview({ callReference: 'lead-42', skipIfCalledWithin: 24 });
        const without = await preview({ callReference: 'lead-42' });

        expect(notes).toContain(note);
        expect(without.notes).not.toContain(note);
      },
    );

    it('reports that a call with missing variables would be refused, if it would be', async () => {
      const { notes } = await preview({ requireVariables: true });

      expect(notes.join()).toContain('Require Variables is on, so the call would not be placed.');
    });
  });
}

function requestIdIn(request: { readonly body: unknown } | undefined): unknown {
  const { initial_context: context } = request?.body as CallPreview['body'];
  return context?.['call_request_id'];
}
