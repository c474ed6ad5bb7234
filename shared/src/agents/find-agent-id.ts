import { NotFoundError } from '../errors/dograh-error';
import type { Session } from '../connection/session';
import { listAgentIds } from './list-agents';

/**
 * Dograh's number of an agent, also of an archived one, because its runs still exist.
 * @throws NotFoundError if the key's organization has no such agent
 */
export async function findAgentId(agentUuid: string, session: Session): Promise<number> {
  const id = (await listAgentIds(session)).get(agentUuid);
  if (id !== undefined) return id;
  throw new NotFoundError({
    message: `There is no agent ${agentUuid} in the organization of this API key.`,
    hint: 'Choose the agent again. The key cannot read agents of another organization.',
  });
}
