import {
  DograhClient,
  DograhError,
  parseCredentials,
  type CallResult,
  type Clock,
} from '@dograh/shared';
import type { Adapter } from './adapters';

export interface Setting {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

export interface ClientOutcome {
  readonly result?: CallResult;
  /** What the client threw. */
  readonly error?: DograhError;
  /** What the host makes of it, for people and for the logs. */
  readonly shown?: unknown;
}

/** Lets the client act over the transport of one host, inside that host, with a clock that a test drives. */
export async function actInHost(
  adapter: Adapter,
  setting: Setting,
  action: (client: DograhClient) => Promise<CallResult>,
): Promise<ClientOutcome> {
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
