import type { N8nServer } from '../../n8n-server/n8n-server';
import { createWorld, startSimulator, type Simulator } from '../../simulator';
import type { SoakModel } from './soak-model';

/**
 * Where one family after the other runs. Each lane has its own two servers of Dograh, because a planned fault must not
 * hit a request of another family. Both servers give the same IDs to their runs.
 */
export interface Lane {
  readonly n8n: N8nServer;
  readonly model: SoakModel;
  readonly servers: readonly [DograhServer, DograhServer];
  /** The ID of the credential of the chat model. */
  readonly modelCredential: string;
}

export interface DograhServer {
  readonly simulator: Simulator;
  readonly apiKey: string;
  /** The ID of the credential. */
  readonly credential: string;
}

const TIMING = { dialMs: 10, ringMs: 10, callDurationMs: 60 };

export async function openLane(shared: Omit<Lane, 'servers'>): Promise<Lane> {
  const open = async (keyEnd: string): Promise<DograhServer> => {
    const world = createWorld();
    world.acme.apiKey = `${world.acme.apiKey.slice(0, -keyEnd.length)}${keyEnd}`;
    world.acme.concurrentCallLimit = 1000;
    const simulator = await startSimulator({ ...TIMING, world });
    const { apiKey } = world.acme;
    const data = { apiKey, baseUrl: simulator.url };
    const credential = await shared.n8n.rest.createCredential('dograhApi', 'Dograh', data);
    return { simulator, apiKey, credential };
  };
  return { ...shared, servers: [await open('a'), await open('b')] };
}

export async function closeLane({ servers }: Lane): Promise<void> {
  await Promise.all(servers.map(({ simulator }) => simulator.stop()));
}
