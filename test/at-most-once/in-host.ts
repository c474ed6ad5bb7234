import {
  DograhClient,
  DograhError,
  parseCredentials,
  type CallResult,
  type Clock,
} from '@dograh/shared';
import { axiosTransport } from '@dograh/shared/axios-transport';
import type { IExecuteFunctions } from 'n8n-workflow';
import { createAppTester, type ZObject } from 'zapier-platform-core';
import { toErrorJson, toNodeError } from '../../n8n-node/nodes/Dograh/host/errors';
import { n8nTransport } from '../../n8n-node/nodes/Dograh/host/transport';
import { inAction } from '../../zapier-app/src/host/errors';
import { zapierTransport } from '../../zapier-app/src/host/transport';
import { executeContext } from '../n8n-node/n8n-host';

/** The client over the transport of one host, inside that host, with a clock that a test drives. */

export interface Setting {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

export type ClientAction = (client: DograhClient) => Promise<CallResult>;

export interface ClientOutcome {
  readonly result?: CallResult;
  /** What the client threw. */
  readonly error?: DograhError;
  /** What the host makes of it, for people and for the logs. */
  readonly shown?: unknown;
}

export interface ClientInHost {
  readonly name: 'axios' | 'n8n' | 'Zapier';
  run(setting: Setting, action: ClientAction): Promise<ClientOutcome>;
}

export const clientsInHosts: readonly ClientInHost[] = [
  {
    name: 'axios',
    run: (setting, action) => {
      const { apiKey, baseUrl } = credentialsOf(setting);
      const client = new DograhClient({
        ...setting,
        apiKey,
        baseUrl,
        transport: axiosTransport(apiKey),
      });
      return outcomeOf(() => action(client), String);
    },
  },
  {
    name: 'n8n',
    run: async (setting, action) => {
      const { apiKey, baseUrl } = setting;
      const context = await executeContext({ apiKey, baseUrl });
      const client = new DograhClient({
        ...setting,
        ...credentialsOf(setting),
        transport: n8nTransport(context as IExecuteFunctions),
      });
      return outcomeOf(
        () => action(client),
        (error) => [toNodeError(error, context.getNode(), 0, ''), toErrorJson(error)],
      );
    },
  },
  {
    name: 'Zapier',
    run: async (setting, action) => {
      const { apiKey, baseUrl } = credentialsOf(setting);
      const z = await zapier();
      const client = new DograhClient({
        ...setting,
        apiKey,
        baseUrl,
        transport: zapierTransport(z, apiKey),
      });
      return outcomeOf(
        () => action(client),
        (error) => inAction(z, () => Promise.reject(error)).catch((shown: unknown) => shown),
      );
    },
  },
];

let core: Promise<ZObject> | undefined;

/** What Zapier's core gives an app. One is enough: core ends a process after many runs that take much memory. */
function zapier(): Promise<ZObject> {
  core ??= createAppTester({ flags: { skipHttpPatch: true } })((z) => z, {});
  return core;
}

function credentialsOf({ apiKey, baseUrl }: Setting): ReturnType<typeof parseCredentials> {
  return parseCredentials({ apiKey, baseUrl }, 'private');
}

async function outcomeOf(
  action: () => Promise<CallResult>,
  shownAs: (error: DograhError) => unknown,
): Promise<ClientOutcome> {
  try {
    return { result: await action() };
  } catch (error) {
    if (error instanceof DograhError) return { error, shown: await shownAs(error) };
    throw error;
  }
}
