import type { Health, OrganizationContext } from '../contract/types.gen';
import { ContractError, PermissionDeniedError, type DograhError } from '../errors/dograh-error';
import { serverError } from '../errors/server-error';
import { describeBody, detailOf, isRecord, said, type Fields } from '../transport/answer';
import type { Session } from './session';
import { read } from './read';
import { rejectedKeyError } from './rejected-key';
import type { TransportResponse } from '../transport/transport';

/** Needs a key and is cheap. A path below `/api/v1`. */
export const CONNECTION_ROUTE = '/organizations/context';
const HEALTH_ROUTE = '/health';

/** The organization and the Dograh of a working credential. */
export interface Connection {
  readonly organizationId: number | null;
  /** With the port, if there is one. */
  readonly host: string;
}

/**
 * Checks Base URL and API Key.
 * @throws AuthenticationError if Dograh does not accept the key; ContractError if the server is not a Dograh;
 * NetworkError if there is no response
 */
export async function checkConnection(session: Session): Promise<Connection> {
  const get = (route: `/${string}`, credential: 'api-key' | 'none'): Promise<TransportResponse> =>
    read({ url: session.baseUrl.resolve(route), credential }, session);
  const response = await get(CONNECTION_ROUTE, 'api-key');
  const connection = connectionOf(response, session.baseUrl.host);
  if (connection !== undefined) return connection;
  const keyProblem = keyError(response);
  if (keyProblem !== undefined) throw keyProblem;
  throw responseError(response, await get(HEALTH_ROUTE, 'none'), session.baseUrl.host);
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
    message: `The API key has no access to its organization${said(detail)}.`,
    hint: 'Create a new key under API Keys in the Dograh dashboard.',
  });
}

/** The health route needs no key. So it shows whether the server is a Dograh. */
function responseError(
  response: TransportResponse,
  health: TransportResponse,
  host: string,
): DograhError {
  const cause = { status: response.status, detail: detailOf(response) };
  const report: Fields<Health> = isRecord(health.body) ? health.body : {};
  const isDograh = health.status === 200 && typeof report.version === 'string';
  if (!isDograh) {
    return new ContractError({
      ...cause,
      message: `${host} is not a Dograh API: it answered ${response.status} with ${describeBody(response)}.`,
      hint: 'Check Base URL. It is the address of the Dograh API, e.g. https://api.dograh.com, and not of the dashboard.',
    });
  }
  if (response.status >= 500) {
    return serverError(
      response.status,
      `Dograh at ${host} answered ${response.status} to the check of the API key.`,
    );
  }
  return new ContractError({
    ...cause,
    message: `Dograh at ${host} answered ${response.status} in an unexpected format.`,
    hint: 'Update Dograh if it is self-hosted.',
  });
}
