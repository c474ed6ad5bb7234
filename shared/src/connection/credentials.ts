import { DograhError } from '../errors/dograh-error';
import { inputError } from '../errors/input-error';
import { ApiKey } from './api-key';
import { BaseUrl, type PlainHttp } from './base-url';
import { Dashboard } from './dashboard';

/** The fields of a credential as the user entered them. */
export interface CredentialFields {
  readonly apiKey: unknown;
  readonly baseUrl: unknown;
  /** For links. A host without this field omits it. */
  readonly dashboardUrl?: unknown;
}

export interface Credentials {
  readonly apiKey: ApiKey;
  readonly baseUrl: BaseUrl;
  readonly dashboard: Dashboard;
}

/** Makes no request. @throws InvalidInputError */
export function parseCredentials(fields: CredentialFields, plainHttp: PlainHttp): Credentials {
  const apiKey = ApiKey.parse(fields.apiKey);
  try {
    const baseUrl = BaseUrl.parse(fields.baseUrl, plainHttp);
    assertNoKeyIn('Base URL', baseUrl.resolve('/'), apiKey);
    const dashboard = Dashboard.parse(fields.dashboardUrl, baseUrl);
    assertNoKeyIn('Dashboard URL', dashboard.url ?? '', apiKey);
    return { apiKey, baseUrl, dashboard };
  } catch (error) {
    // The user may have pasted the key into the URL too.
    throw error instanceof DograhError ? error.redact(apiKey) : error;
  }
}

/** Otherwise DNS requests, access logs and links could contain the key. */
function assertNoKeyIn(label: string, url: string, apiKey: ApiKey): void {
  if (!apiKey.isIn(url)) return;
  throw inputError(
    `${label} contains the API key.`,
    `Enter only an address in ${label}, and the key in API Key.`,
  );
}
