import { NotFoundError } from '../errors/dograh-error';
import type { Session } from '../connection/session';
import { agentNumbers } from './list-agents';

/**
 * Dograh's number of an agent, also of an archived one: its runs are still there.
 * @throws NotFoundError when the key's organization has no such agent
 */
export async function findAgentId(agentUuid: string, session: Session): Promise<number> {
  const id = (await agentNumbers(session)).get(agentUuid);
  if (id !== undefined) return id;
  throw new NotFoundError({
    message: `There is no agent ${agentUuid} in the organization of this API key.`,
    hint: 'Choose the agent again. The agents of another organization cannot be looked at.',
  });
}
