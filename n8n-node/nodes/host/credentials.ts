import { parseCredentials } from '@dograh/shared';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/**
 * The checked fields of a Dograh credential. Plain http is allowed within a private network, because n8n often runs
 * beside a self-hosted Dograh.
 * @throws InvalidInputError
 */
export function toCredentials({ apiKey, baseUrl, dashboardUrl }: ICredentialDataDecryptedObject) {
  return parseCredentials({ apiKey, baseUrl, dashboardUrl }, 'private');
}
