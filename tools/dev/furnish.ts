import type { N8nRest } from '../n8n-server/n8n-rest';
import type { Simulator } from '../simulator';
import { exampleWorkflows, type StoredCredential } from './example-workflows';

export const CREDENTIAL = 'Dograh (simulated)';
const TYPE = 'dograhApi';

/**
 * Puts the credential and the examples that are missing into an n8n.
 * @returns the IDs of the workflows by their names
 */
export async function furnish(
  rest: N8nRest,
  simulator: Simulator,
): Promise<ReadonlyMap<string, string>> {
  const credential = await storeCredential(rest, simulator);
  const ids = new Map((await rest.workflows()).map(({ name, id }) => [name, id]));
  for (const example of exampleWorkflows(simulator.world, credential)) {
    if (!ids.has(example.name)) {
      const { id } = await rest.createWorkflow(example);
      ids.set(example.name, id);
    }
  }
  return ids;
}

/** The simulator may listen on another port than the last time. */
async function storeCredential(
  rest: N8nRest,
  { url, world }: Simulator,
): Promise<StoredCredential> {
  const data = { apiKey: world.acme.apiKey, baseUrl: url };
  const present = (await rest.credentials()).find(({ name }) => name === CREDENTIAL);
  if (present) {
    await rest.changeCredential(present.id, TYPE, CREDENTIAL, data);
    return present;
  }
  return { id: await rest.createCredential(TYPE, CREDENTIAL, data), name: CREDENTIAL };
}
