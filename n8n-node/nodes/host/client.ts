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
  const credentials = toCredentials(await context.getCredentials('dograhApi'));
  return new DograhClient({
    ...credentials,
    transport: n8nTransport(context),
    clock: n8nClock,
    // A user may have pasted the key. Then the error must not show it.
    timeoutMs: parseTimeout(credentials.apiKey.redactIn(timeoutSeconds)),
    operationMs,
  });
}

/** The same text as long as the credential has the same address and the same API key. */
export async function identifyCredential(context: IPollFunctions): Promise<string> {
  const { apiKey, baseUrl } = toCredentials(await context.getCredentials('dograhApi'));
  return `${baseUrl.resolve('/')} ${await apiKey.fingerprint()}`;
}
