import { DograhClient, parseCredentials, parseTimeout } from '@dograh/shared';
import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';
import { n8nClock } from './clock';
import { n8nTransport } from './transport';

/** n8n runs on the user's own machines, next to a self-hosted Dograh; so plain http is fine within a network. */
export async function connect(
  context: IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions,
  timeoutSeconds?: unknown,
  operationMs?: number,
): Promise<DograhClient> {
  const { apiKey, baseUrl, dashboardUrl } = await context.getCredentials('dograhApi');
  return new DograhClient({
    ...parseCredentials({ apiKey, baseUrl, dashboardUrl }, 'private'),
    transport: n8nTransport(context),
    clock: n8nClock,
    timeoutMs: parseTimeout(timeoutSeconds),
    operationMs,
  });
}
