import { DograhClient, parseCredentials, parseTimeout } from '@dograh/shared';
import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';
import { n8nClock } from './clock';
import { n8nTransport } from './transport';

/** Allows plain http within a private network, because n8n often runs beside a self-hosted Dograh. */
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
