import type { BaseUrl } from '../connection/base-url';
import type { Dashboard } from '../connection/dashboard';
import { isId } from '../input/id';
import type { ListedAgent } from '../contract/types.gen';
import { notUnderstood } from '../errors/not-understood';
import { isRecord, type Fields } from '../transport/answer';
import type { Operation } from '../connection/session';
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
export async function listAgents(
  baseUrl: BaseUrl,
  dashboard: Dashboard,
  operation: Operation,
): Promise<readonly AgentSummary[]> {
  const agents = await readAgents('?status=active', baseUrl, operation);
  return agents
    .filter(({ isActive }) => isActive)
    .map(({ id, name, agentUuid }) => ({ id, name, agentUuid, url: dashboard.agent(id) }))
    .sort((one, other) => one.name.localeCompare(other.name) || one.id - other.id);
}

/**
 * Dograh's numbers of agents by their UUIDs in small letters: of archived ones, too, whose runs are still there.
 * @throws DograhError
 */
export async function agentNumbers(
  baseUrl: BaseUrl,
  operation: Operation,
): Promise<ReadonlyMap<string, number>> {
  const agents = await readAgents('', baseUrl, operation);
  return new Map(agents.map(({ id, agentUuid }) => [agentUuid.toLowerCase(), id]));
}

interface Agent extends Pick<AgentSummary, 'id' | 'name' | 'agentUuid'> {
  readonly isActive: boolean;
}

async function readAgents(
  query: '' | '?status=active',
  baseUrl: BaseUrl,
  operation: Operation,
): Promise<readonly Agent[]> {
  const url = `${baseUrl.resolve('/workflow/fetch')}${query}`;
  const { body } = await readJson({ url, credential: 'api-key' }, operation);
  if (!Array.isArray(body)) {
    throw notUnderstood(`The list of agents that ${baseUrl.host} answered`);
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
