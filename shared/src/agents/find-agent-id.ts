import { NotFoundError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import type { Session } from '../connection/session';
import { listAgentIds } from './list-agents';

/**
 * Dograh's number of an agent, also of an archived one, because its runs still exist.
 * @param nameInForm for messages
 * @throws NotFoundError if the key's organization has no such agent
 */
export async function findAgentId(
  agentUuid: string,
  nameInForm: string | undefined,
  session: Session,
): Promise<number> {
  const id = (await listAgentIds(session)).get(agentUuid);
  if (id !== undefined) return id;
  throw new NotFoundError({
    message:
      nameInForm === undefined
        ? `There is no agent ${agentUuid} in the organization of this API key.`
        : `The agent ${quote(nameInForm)} is not in the organization of this API key.`,
    hint: 'Choose the agent again. The key cannot read agents of another organization.',
  });
}
