import { DograhClient, parseTimeout } from '@dograh/shared';
import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';
import { n8nClock } from './clock';
import { toCredentials } from './credentials';
import { n8nTransport } from './transport';

export async function connect(
  context: IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions,
  timeoutSeconds?: unknown,
  operationMs?: number,
): Promise<DograhClient> {
  return new DograhClient({
    ...toCredentials(await context.getCredentials('dograhApi')),
    transport: n8nTransport(context),
    clock: n8nClock,
    timeoutMs: parseTimeout(timeoutSeconds),
    operationMs,
  });
}
