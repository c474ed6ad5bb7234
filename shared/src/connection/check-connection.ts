import type { Health, OrganizationContext } from '../contract/types.gen';
import {
  ContractError,
  PermissionDeniedError,
  ServerError,
  type DograhError,
} from '../errors/dograh-error';
import { describeBody, detailOf, isRecord, said, type Fields } from '../transport/answer';
import type { Session } from './session';
import { read } from './read';
import { rejectedKeyError } from './rejected-key';
import type { TransportResponse } from '../transport/transport';

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
export async function checkConnection(session: Session): Promise<Connection> {
  const get = (route: `/${string}`, credential: 'api-key' | 'none'): Promise<TransportResponse> =>
    read({ url: session.baseUrl.resolve(route), credential }, session);
  const response = await get(CONNECTION_ROUTE, 'api-key');
  const connection = connectionOf(response, session.baseUrl.host);
  if (connection !== undefined) return connection;
  const keyProblem = keyError(response);
  if (keyProblem !== undefined) throw keyProblem;
  throw serverError(response, await get(HEALTH_ROUTE, 'none'), session.baseUrl.host);
}

function connectionOf(response: TransportResponse, host: string): Connection | undefined {
  if (response.status !== 200 || !isRecord(response.body)) return undefined;
  const context: Fields<OrganizationContext> = response.body;
  if (!isRecord(context.model_services)) return undefined;
  const { organization_id: id } = context;
  return { organizationId: typeof id === 'number' ? id : null, host };
}

function keyError(response: TransportResponse): DograhError | undefined {
  const { status } = response;
  const detail = detailOf(response);
  if (status === 401) return rejectedKeyError(detail);
  if (status !== 403 || detail === undefined) return undefined;
  return new PermissionDeniedError({
    status,
    detail,
    message: `The API key may not read its organization${said(detail)}.`,
    hint: 'Create a new key under API Keys in the Dograh dashboard.',
  });
}

/** Dograh's health needs no key, so it tells a Dograh in trouble from a server that is none. */
function serverError(
  response: TransportResponse,
  health: TransportResponse,
  host: string,
): DograhError {
  const told = { status: response.status, detail: detailOf(response) };
  const report: Fields<Health> = isRecord(health.body) ? health.body : {};
  const isDograh = health.status === 200 && typeof report.version === 'string';
  if (!isDograh) {
    return new ContractError({
      ...told,
      message: `${host} is not a Dograh API: it answered ${response.status} and ${describeBody(response)}.`,
      hint: 'Check the base URL. It is the address of the Dograh API, e.g. https://api.dograh.com, not of its dashboard.',
    });
  }
  if (response.status >= 500) {
    return new ServerError({
      ...told,
      message: `Dograh at ${host} answered ${response.status} when it was asked about the key.`,
      hint: 'Try again in a moment.',
    });
  }
  return new ContractError({
    ...told,
    message: `Dograh at ${host} answered ${response.status} in a way that is not understood.`,
    hint: 'A self-hosted Dograh may be too old; update it.',
  });
}
