import '../../tools/hosts/n8n/n8n-environment';
import { type DograhError, type Transport } from '@dograh/shared';
import { ApiKey } from '../../shared/src/connection/api-key';
import { axiosTransport } from '@dograh/shared/axios-transport';
import type { IExecuteFunctions } from 'n8n-workflow';
import { createAppTester, type ZObject } from 'zapier-platform-core';
import { toErrorJson, toNodeError } from '../../n8n-node/nodes/host/errors';
import { n8nTransport } from '../../n8n-node/nodes/host/transport';
import { inZap } from '../../zapier-app/src/host/errors';
import { zapierTransport } from '../../zapier-app/src/host/transport';
import { executeContext } from '../../tools/hosts/n8n/n8n-host';

/** One of the three transports, inside the host for which it is made. */
export interface Adapter {
  readonly name: 'axios' | 'n8n' | 'Zapier';
  /**
   * @param signal n8n passes it to a node whose execution can be stopped. The other hosts pass none
   * @throws InvalidInputError if the host checks that the key can be sent in a header
   */
  open(
    credentials: { readonly apiKey: string; readonly baseUrl: string },
    signal?: AbortSignal,
  ): Promise<OpenHost>;
}

export interface OpenHost {
  /** Sends any number of requests, also in parallel. */
  readonly transport: Transport;
  /** The host's form of an error, for people and for its logs. */
  readonly shownAs: (error: DograhError) => unknown;
}

export function adapterOf(name: Adapter['name']): Adapter {
  const found = adapters.find((adapter) => adapter.name === name);
  if (found === undefined) throw new Error(`No adapter for ${name}`);
  return found;
}

const adapters: readonly Adapter[] = [
  {
    name: 'axios',
    open: ({ apiKey }) =>
      new Promise((resolve) => {
        resolve({ transport: axiosTransport(ApiKey.parse(apiKey)), shownAs: String });
      }),
  },
  {
    name: 'n8n',
    open: async (credentials, signal) => {
      const context = await executeContext({ ...credentials }, signal);
      return {
        transport: n8nTransport(context as IExecuteFunctions),
        shownAs: (error) => [toNodeError(error, context.getNode(), 0, ''), toErrorJson(error)],
      };
    },
  },
  {
    name: 'Zapier',
    open: async ({ apiKey }) => {
      const key = ApiKey.parse(apiKey);
      const z = await (step ??= openStep());
      return {
        transport: zapierTransport(z, key),
        shownAs: (error) => inZap(z, () => Promise.reject(error)).catch((shown: unknown) => shown),
      };
    },
  },
];

let step: Promise<ZObject> | undefined;

/**
 * What Zapier gives to a step of a Zap, of a step that never ends. A step for each request would not do: after
 * 250 of them, in a process that has grown beyond 450 MB, Zapier's core ends the process.
 */
function openStep(): Promise<ZObject> {
  return new Promise((resolve, reject) => {
    const staysOpen = (z: ZObject): Promise<never> => {
      resolve(z);
      return new Promise(() => undefined);
    };
    createAppTester({ flags: { skipHttpPatch: true } })(staysOpen, {}).catch(reject);
  });
}
