import { DograhClient, DograhError, parseCredentials, type Clock } from '@dograh/shared';
import type { Adapter } from './adapters';

export interface Setting {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

export interface ClientOutcome<T> {
  readonly result?: T;
  /** What the client threw. */
  readonly error?: DograhError;
  /** The host's message for people and for the logs. */
  readonly shown?: unknown;
}

/** Runs an action of the client inside one host, through its transport, with a clock that the test drives. */
export async function actInHost<T>(
  adapter: Adapter,
  setting: Setting,
  action: (client: DograhClient) => Promise<T>,
): Promise<ClientOutcome<T>> {
  const { apiKey, baseUrl } = setting;
  const { transport, shownAs } = await adapter.open({ apiKey, baseUrl });
  const client = new DograhClient({
    ...setting,
    ...parseCredentials(setting, 'private'),
    transport,
  });
  try {
    return { result: await action(client) };
  } catch (error) {
    if (error instanceof DograhError) return { error, shown: await shownAs(error) };
    throw error;
  }
}
