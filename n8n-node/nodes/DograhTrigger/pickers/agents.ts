import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { loadList } from '../../host/load-list';

/** The active agents, sorted by name. */
export async function getAgents(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  const agents = await loadList(this, (client) => client.listAgents());
  return agents.map(({ name, agentUuid }) => ({ name, value: agentUuid }));
}
