import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { connect } from '../host/client';
import { toNodeError } from '../host/errors';

/** The active agents to choose from, by name. */
export async function getAgents(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  const agents = await listAgents(this).catch((error: unknown) => {
    throw toNodeError(error, this.getNode(), 0, '');
  });
  return agents.map(({ name, agentUuid }) => ({ name, value: agentUuid }));
}

async function listAgents(
  context: ILoadOptionsFunctions,
): ReturnType<Awaited<ReturnType<typeof connect>>['listAgents']> {
  return await (await connect(context)).listAgents();
}
