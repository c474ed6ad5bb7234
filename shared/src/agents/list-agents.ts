import { isId } from '../input/id';
import type { ListedAgent } from '../contract/types.gen';
import { contractError } from '../errors/contract-error';
import { isRecord, type Fields } from '../transport/answer';
import type { Session } from '../connection/session';
import { readJson } from '../connection/read';

/** An agent that can be called. */
export interface AgentSummary {
  /** Dograh's number of the agent, which is in the address of the dashboard. */
  readonly id: number;
  /** Not unique. */
  readonly name: string;
  readonly agentUuid: string;
  /** In the Dograh dashboard. Null if the Dashboard URL is unknown. */
  readonly url: string | null;
}

/**
 * The active agents of the key's organization, sorted by name, then by age. Dograh sends all at once, in any order.
 * A host that shows pages reads the list again for each page, so the order must be stable.
 * @throws DograhError
 */
export async function listAgents(session: Session): Promise<readonly AgentSummary[]> {
  const agents = await readAgents('?status=active', session);
  return agents
    .filter(({ isActive }) => isActive)
    .map(({ id, name, agentUuid }) => ({ id, name, agentUuid, url: session.dashboard.agent(id) }))
    .sort((one, other) => one.name.localeCompare(other.name) || one.id - other.id);
}

/**
 * Dograh's numbers of all agents by Agent UUID in lower case, also of archived agents, because their runs still exist.
 * @throws DograhError
 */
export async function listAgentIds(session: Session): Promise<ReadonlyMap<string, number>> {
  const agents = await readAgents('', session);
  return new Map(agents.map(({ id, agentUuid }) => [agentUuid.toLowerCase(), id]));
}

interface Agent extends Pick<AgentSummary, 'id' | 'name' | 'agentUuid'> {
  readonly isActive: boolean;
}

async function readAgents(
  query: '' | '?status=active',
  session: Session,
): Promise<readonly Agent[]> {
  const url = `${session.baseUrl.resolve('/workflow/fetch')}${query}`;
  const { body } = await readJson({ url, credential: 'api-key' }, session);
  if (!Array.isArray(body)) {
    throw contractError('list of agents', session);
  }
  const agents = body.map(parseAgent).filter((agent) => agent !== undefined);
  for (const { agentUuid, name } of agents) session.agentNames.set(agentUuid.toLowerCase(), name);
  return agents;
}

/** Undefined without an Agent UUID: such an agent can be neither called nor found. */
function parseAgent(entry: unknown): Agent | undefined {
  const agent: Fields<ListedAgent> = isRecord(entry) ? entry : {};
  const { id, name, status, workflow_uuid: agentUuid } = agent;
  if (!isId(id) || typeof name !== 'string' || typeof agentUuid !== 'string') return undefined;
  return { id, name, agentUuid, isActive: status === 'active' };
}
