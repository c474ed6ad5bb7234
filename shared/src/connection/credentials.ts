import { DograhError, InvalidInputError } from '../errors/dograh-error';
import { ApiKey } from './api-key';
import { BaseUrl, type PlainHttp } from './base-url';

/** The two fields of a credential, as they were typed. */
export interface CredentialFields {
  readonly apiKey: unknown;
  readonly baseUrl: unknown;
}

export interface Credentials {
  readonly apiKey: ApiKey;
  readonly baseUrl: BaseUrl;
}

/** @throws InvalidInputError when a field cannot be right; no request has been made then */
export function parseCredentials(fields: CredentialFields, plainHttp: PlainHttp): Credentials {
  const apiKey = ApiKey.parse(fields.apiKey);
  try {
    const baseUrl = BaseUrl.parse(fields.baseUrl, plainHttp);
    refuseKeyInside(baseUrl, apiKey);
    return { apiKey, baseUrl };
  } catch (error) {
    // The key may have been pasted into the URL, too.
    throw error instanceof DograhError ? error.redact(apiKey) : error;
  }
}

/** As a host name the key would be asked for in the DNS, as a path it would be in access logs. */
function refuseKeyInside(baseUrl: BaseUrl, apiKey: ApiKey): void {
  if (!apiKey.isIn(baseUrl.resolve('/'))) return;
  throw new InvalidInputError({
    message: 'The base URL contains the API key.',
    hint: 'Enter the address of your Dograh, e.g. https://api.dograh.com.',
  });
}
