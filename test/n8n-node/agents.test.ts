import type { INodeParameters } from 'n8n-workflow';
import { manyAgents, startSimulator, type Simulator } from '../../tools/simulator';
import { agentBy, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeOutcome } from '../../tools/hosts/n8n/engine';

describe('agents in n8n', () => {
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

  const run = (operation: string, fields: INodeParameters): Promise<NodeOutcome> =>
    runDograhNode({
      parameters: { resource: 'agent', operation, ...fields },
      credentials: { ...credentialsFor(simulator), dashboardUrl: 'http://localhost:3010' },
    });
  const jsonOf = ({ outputs }: NodeOutcome): unknown[] => outputs.flat().map(({ json }) => json);

  it.each(['list', 'agentUuid', 'triggerId'])('gets an agent by %s', async (mode) => {
    const { uuid, trigger } = simulator.world.agents.leadQualifier;
    const agent = agentBy(mode, mode === 'triggerId' ? trigger : uuid);

    expect(jsonOf(await run('get', { agent }))).toEqual([
      {
        workflow_id: 102,
        agent_uuid: uuid,
        agent_name: 'Lead Qualifier',
        agent_version: 'published',
        api_triggers: [
          {
            trigger_id: trigger,
            production_url: `${simulator.url}/api/v1/public/agent/${trigger}`,
            test_url: `${simulator.url}/api/v1/public/agent/test/${trigger}`,
          },
        ],
        variables: [
          { name: 'first_name', required: true, fallback: null, may_be_fetched: false },
          { name: 'company.name', required: true, fallback: null, may_be_fetched: false },
          {
            name: 'company.employees',
            required: false,
            fallback: 'unknown number of',
            may_be_fetched: false,
          },
          { name: 'owner.name', required: false, fallback: 'a colleague', may_be_fetched: false },
          { name: 'email', required: true, fallback: null, may_be_fetched: false },
        ],
        set_by_dograh: [],
        agent_url: 'http://localhost:3010/workflow/102',
      },
    ]);
  });

  it('gets the chosen version', async () => {
    const { uuid } = simulator.world.agents.appointmentReminder;
    const agent = agentBy('list', uuid);
    const [draft] = jsonOf(await run('get', { agent, environment: 'test' }));

    expect(draft).toMatchObject({
      agent_version: 'draft',
      variables: expect.arrayContaining([
        { name: 'visit_date', required: true, fallback: null, may_be_fetched: false },
      ]) as unknown,
    });
  });

  it('gets many agents sorted by name, including those that cannot place calls yet', async () => {
    const agents = jsonOf(await run('getAll', { returnAll: true }));
    const named = agents as { agent_name: string; agent_version: string | null }[];

    expect(named.map(({ agent_name: name }) => name)).toEqual([
      'Appointment Reminder',
      'Delivery Update',
      'Lead Qualifier',
      'Payment Reminder (Trigger Only in Draft)',
      'Recall Notice (No Owner)',
      'Spring Offer',
      'Win-Back (Never Published)',
    ]);
    expect(named.filter(({ agent_version: version }) => version === null)).toMatchObject([
      { agent_name: 'Win-Back (Never Published)', api_triggers: [], variables: [] },
    ]);
  });

  it.each([
    [{}, 50],
    [{ limit: 3 }, 3],
    [{ returnAll: true }, 127],
  ])('gets up to the limit, with one request per agent: %j', async (fields, count) => {
    manyAgents(simulator.world, 120);
    const outcome = await run('getAll', fields);

    expect(jsonOf(outcome)).toHaveLength(count);
    expect(outcome.outputs.flat().every(({ pairedItem }) => pairedItem !== undefined)).toBe(true);
    expect(simulator.requests).toHaveLength(1 + count);
  });

  it.each([0, -1, 1.5, 'many'])('rejects a limit of %p before any request', async (limit) => {
    const { error } = await run('getAll', { limit });

    expect(error?.message).toContain('Limit must be a whole number of results, not ');
    expect(simulator.requests).toHaveLength(0);
  });

  it.each([
    ['archived', 'production', /No active agent has the Agent UUID/],
    ['globexSurvey', 'production', /No active agent has the Agent UUID/],
    ['neverPublished', 'production', /was never published/],
  ] as const)('explains why it cannot get the agent %s', async (name, environment, message) => {
    const agent = agentBy('list', simulator.world.agents[name].uuid);
    const { error } = await run('get', { agent, environment });

    expect(error?.message).toMatch(message);
  });

  it('works again after a failed request for the list', async () => {
    simulator.faults.add({
      on: 'agents',
      fault: {
        kind: 'status',
        callPlaced: false,
        status: 401,
        body: { detail: 'Invalid API key' },
      },
    });
    const { error } = await run('getAll', {});

    expect(error?.message).toContain('Dograh does not accept the API key');
    expect((await run('getAll', { limit: 1 })).status).toBe('success');
  });
});
