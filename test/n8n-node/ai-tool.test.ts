import { createRunExecutionData, type INodeParameters } from 'n8n-workflow';
import { hideRuns } from '../behaviour/call-requests';
import { hurryWaits } from '../support/host-time';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { agentBy, callForm, ownContext, variables } from '../../tools/hosts/n8n/call-form';
import { tool } from './tool-of-agent';

hurryWaits();

/** n8n runs a tool in another way than a node. It counts each try of Retry On Fail as a run. */
describe('the node as a tool of an AI agent', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ callDurationMs: 20 });
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
  });
  afterAll(() => simulator.stop());

  /** A form in which the model chooses the phone number and the name, and nothing else. */
  const forModel = (fields: INodeParameters = {}): INodeParameters =>
    callForm({
      phoneNumber:
        "={{ $fromAI('phone_number', 'The number to call, with + and country code', 'string') }}",
      contextPairs: variables({
        name: 'first_name',
        value: "={{ $fromAI('first_name', 'The name that the agent greets with', 'string') }}",
      }),
      options: { telephonyConfigurationId: 0 },
      ...fields,
    });
  const asked = { phone_number: '+14155550123', first_name: 'Ann' };

  it('describes itself and the arguments that the model may fill in', async () => {
    const { description, schema } = await tool(simulator, forModel());

    expect(description).toBe('Trigger call in Dograh');
    expect(Object.entries(schema.shape).map(([name, field]) => [name, field.description])).toEqual([
      ['phone_number', 'The number to call, with + and country code'],
      ['first_name', 'The name that the agent greets with'],
    ]);
  });

  it('calls the number from the model and returns a short result', async () => {
    const answer = await (await tool(simulator, forModel())).invoke(asked);
    const [call] = simulator.calls;

    expect(call).toMatchObject({ phoneNumber: '+14155550123', environment: 'production' });
    expect(ownContext(simulator.callRequests[0]?.body)).toEqual({ first_name: 'Ann' });
    expect(JSON.parse(String(answer))).toEqual([
      { workflow_run_id: call?.runId, status: 'initiated', phone_number: '+14155550123' },
    ]);
  });

  it('returns a short result of the call when it waits for it', async () => {
    const parameters = forModel({ operation: 'triggerAndWait', waitForTranscript: true });
    const answer = JSON.parse(
      String(await (await tool(simulator, parameters)).invoke(asked)),
    ) as object[];

    expect(answer).toMatchObject([
      {
        outcome: 'answered',
        disposition: 'user_hangup',
        gathered_context: expect.any(Object) as unknown,
        transcript: expect.any(String) as unknown,
      },
    ]);
    for (const name of ['initial_context', 'recording_url', 'run_url', 'cost', 'environment']) {
      expect(answer[0]).not.toHaveProperty(name);
    }
  });

  it('ignores a version or telephony setting from the model', async () => {
    const { telephony } = simulator.world;
    await (
      await tool(simulator, forModel())
    ).invoke({
      ...asked,
      environment: 'test',
      agent: simulator.world.agents.appointmentReminder.uuid,
      telephonyConfigurationId: Object.values(telephony)[1]?.id,
      options: { telephonyConfigurationId: Object.values(telephony)[1]?.id },
      initial_context: { language: 'German' },
    });
    const [sent] = simulator.callRequests;

    expect(sent?.path).toBe('/api/v1/public/agent/lead-qualifier');
    expect(Object.keys(sent?.body as object)).toEqual(['phone_number', 'initial_context']);
    expect(ownContext(sent?.body)).toEqual({ first_name: 'Ann' });
  });

  it.each(['telephony_configuration_id', 'trigger_mode', 'from_phone_number_id', 'direction'])(
    'rejects %s in variables that the model writes',
    async (name) => {
      const parameters = forModel({
        contextMode: 'json',
        contextJson: "={{ $fromAI('context', 'What the agent should know', 'json') }}",
      });
      const answer = (await tool(simulator, parameters))
        .invoke({ ...asked, context: { [name]: 'test' } })
        .catch(String);

      expect(await answer).toContain(`The variable "${name}" cannot be set`);
      expect(simulator.callRequests).toHaveLength(0);
    },
  );

  it('lets the model choose the version if the user allows it', async () => {
    const parameters = forModel({
      agent: agentBy('list', simulator.world.agents.leadQualifier.uuid),
      environment: "={{ $fromAI('version', 'production or test', 'string') }}",
    });
    await (await tool(simulator, parameters)).invoke({ ...asked, version: 'test' });

    expect(simulator.calls).toMatchObject([{ environment: 'test' }]);
  });

  it('maps the arguments of the model only to the variables of the agent', async () => {
    const parameters = forModel({
      contextMode: 'mapped',
      contextMapping: { mappingMode: 'autoMapInputData', value: null, schema: [] },
    });
    await (await tool(simulator, parameters)).invoke({ ...asked, environment: 'test' });

    expect(simulator.calls).toMatchObject([{ environment: 'production' }]);
  });

  it('returns a short preview', async () => {
    const answer = await (await tool(simulator, forModel({ operation: 'preview' }))).invoke(asked);
    const [shown] = JSON.parse(String(answer)) as object[];

    expect(Object.keys(shown ?? {})).toEqual([
      'agent_name',
      'phone_number',
      'greeting',
      'notes',
      'variables',
    ]);
    expect(simulator.callRequests).toHaveLength(0);
  });

  it('tells the model why it placed no call', async () => {
    const answer = (await tool(simulator, forModel()))
      .invoke({ ...asked, phone_number: '+1415' })
      .catch(String);

    expect(await answer).toMatch(/"\+1415" is too short[^]*international form/);
  });

  it('does not call again with Retry On Fail after an unclear call', async () => {
    hideRuns(simulator);
    simulator.faults.add({
      on: 'call',
      fault: { kind: 'reset', callPlaced: true, moment: 'after-placing' },
    });
    const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
    const { invoke } = await tool(simulator, callForm(), retrying).then((one) => ({
      invoke: () => one.invoke({}),
    }));

    expect(await invoke().catch(String)).toMatch(/It is not known whether/);
    expect(simulator.callRequests).toHaveLength(1);
  });

  it('returns the placed call when the failed execution of its agent is retried by hand', async () => {
    const data = createRunExecutionData();
    const first = await (await tool(simulator, forModel(), {}, { data })).invoke(asked);
    const stored = JSON.parse(JSON.stringify(data)) as typeof data;
    const again = await tool(simulator, forModel(), {}, { data: stored, executionId: '8' });
    const second = await again.invoke(asked);
    await again.invoke({ ...asked, phone_number: '+14155550124' });
    const [placed] = JSON.parse(String(first)) as { workflow_run_id: number }[];

    expect(JSON.parse(String(second))).toMatchObject([
      { workflow_run_id: placed?.workflow_run_id, skipped: true, skip_reason: 'called_before' },
    ]);
    expect(simulator.calls.map(({ phoneNumber }) => phoneNumber)).toEqual([
      '+14155550123',
      '+14155550124',
    ]);
  });

  it('does not call again with Retry On Fail if the wait for the result fails', async () => {
    hideRuns(simulator);
    const parameters = forModel({ operation: 'triggerAndWait', waitTimeoutMinutes: 0.02 });
    const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
    const answer = (await tool(simulator, parameters, retrying)).invoke(asked).catch(String);

    expect(await answer).toMatch(/Run 1001 was placed/);
    expect(simulator.calls).toHaveLength(1);
  });

  it('finds a call whose response was lost when the failed execution is retried by hand', async () => {
    hideRuns(simulator);
    simulator.faults.add({
      on: 'call',
      fault: { kind: 'reset', callPlaced: true, moment: 'after-placing' },
    });
    const data = createRunExecutionData();
    await (await tool(simulator, forModel(), {}, { data })).invoke(asked).catch(String);
    const stored = JSON.parse(JSON.stringify(data)) as typeof data;
    const again = await tool(simulator, forModel(), {}, { data: stored, executionId: '8' });
    const blind = await again.invoke(asked).catch(String);
    simulator.faults.clear();
    const found = await again.invoke(asked);

    expect(blind).toMatch(/It is not known whether/);
    expect(JSON.parse(String(found))).toMatchObject([
      { workflow_run_id: simulator.calls[0]?.runId, skipped: true },
    ]);
    expect(simulator.calls).toHaveLength(1);
  });

  it('calls a number again only if a person allows it', async () => {
    const careful = await tool(simulator, forModel());
    await careful.invoke(asked);
    await careful.invoke(asked);
    expect(simulator.calls).toHaveLength(1);

    const eager = await tool(simulator, forModel({ options: { callAgain: true } }));
    await eager.invoke(asked);
    await eager.invoke(asked);
    expect(simulator.calls).toHaveLength(3);
  });
});
