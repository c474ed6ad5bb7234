import type { BaseUrl } from '../connection/base-url';
import { isId } from '../contract/id';
import type { ListedAgent } from '../contract/types.gen';
import { NotFoundError } from '../errors/dograh-error';
import { notUnderstood } from '../errors/not-understood';
import { isRecord, type Fields } from '../errors/read-answer';
import type { Operation } from '../transport/operation';
import { readJson } from '../transport/read';

/**
 * Dograh's number of an agent, also of an archived one: its runs are still there.
 * @throws NotFoundError when the key's organization has no such agent
 */
export async function findAgentId(
  agentUuid: string,
  baseUrl: BaseUrl,
  operation: Operation,
): Promise<number> {
  const url = baseUrl.resolve('/workflow/fetch');
  const { body } = await readJson({ url, credential: 'api-key' }, operation);
  if (!Array.isArray(body)) {
    throw notUnderstood(`The list of agents that ${baseUrl.host} answered`);
  }
  for (const entry of body) {
    const { id, workflow_uuid: uuid }: Fields<ListedAgent> = isRecord(entry) ? entry : {};
    if (typeof uuid === 'string' && uuid.toLowerCase() === agentUuid && isId(id)) return id;
  }
  throw new NotFoundError({
    message: `There is no agent ${agentUuid} in the organization of this API key.`,
    hint: 'Choose the agent again. The agents of another organization cannot be looked at.',
  });
}
