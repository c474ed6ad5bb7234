import type { BaseUrl } from '../connection/base-url';
import type { Dashboard } from '../connection/dashboard';
import type { ListedAgent } from '../contract/types.gen';
import { notUnderstood } from '../errors/not-understood';
import { isRecord, type Fields } from '../errors/read-answer';
import type { Operation } from '../transport/operation';
import { readJson } from '../transport/read';

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
 * The active agents of the key's organization, by name. Dograh gives all at once.
 * @throws DograhError
 */
export async function listAgents(
  baseUrl: BaseUrl,
  dashboard: Dashboard,
  operation: Operation,
): Promise<readonly AgentSummary[]> {
  const url = `${baseUrl.resolve('/workflow/fetch')}?status=active`;
  const { body } = await readJson({ url, credential: 'api-key' }, operation);
  if (!Array.isArray(body)) {
    throw notUnderstood(`The list of agents that ${baseUrl.host} answered`);
  }
  const agents = body
    .map((entry) => parseAgent(entry, dashboard))
    .filter((agent) => agent !== undefined);
  return agents.sort((one, other) => one.name.localeCompare(other.name));
}

/** Undefined for what cannot be called: archived, or without an Agent UUID. */
function parseAgent(entry: unknown, dashboard: Dashboard): AgentSummary | undefined {
  const agent: Fields<ListedAgent> = isRecord(entry) ? entry : {};
  const { id, name, status, workflow_uuid: agentUuid } = agent;
  if (typeof id !== 'number' || typeof name !== 'string' || typeof agentUuid !== 'string') {
    return undefined;
  }
  if (status !== 'active') return undefined;
  return { id, name, agentUuid, url: dashboard.agent(id) };
}
