import { DograhError, InvalidInputError } from '../errors/dograh-error';
import { ApiKey } from './api-key';
import { BaseUrl, type PlainHttp } from './base-url';
import { Dashboard } from './dashboard';

/** The fields of a credential, as they were typed. */
export interface CredentialFields {
  readonly apiKey: unknown;
  readonly baseUrl: unknown;
  /** For links; a host without this field leaves it out. */
  readonly dashboardUrl?: unknown;
}

export interface Credentials {
  readonly apiKey: ApiKey;
  readonly baseUrl: BaseUrl;
  readonly dashboard: Dashboard;
}

/** @throws InvalidInputError when a field cannot be right; no request has been made then */
export function parseCredentials(fields: CredentialFields, plainHttp: PlainHttp): Credentials {
  const apiKey = ApiKey.parse(fields.apiKey);
  try {
    const baseUrl = BaseUrl.parse(fields.baseUrl, plainHttp);
    assertNoKeyIn('base URL', baseUrl.resolve('/'), apiKey);
    const dashboard = Dashboard.parse(fields.dashboardUrl, baseUrl);
    assertNoKeyIn('dashboard URL', dashboard.url ?? '', apiKey);
    return { apiKey, baseUrl, dashboard };
  } catch (error) {
    // The key may have been pasted into the URL, too.
    throw error instanceof DograhError ? error.redact(apiKey) : error;
  }
}

/** As a host name the key would be asked for in the DNS, as a path it would be in access logs and in links. */
function assertNoKeyIn(field: string, url: string, apiKey: ApiKey): void {
  if (!apiKey.isIn(url)) return;
  throw new InvalidInputError({
    message: `The ${field} contains the API key.`,
    hint: 'Enter only an address there, e.g. https://api.dograh.com for the base URL.',
  });
}
