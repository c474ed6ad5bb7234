import { manyAgents, startSimulator, type Simulator } from '../../tools/simulator';
import { askedIn } from './call-requests';
import {
  outputOf,
  shownBy,
  type Host,
  type HostCall,
  type HostChoice,
} from '../../tools/hosts/host';

const OF_LEAD = ['first_name', 'company.name', 'company.employees', 'owner.name', 'email'];

/** Registers the tests of the agent's variables: as fields of either form, and in a call. */
export function mapsVariables(host: Host): void {
  describe(`the variables of the chosen agent in ${host.name}`, () => {
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

    const by = (
      way: HostChoice['agent']['by'],
      value: string,
      environment: HostChoice['environment'] = 'production',
    ): HostChoice => ({
      apiKey: simulator.world.acme.apiKey,
      baseUrl: simulator.url,
      agent: { by: way, value },
      environment,
    });
    const lead = (): HostChoice => by('agentUuid', simulator.world.agents.leadQualifier.uuid);
    const namesFor = async (choice: HostChoice): Promise<string[]> =>
      (await host.variablesInForm(choice)).fields.map(({ name }) => name);
    const remarkFor = async (choice: HostChoice): Promise<string> => {
      const { fields, remark } = await host.variablesInForm(choice);
      expect(fields).toEqual([]);
      return remark;
    };
    const agentsAnswer = (status: number): void => {
      const fault = { kind: 'status', callPlaced: false, status } as const;
      simulator.faults.add({ on: 'agents', fault, times: Infinity });
    };

    describe('in the form', () => {
      it('have a field each, in the order of the call, which shows the fallback', async () => {
        const { fields, remark } = await host.variablesInForm(lead());
        const texts = Object.fromEntries(fields.map(({ name, text }) => [name, text]));

        expect(fields.map(({ name, isNeeded }) => [name, isNeeded])).toEqual([
          ['first_name', true],
          ['company.name', true],
          ['company.employees', false],
          ['owner.name', false],
          ['email', true],
        ]);
        // n8n shows the beginning, because its labels are short.
        expect(texts).toMatchObject({ 'owner.name': expect.stringMatching(/a col/) });
        expect(remark).toBe('');
      });

      it.each(['triggerId', 'triggerUrl'] as const)('are also found by %s', async (way) => {
        const { trigger } = simulator.world.agents.leadQualifier;
        const url = `${simulator.url}/api/v1/public/agent/${trigger}`;

        expect(await namesFor(by(way, way === 'triggerUrl' ? url : trigger))).toEqual(OF_LEAD);
      });

      it('are those of the called version', async () => {
        const { uuid } = simulator.world.agents.appointmentReminder;

        expect(await namesFor(by('agentUuid', uuid, 'production'))).toEqual([
          'customer_name',
          'appointment.date',
          'appointment.time',
          'doctor',
          'language',
        ]);
        expect(await namesFor(by('agentUuid', uuid, 'test'))).toEqual([
          'patient.name',
          'patient.birthday',
          'visit_date',
          'parking_hint',
          'treatment',
        ]);
      });

      it('are not needed in a test call if the agent has defaults for them', async () => {
        const { uuid } = simulator.world.agents.deliveryUpdate;
        const nameOfCustomer = async (environment: 'production' | 'test') =>
          (await host.variablesInForm(by('agentUuid', uuid, environment))).fields.find(
            ({ name }) => name === 'customer_name',
          );

        expect(await nameOfCustomer('production')).toMatchObject({ isNeeded: true });
        expect(await nameOfCustomer('test')).toMatchObject({
          isNeeded: false,
          text: expect.stringContaining('Sam'),
        });
      });

      it('are found with three requests among hundreds of agents if the API Trigger was used recently', async () => {
        const [agent] = manyAgents(simulator.world, 300).slice(-1);
        if (agent === undefined) throw new Error('No agents.');
        const choice = by('triggerId', agent.trigger);
        outputOf(await host.triggerCall({ ...choice, phoneNumber: '+14155550123' }));
        const before = simulator.requests.length;

        expect(await namesFor(choice)).toEqual(['customer_name']);
        expect(simulator.requests.length - before).toBe(3);
      });

      it('are otherwise searched in a limited number of agents, and the form says so', async () => {
        manyAgents(simulator.world, 300);

        expect(await remarkFor(by('triggerId', 'nobodys-trigger'))).toContain(
          'None of the first 60 agents has the API Trigger',
        );
        expect(simulator.requests.length).toBeLessThan(70);
      });

      it.each([
        ['an agent that was never published', 'neverPublished', 'production', /was never publish/],
        ['an archived agent', 'archived', 'production', /No active agent has the Agent UUID/],
        ["another organization's agent", 'globexSurvey', 'test', /No active agent/],
      ] as const)(
        'are replaced by a remark that explains why there are none: %s',
        async (_what, name, environment, reason) => {
          const { uuid } = simulator.world.agents[name];
          const remark = await remarkFor(by('agentUuid', uuid, environment));

          expect(remark).toMatch(reason);
          expect(remark).toMatch(/^The variables are unknown\. /);
          expect(remark).not.toMatch(/calls can be placed/);
        },
      );

      it('are replaced by a remark that calls can be placed if the key may not read agents', async () => {
        agentsAnswer(403);

        expect(await remarkFor(lead())).toMatch(
          /but calls can be placed: use .*has no access to this data/,
        );
        expect(await host.triggerCall({ ...lead(), phoneNumber: '+14155550123' })).toMatchObject({
          ok: true,
        });
      });

      it('are not guessed if the list of versions breaks the contract', async () => {
        simulator.faults.add({
          on: 'agents',
          fault: { kind: 'latency', callPlaced: true, ms: 0, delayed: 'answer' },
        });
        simulator.faults.add({
          on: 'agents',
          fault: { kind: 'off-contract', callPlaced: true, body: [{ status: 'published' }] },
        });

        expect(await remarkFor(lead())).toMatch(
          /The list of versions of Lead Qualifier from \S+ has an unexpected format/,
        );
      });

      it('are replaced by a remark if the agent uses none', async () => {
        for (const node of simulator.world.agents.leadQualifier.published?.nodes ?? []) {
          node.data = { name: node.data.name, prompt: 'Say hello.' };
        }

        expect(await remarkFor(lead())).toBe('This agent uses no variables.');
      });

      it('are replaced by a remark if this is no agent', async () => {
        expect(await remarkFor(by('agentUuid', 'x'))).toContain('is not an Agent UUID');
      });

      it('do not contain the key, even if an agent repeats it', async () => {
        const { apiKey } = simulator.world.acme;
        const [node] = simulator.world.agents.leadQualifier.published?.nodes ?? [];
        if (node === undefined) throw new Error('No nodes.');
        node.data['prompt'] = `{{name | ${apiKey}}} {{${apiKey}}}`;
        const shown = JSON.stringify(await host.variablesInForm(lead()));

        expect(shown).not.toContain(apiKey);
        expect(shown).toContain('name');
      });

      it('are read without dialing', async () => {
        await host.variablesInForm(lead());

        expect(simulator.callRequests).toEqual([]);
      });
    });

    describe('when a call is placed', () => {
      const call = (changes: Partial<HostCall> = {}): HostCall => ({
        ...by('triggerId', 'lead-qualifier'),
        phoneNumber: '+14155550123',
        ...changes,
      });
      const contexts = (): unknown[] =>
        simulator.callRequests.map((request) => askedIn(request)['initial_context']);

      it('are sent under their names, nested, with their types, and without empty fields', async () => {
        outputOf(
          await host.triggerCall(
            call({
              contextMapping: {
                first_name: 'Ann',
                'company.name': 'Acme',
                'company.employees': 12,
                'owner.name': null,
              },
            }),
          ),
        );

        expect(contexts()).toEqual([
          { first_name: 'Ann', company: { name: 'Acme', employees: 12 } },
        ]);
      });

      const OLD =
        'Not sent, because this version of the agent does not use them: "customer_name", "appointment.date". These values are left over from another agent or version.';
      const withOldValues = {
        first_name: 'Ann',
        customer_name: 'Ann',
        'appointment.date': 'Monday',
        'owner.name': 'Bob',
      };

      it('are not sent if they are left over from another agent, and a note names them', async () => {
        const output = outputOf(await host.triggerCall(call({ contextMapping: withOldValues })));

        expect(contexts()).toEqual([{ first_name: 'Ann', owner: { name: 'Bob' } }]);
        expect(output['notes']).toEqual([OLD]);
      });

      it('are named in a preview if they are left over from another agent', async () => {
        const shown = outputOf(await host.previewCall(call({ contextMapping: withOldValues })));

        expect(shown['notes']).toContain(OLD);
        expect(JSON.stringify(shown['body'])).not.toContain('customer_name');
      });

      it('are sent if the greeting of the agent is replaced, or if they fill a part', async () => {
        const [start] = simulator.world.agents.leadQualifier.published?.nodes ?? [];
        if (start === undefined) throw new Error('No nodes.');
        start.data['greeting'] = 'Hi {{nickname}}, {{user}}!';
        const contextMapping = { nickname: 'Annie', 'user.name': 'Ann' };
        const greeting = { type: 'text', value: 'Hello!' } as const;
        const output = outputOf(await host.triggerCall(call({ contextMapping, greeting })));

        expect(contexts()).toMatchObject([{ nickname: 'Annie', user: { name: 'Ann' } }]);
        expect(output['notes']).toEqual([]);
      });

      describe('that Dograh may fetch before the call', () => {
        const start = () => {
          const [first] = simulator.world.agents.leadQualifier.published?.nodes ?? [];
          if (first === undefined) throw new Error('The agent has no start.');
          return first.data;
        };
        const fetchedBy = (mode: string) =>
          Object.assign(start(), {
            pre_call_fetch_mode: mode,
            pre_call_fetch_url: 'https://crm.example/lead',
          });
        const SAYS =
          'because they may be fetched before the call (Pre-Call Data Fetch of the agent): "first_name", "company.name", ';

        it.each(['always', 'outbound'])(
          'are not required (%s), and a note says so',
          async (mode) => {
            fetchedBy(mode);
            const output = outputOf(await host.triggerCall(call({ requireVariables: true })));

            expect(String(output['notes'])).toContain(SAYS);
            expect(simulator.calls).toHaveLength(1);
          },
        );

        it('are shown as such in a preview', async () => {
          fetchedBy('always');
          const shown = outputOf(await host.previewCall(call({})));

          expect(shown['variables']).toMatchObject({
            may_be_fetched: expect.arrayContaining(['first_name', 'email']) as unknown,
          });
          expect(shown['variables']).not.toHaveProperty('missing');
          expect(String(shown['notes'])).toContain('may be fetched before the call');
        });

        it.each(['inbound', 'disabled'])('are required if the mode is %s', async (mode) => {
          fetchedBy(mode);

          expect(shownBy(await host.triggerCall(call({ requireVariables: true })))).toContain(
            'are missing or empty',
          );
        });
      });

      it('are all sent if it is not certain which agent Dograh runs', async () => {
        const { deliveryUpdate, leadQualifier } = simulator.world.agents;
        deliveryUpdate.published?.triggers.push(leadQualifier.trigger);
        const contextMapping = { customer_name: 'Ann', first_name: 'Ann' };
        const output = outputOf(await host.triggerCall(call({ contextMapping })));

        expect(contexts()).toEqual([contextMapping]);
        expect(output['notes']).toEqual([
          expect.stringMatching(/were not checked before the call.* and Dograh runs one of them/),
        ]);
      });

      describe('with Require Variables left alone', () => {
        const place = (named: Record<string, unknown>, changes: Partial<HostCall> = {}) =>
          host.triggerCall(
            call({ contextJson: JSON.stringify(named), requireVariables: null, ...changes }),
          );
        const all = { first_name: 'Ann', 'company.name': 'Acme', email: 'ann@example.com' };

        it('places the call if all variables without a fallback have a value', async () => {
          expect(outputOf(await place(all))).toMatchObject({ notes: [] });
          expect(simulator.calls).toHaveLength(1);
        });

        it('dials nobody if one is missing, and says how to change it', async () => {
          const shown = shownBy(await place({ first_name: 'Ann', 'company.name': 'Acme' }));

          expect(shown).toContain('"email" is missing or empty');
          expect(shown).toContain(
            host.name === 'n8n'
              ? 'or add the option Require Variables and turn it off.'
              : 'or turn off Require Variables.',
          );
          expect(simulator.callRequests).toHaveLength(0);
        });

        it.each([401, 403, 404, 500, 503])(
          'places the call if the agent cannot be read (%i), and says so',
          async (status) => {
            agentsAnswer(status);
            const { notes } = outputOf(await place({}));

            expect(notes).toEqual([
              expect.stringMatching(
                /^The variables were not checked before the call\. .*turn it off/,
              ),
            ]);
            expect(String(notes)).toContain(
              host.name === 'n8n'
                ? 'add the option Require Variables and turn it on.'
                : 'turn on Require Variables.',
            );
            expect(simulator.callRequests).toHaveLength(1);
          },
        );

        it('places the call if it is not certain which agent Dograh runs, and says so', async () => {
          const { deliveryUpdate, leadQualifier } = simulator.world.agents;
          deliveryUpdate.published?.triggers.push(leadQualifier.trigger);

          const preview = outputOf(await host.previewCall(call({ requireVariables: null })));

          expect(String(preview['notes'])).not.toContain('would not be placed');
          expect(outputOf(await place({}))['notes']).toEqual([
            expect.stringContaining('and Dograh runs one of them'),
          ]);
          expect(simulator.callRequests).toHaveLength(1);
        });

        it('says in a preview that the call would not be placed', async () => {
          const shown = outputOf(await host.previewCall(call({ requireVariables: null })));

          expect(String(shown['notes'])).toContain('so the call would not be placed');
        });

        it('places no second call if the response is lost', async () => {
          const fault = { kind: 'reset', callPlaced: true, moment: 'after-placing' } as const;
          agentsAnswer(403);
          simulator.faults.add({ on: 'call', fault });

          expect(outputOf(await place({}))).toMatchObject({
            recovered: true,
            notes: [expect.stringContaining('were not checked')],
          });
          expect(simulator.callRequests).toHaveLength(1);
        });
      });

      describe('with Require Variables', () => {
        const place = (named: Record<string, unknown>, changes: Partial<HostCall> = {}) =>
          host.triggerCall(
            call({
              contextPairs: Object.entries(named).map(([name, value]) => ({ name, value })),
              requireVariables: true,
              ...changes,
            }),
          );
        const all = { first_name: 'Ann', 'company.name': 'Acme', email: 'ann@example.com' };

        it('places the call if all variables without a fallback have a value', async () => {
          outputOf(await place(all));

          expect(simulator.calls).toHaveLength(1);
        });

        it('places the call if they have values in their own fields', async () => {
          const { email, ...others } = all;
          outputOf(await host.triggerCall(call({ contextMapping: all, requireVariables: true })));

          expect(shownBy(await place(others))).toContain('"email" is missing');
          expect(email).toBe(simulator.calls[0]?.initialContext['email']);
          expect(simulator.calls).toHaveLength(1);
        });

        it.each([
          ['missing', { first_name: 'Ann', 'company.name': 'Acme' }, '"email" is missing'],
          ['empty', { ...all, email: '' }, '"email" is missing or empty'],
          ['nothing but spaces', { ...all, email: ' \n' }, '"email" is missing or empty'],
          ['several', { email: 'x@example.com' }, '"first_name", "company.name" are missing'],
        ])('dials nobody if one is %s, and names it', async (_what, named, message) => {
          const shown = shownBy(await place(named));

          expect(shown).toContain(message);
          expect(shown).toContain('The call was not placed.');
          expect(simulator.callRequests).toHaveLength(0);
        });

        it.each([
          [
            'email',
            { 'E-Mail': 'ann@example.com' },
            '"E-Mail" is not used for the variable "email"',
          ],
          ['email', { lead: { email: 'x' } }, '"lead.email" is not used for the variable "email"'],
          ['first_name', { firstName: 'x', email: 'x' }, '"firstName" is not used for'],
        ])('names values with almost the name of a missing %s', async (_name, given, sentence) => {
          expect(shownBy(await place(given))).toContain(sentence);
          expect(simulator.callRequests).toHaveLength(0);
        });

        it('dials nobody if they cannot be read, and says why', async () => {
          agentsAnswer(403);

          expect(shownBy(await place(all))).toMatch(
            /^The agent's variables could not be checked: [^]*The call was not placed\./,
          );
          expect(simulator.callRequests).toHaveLength(0);
        });

        it.each(['maybe', 2, {}])(
          'dials nobody if the value is neither yes nor no: %j',
          async (on) => {
            expect(shownBy(await place(all, { requireVariables: on }))).toContain(
              'Require Variables must be yes or no, not ',
            );
            expect(simulator.requests).toHaveLength(0);
          },
        );

        it('accepts a text that means yes', async () => {
          expect(shownBy(await place({}, { requireVariables: 'true' }))).toContain(
            'missing or empty',
          );
          expect(simulator.callRequests).toHaveLength(0);
        });

        it('checks the variables of the greeting of this call', async () => {
          const greeting = { type: 'text', value: 'Hi {{nickname}}!' } as const;

          expect(shownBy(await place(all, { greeting }))).toContain('"nickname" is missing');
          expect(simulator.callRequests).toHaveLength(0);
        });

        it('checks the agent that has the API Trigger now, not one that had it before', async () => {
          const { deliveryUpdate, leadQualifier } = simulator.world.agents;
          const { trigger, published } = leadQualifier;
          deliveryUpdate.archivedVersions = published === null ? [] : [published];
          simulator.addRun({
            agent: deliveryUpdate,
            initialContext: { agent_identifier: trigger },
          });
          const ofBefore = { customer_name: 'Ann', parcel_count: 1 };

          expect(shownBy(await place(ofBefore))).toContain('"first_name", "company.name", "email"');
          expect(simulator.callRequests).toHaveLength(0);
          outputOf(await place(all));
          expect(simulator.calls).toMatchObject([{ agentUuid: leadQualifier.uuid }]);
        });

        it.each([
          ['production', 'published'],
          ['test', 'draft'],
        ] as const)(
          'dials nobody if no agent has the API Trigger in the version that runs: %s',
          async (environment, version) => {
            const { deliveryUpdate } = simulator.world.agents;
            const { published } = deliveryUpdate;
            if (published === null) throw new Error('Not published.');
            const without = { ...published, triggers: [] };
            if (environment === 'test') deliveryUpdate.draft = without;
            else Object.assign(deliveryUpdate, { draft: published, published: without });
            const agent = { by: 'triggerId', value: deliveryUpdate.trigger } as const;
            const shown = shownBy(await place({ customer_name: 'Ann' }, { agent, environment }));

            expect(shown).toContain(`is not in the ${version} version of the agent`);
            expect(shown).toContain('The call was not placed.');
            expect(simulator.callRequests).toHaveLength(0);
          },
        );

        it('dials nobody if two agents have the API Trigger in the version that runs', async () => {
          const { deliveryUpdate, leadQualifier } = simulator.world.agents;
          deliveryUpdate.published?.triggers.push(leadQualifier.trigger);
          const shown = shownBy(await place({ ...all, customer_name: 'Ann', parcel_count: 1 }));

          expect(shown).toContain('"Delivery Update" and "Lead Qualifier" have the API Trigger');
          expect(shown).toContain('The call was not placed.');
          expect(simulator.callRequests).toHaveLength(0);
        });

        it('sends only four requests if the newest call of the API Trigger shows its agent', async () => {
          manyAgents(simulator.world, 300);
          const { leadQualifier } = simulator.world.agents;
          const initialContext = { agent_identifier: leadQualifier.trigger };
          simulator.addRun({ agent: leadQualifier, initialContext });
          outputOf(await place(all));

          expect(simulator.requests).toHaveLength(4);
        });

        it('accepts the defaults that a test call gets from the agent', async () => {
          const { uuid } = simulator.world.agents.deliveryUpdate;
          const agent = { by: 'agentUuid', value: uuid } as const;

          expect(await place({}, { agent, environment: 'production' })).toMatchObject({
            ok: false,
          });
          expect(await place({}, { agent, environment: 'test' })).toMatchObject({ ok: true });
        });
      });

      it.each([
        ['a text', { type: 'text', value: 'Hi {{first_name}}!' }, { text: 'Hi {{first_name}}!' }],
        ['a recording', { type: 'audio', value: ' welcome ' }, { recording_id: 'welcome' }],
      ] as const)(
        'are sent together with the greeting of this call: %s',
        async (_what, greeting, sent) => {
          outputOf(await host.triggerCall(call({ greeting })));

          expect(contexts()).toEqual([{ greeting_override: { type: greeting.type, ...sent } }]);
        },
      );
    });
  });
}
