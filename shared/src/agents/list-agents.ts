import { isId } from '../input/id';
import type { ListedAgent } from '../contract/types.gen';
import { contractError } from '../errors/contract-error';
import { isRecord, type Fields } from '../transport/answer';
import type { Session } from '../connection/session';
import { readJson } from '../connection/read';

/** An agent that can be called. */
export interface AgentSummary {
  /** Dograh's number for it; it stands in the dashboard's address. */
  readonly id: number;
  /** Not unique. */
  readonly name: string;
  readonly agentUuid: string;
  /** In the Dograh dashboard; null where that is not known. */
  readonly url: string | null;
}

/**
 * The active agents of the key's organization, by name, and by age where names are equal: Dograh, which gives all at
 * once, promises no order, and hosts that show them page by page ask anew for each page.
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
 * Dograh's numbers of agents by their UUIDs in small letters: of archived ones, too, whose runs are still there.
 * @throws DograhError
 */
export async function agentNumbers(session: Session): Promise<ReadonlyMap<string, number>> {
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
    throw contractError(`The list of agents that ${session.baseUrl.host} answered`);
  }
  return body.map(parseAgent).filter((agent) => agent !== undefined);
}

/** Undefined for what has no Agent UUID, and so can neither be called nor be looked for. */
function parseAgent(entry: unknown): Agent | undefined {
  const agent: Fields<ListedAgent> = isRecord(entry) ? entry : {};
  const { id, name, status, workflow_uuid: agentUuid } = agent;
  if (!isId(id) || typeof name !== 'string' || typeof agentUuid !== 'string') return undefined;
  return { id, name, agentUuid, isActive: status === 'active' };
}
