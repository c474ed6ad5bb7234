import { DograhError } from '../errors/dograh-error';
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
    return { apiKey, baseUrl: BaseUrl.parse(fields.baseUrl, plainHttp) };
  } catch (error) {
    // The key may have been pasted into the URL, too.
    throw error instanceof DograhError ? error.redact(apiKey) : error;
  }
}
