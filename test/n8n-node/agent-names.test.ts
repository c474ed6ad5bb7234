import type { INodeParameters } from 'n8n-workflow';
import { startSimulator, type Fault, type Simulator } from '../../tools/simulator';
import { callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeOutcome } from '../../tools/hosts/n8n/engine';
import { shownBy } from '../../tools/hosts/n8n/host';

/** The agent as the editor stores it after a choice from the list. */
const chosen = (uuid: string, cachedResultName?: string): INodeParameters => ({
  __rl: true,
  mode: 'list',
  value: uuid,
  ...(cachedResultName === undefined ? {} : { cachedResultName }),
});

describe('an error in n8n about an agent from the list', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(() => simulator.stop());

  const run = (parameters: INodeParameters, items = [{}]): Promise<NodeOutcome> =>
    runDograhNode({ parameters, credentials: credentialsFor(simulator), items });
  const call = (agent: INodeParameters, fields: INodeParameters = {}): Promise<NodeOutcome> =>
    run(callForm({ agent, ...fields }));
  const refuse = (status: number, detail: string): void => {
    const fault: Fault = { kind: 'status', callPlaced: false, status, body: { detail } };
    simulator.faults.add({ on: 'call', fault });
  };

  it.each([
    [403, 'Access denied'],
    [404, 'Workflow not found'],
    [404, 'Workflow is not active'],
    [404, 'Workflow has no published definition'],
    [409, 'Workflow has no execution owner'],
  ])('shows its name after a %d, and never "workflow": %s', async (status, detail) => {
    const { uuid } = simulator.world.agents.leadQualifier;
    refuse(status, detail);
    const outcome = await call(chosen(uuid, 'Lead Qualifier'));

    expect(outcome.error?.message).toContain('the agent "Lead Qualifier"');
    expect(shownBy(outcome)).not.toMatch(/workflow/i);
    expect(shownBy(outcome)).not.toContain(uuid);
    expect(shownBy(outcome)).not.toMatch(/API Trigger/);
    expect(JSON.stringify(outcome.error)).toContain(detail);
  });

  it('shows the Agent UUID if the list stored no name', async () => {
    const { uuid } = simulator.world.agents.leadQualifier;
    refuse(404, 'Workflow not found');

    expect((await call(chosen(uuid))).error?.message).toContain(`the agent ${uuid}`);
  });

  it('prefers the name that Dograh has now', async () => {
    const { uuid } = simulator.world.agents.leadQualifier;
    refuse(404, 'Workflow not found');
    const outcome = await call(chosen(uuid, 'Old Name'), {
      options: { requireVariables: true },
      contextMode: 'json',
      contextJson: '{"first_name": "Ann", "company": {"name": "Acme"}, "email": "ann@example.com"}',
    });

    expect(outcome.error?.message).toMatch(/^Dograh cannot call with the agent "Lead Qualifier"/);
    expect(shownBy(outcome)).not.toContain('Old Name');
  });

  it('does not show the stored name of another agent if an expression chooses the agent', async () => {
    const { uuid } = simulator.world.agents.leadQualifier;
    refuse(404, 'Workflow not found');
    const outcome = await call(chosen(`={{ "${uuid}" }}`, 'Appointment Reminder'));

    expect(outcome.error?.message).toContain(`the agent ${uuid}`);
    expect(shownBy(outcome)).not.toContain('Appointment Reminder');
    expect(shownBy(outcome)).toMatch(/Check that this is the Agent UUID/);
  });

  it('calls the agent with the value, whatever the stored name says', async () => {
    const { leadQualifier, appointmentReminder } = simulator.world.agents;
    await call(chosen(leadQualifier.uuid, appointmentReminder.name));

    expect(simulator.calls).toMatchObject([{ agentUuid: leadQualifier.uuid }]);
  });

  it('shows its name if it is archived', async () => {
    const { uuid, name } = simulator.world.agents.archived;
    const outcome = await call(chosen(uuid, name), { options: { requireVariables: true } });

    expect(shownBy(outcome)).toContain(`Dograh does not list the agent "${name}" as active.`);
    expect(shownBy(outcome)).not.toMatch(/API Trigger|can be placed/);
    expect(simulator.callRequests).toHaveLength(0);
  });

  it('shows its name if Get Many finds no such agent', async () => {
    const { uuid, name } = simulator.world.agents.globexSurvey;
    const outcome = await run({
      resource: 'run',
      operation: 'getAll',
      filters: { agent: chosen(uuid, name) },
    });

    expect(outcome.error?.message).toBe(
      `The agent "${name}" is not in the organization of this API key.`,
    );
  });
});
