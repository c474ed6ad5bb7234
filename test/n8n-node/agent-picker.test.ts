import type { INodeListSearchResult } from 'n8n-workflow';
import { manyAgents, startSimulator, type Simulator } from '../../tools/simulator';
import { agentBy, callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode } from '../../tools/hosts/n8n/engine';
import { loadOptionsContext } from '../../tools/hosts/n8n/load-options';
import { dograhNodeType } from '../../tools/hosts/n8n/n8n-host';

describe('the list of agents in the form', () => {
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

  const search = (typed?: string, page?: string): Promise<INodeListSearchResult> =>
    searchAgents(credentialsFor(simulator), typed, page);

  it('shows the active agents of the organization by name, with their UUIDs', async () => {
    const { results, paginationToken } = await search();
    const names = results.map(({ name }) => name);

    expect(results).toContainEqual({
      name: simulator.world.agents.leadQualifier.name,
      value: simulator.world.agents.leadQualifier.uuid,
    });
    expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)));
    expect(names).not.toContain(simulator.world.agents.archived.name);
    expect(names).not.toContain(simulator.world.agents.globexSurvey.name);
    expect(paginationToken).toBeUndefined();
  });

  it.each([' lead ', 'LEAD', '\u200bLead\u00a0Qual', 'lead\u00ad'])(
    'finds agents by a part of the name: %j',
    async (typed) => {
      const { results } = await search(typed);

      expect(results.map(({ name }) => name)).toEqual([simulator.world.agents.leadQualifier.name]);
    },
  );

  it('shows each of hundreds of agents once, page by page', async () => {
    manyAgents(simulator.world, 250);
    const seen: string[] = [];
    let page: string | undefined;
    do {
      const { results, paginationToken } = await search('', page);
      expect(results.length).toBeLessThanOrEqual(100);
      seen.push(...results.map(({ value }) => String(value)));
      page = paginationToken;
    } while (page !== undefined);

    expect(seen.length).toBeGreaterThan(250);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('says what is wrong with the key', async () => {
    const { url } = simulator;

    await expect(searchAgents({ apiKey: 'dg_wrong_0123', baseUrl: url })).rejects.toMatchObject({
      message: expect.stringContaining('Dograh does not accept the API key'),
    });
  });

  it('says what is wrong with the address', async () => {
    const { apiKey } = simulator.world.acme;

    await expect(searchAgents({ apiKey, baseUrl: 'dograh' })).rejects.toMatchObject({
      message: expect.stringContaining(
        'Base URL is not a web address. Enter the whole address',
      ) as unknown,
    });
  });

  it('links to the agents if the dashboard URL is known', async () => {
    const { id, name } = simulator.world.agents.leadQualifier;
    const { results } = await searchAgents({
      ...credentialsFor(simulator),
      dashboardUrl: 'http://localhost:3010/',
    });

    expect(results.find((agent) => agent.name === name)?.url).toBe(
      `http://localhost:3010/workflow/${id}`,
    );
  });

  it.each(['production', 'test'])('calls with the chosen agent, in %s', async (version) => {
    const { uuid } = simulator.world.agents.leadQualifier;
    await runDograhNode({
      parameters: callForm({ agent: agentBy('list', uuid), environment: version }),
      credentials: credentialsFor(simulator),
    });

    expect(simulator.calls).toMatchObject([{ agentUuid: uuid, environment: version }]);
  });
});

/** Uses n8n's own context for lists. */
async function searchAgents(
  credentials: { apiKey: string; baseUrl: string; dashboardUrl?: string },
  typed?: string,
  page?: string,
): Promise<INodeListSearchResult> {
  const form = callForm({ agent: agentBy('list', '') });
  const context = await loadOptionsContext('parameters.agent', form, credentials);
  const { methods } = await dograhNodeType();
  const method = methods?.listSearch?.['searchAgents'];
  if (method === undefined) throw new Error('The node has no such method.');
  return method.call(context, typed, page);
}
