import '../n8n-node/n8n-environment';
import { ApiKey, type Transport } from '@dograh/shared';
import { axiosTransport } from '@dograh/shared/axios-transport';
import type { IExecuteFunctions } from 'n8n-workflow';
import { createAppTester, type ZObject } from 'zapier-platform-core';
import { n8nTransport } from '../../n8n-node/nodes/Dograh/host/transport';
import { zapierTransport } from '../../zapier-app/src/host/transport';
import { executeContext } from '../n8n-node/n8n-host';

/** One of the three ways out to the network, inside the host that it is made for. */
export interface Adapter {
  readonly name: 'axios' | 'n8n' | 'Zapier';
  /**
   * A transport that may send any number of requests, many at once.
   * @param signal what n8n gives to a node whose execution can be stopped; the other hosts give nothing
   * @throws InvalidInputError where the host takes no key that cannot stand in a header
   */
  transport(
    credentials: { readonly apiKey: string; readonly baseUrl: string },
    signal?: AbortSignal,
  ): Promise<Transport>;
}

export const adapters: readonly Adapter[] = [
  {
    name: 'axios',
    transport: ({ apiKey }) =>
      new Promise((resolve) => {
        resolve(axiosTransport(ApiKey.parse(apiKey)));
      }),
  },
  {
    name: 'n8n',
    transport: async (credentials, signal) =>
      n8nTransport((await executeContext({ ...credentials }, signal)) as IExecuteFunctions),
  },
  {
    name: 'Zapier',
    transport: async ({ apiKey }) => {
      const key = ApiKey.parse(apiKey);
      return zapierTransport(await openStep(), key);
    },
  },
];

/**
 * What Zapier gives to a step of a Zap, of a step that never ends. A step for each request would not do: after
 * 250 of them, in a process that has grown beyond 450 MB, Zapier's core ends the process.
 */
function openStep(): Promise<ZObject> {
  return new Promise((resolve, reject) => {
    const step = (z: ZObject): Promise<never> => {
      resolve(z);
      return new Promise(() => undefined);
    };
    createAppTester({ flags: { skipHttpPatch: true } })(step, {}).catch(reject);
  });
}
