import type { Health, OrganizationContext } from '../contract/types.gen';
import {
  AuthenticationError,
  ContractError,
  PermissionDeniedError,
  ServerError,
  type DograhError,
} from '../errors/dograh-error';
import { describeBody, detailOf, isRecord, said, type Fields } from '../transport/answer';
import type { Operation } from './session';
import { read } from './read';
import type { TransportResponse } from '../transport/transport';
import type { BaseUrl } from './base-url';

/** Below `/api/v1`: needs a key, reads little, changes nothing. */
export const CONNECTION_ROUTE = '/organizations/context';
const HEALTH_ROUTE = '/health';

/** What a working credential is connected to. */
export interface Connection {
  readonly organizationId: number | null;
  /** Host of the Dograh, with its port where it has one. */
  readonly host: string;
}

/**
 * Tells whether base URL and key work, and a wrong key from a wrong URL.
 * @throws AuthenticationError for a key that Dograh does not accept, ContractError where no Dograh answers,
 * NetworkError where nothing does
 */
export async function checkConnection(baseUrl: BaseUrl, operation: Operation): Promise<Connection> {
  const get = (route: `/${string}`, credential: 'api-key' | 'none'): Promise<TransportResponse> =>
    read({ url: baseUrl.resolve(route), credential }, operation);
  const response = await get(CONNECTION_ROUTE, 'api-key');
  const connection = connectionOf(response, baseUrl.host);
  if (connection !== undefined) return connection;
  throw keyRefusal(response) ?? wrongServer(response, await get(HEALTH_ROUTE, 'none'), baseUrl);
}

function connectionOf(response: TransportResponse, host: string): Connection | undefined {
  if (response.status !== 200 || !isRecord(response.body)) return undefined;
  const context: Fields<OrganizationContext> = response.body;
  if (!isRecord(context.model_services)) return undefined;
  const { organization_id: id } = context;
  return { organizationId: typeof id === 'number' ? id : null, host };
}

function keyRefusal(response: TransportResponse): DograhError | undefined {
  const told = { status: response.status, detail: detailOf(response) };
  if (response.status === 401) {
    return new AuthenticationError({
      ...told,
      message: `Dograh does not accept the API key${said(told.detail)}.`,
      hint: 'Check it against API Keys in the Dograh dashboard, or create a new one there.',
    });
  }
  if (response.status === 403 && told.detail !== undefined) {
    return new PermissionDeniedError({
      ...told,
      message: `The API key may not read its organization${said(told.detail)}.`,
      hint: 'Create a key in the Dograh dashboard under API Keys.',
    });
  }
  return undefined;
}

/** Dograh's health needs no key, so it tells a Dograh in trouble from a server that is none. */
function wrongServer(
  response: TransportResponse,
  health: TransportResponse,
  baseUrl: BaseUrl,
): DograhError {
  const told = { status: response.status, detail: detailOf(response) };
  const report: Fields<Health> = isRecord(health.body) ? health.body : {};
  const isDograh = health.status === 200 && typeof report.version === 'string';
  if (!isDograh) {
    return new ContractError({
      ...told,
      message: `${baseUrl.host} is not a Dograh API: it answered ${response.status} and ${describeBody(response)}.`,
      hint: 'Check the base URL. It is the address of the Dograh API, e.g. https://api.dograh.com, not of its dashboard.',
    });
  }
  if (response.status >= 500) {
    return new ServerError({
      ...told,
      message: `Dograh at ${baseUrl.host} answered ${response.status} when it was asked about the key.`,
      hint: 'Try again in a moment.',
    });
  }
  return new ContractError({
    ...told,
    message: `Dograh at ${baseUrl.host} answered ${response.status} in a way that is not understood.`,
    hint: 'A self-hosted Dograh may be too old; update it.',
  });
}
