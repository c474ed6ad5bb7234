import type { N8nRest } from '../n8n-server/n8n-rest';
import type { Simulator } from '../simulator';
import {
  connectExample,
  exampleCredentials,
  readExample,
  type ExampleCredential,
  type StoredCredential,
} from './connect-example';
import { TRY_IT, withReadyNote } from './ready-note';

/** Stores the credentials of the examples in an n8n, and the workflows that are not there yet. */
export async function furnish(
  rest: N8nRest,
  simulator: Simulator,
  chatModelUrl: string,
): Promise<void> {
  const credentials = await storeCredentials(rest, exampleCredentials(simulator, chatModelUrl));
  const present = new Set((await rest.workflows()).map(({ name }) => name));
  // n8n lists the newest workflow first.
  for (const file of Object.keys(TRY_IT).toReversed()) {
    const example = readExample(file);
    if (present.has(example.name)) continue;
    const { name, nodes, connections, settings, pinData } = withReadyNote(
      file,
      connectExample(example, credentials, simulator.world),
    );
    await rest.createWorkflow({ name, nodes, connections, settings, ...(pinData && { pinData }) });
  }
}

/** Updates those that exist: the simulator may have another port than the last time. */
async function storeCredentials(
  rest: N8nRest,
  credentials: readonly ExampleCredential[],
): Promise<StoredCredential[]> {
  const ids = new Map((await rest.credentials()).map(({ name, id }) => [name, id]));
  return Promise.all(
    credentials.map(async (credential) => {
      const { type, name, data } = credential;
      const id = ids.get(name);
      if (id === undefined)
        return { ...credential, id: await rest.createCredential(type, name, data) };
      await rest.changeCredential(id, type, name, data);
      return { ...credential, id };
    }),
  );
}
