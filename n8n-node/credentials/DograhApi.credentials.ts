import {
  CONNECTION_ROUTE,
  DograhError,
  InvalidInputError,
  REJECTED_KEY,
  type BaseUrl,
} from '@dograh/shared';
import type {
  ICredentialDataDecryptedObject,
  ICredentialTestRequest,
  ICredentialType,
  IHttpRequestOptions,
  INodeProperties,
} from 'n8n-workflow';
import { toCredentials } from '../nodes/host/credentials';

const NO_DOGRAH =
  'Base URL is not the address of a Dograh API. Enter the address of the API, e.g. https://api.dograh.com, not of the dashboard.';
const REDIRECTS =
  'Base URL redirects to another address, and the API key is not sent there. Enter that other address as Base URL.';

/** The messages of the credential test. Without a response, n8n shows the network code. */
const RULES = [
  ...[301, 302, 303, 307, 308].map((status) => whenStatus(status, REDIRECTS)),
  whenStatus(401, `${REJECTED_KEY.message}. ${REJECTED_KEY.hint}`),
  whenStatus(
    403,
    'The API key has no permission to read its organization. Create a new key in the Dograh dashboard.',
  ),
  ...[404, 405].map((status) => whenStatus(status, NO_DOGRAH)),
  // A dashboard responds with status 200 and a web page, which has none of the fields of the API's response.
  {
    type: 'responseSuccessBody' as const,
    properties: { key: 'model_services', value: undefined, message: NO_DOGRAH },
  },
];

export class DograhApi implements ICredentialType {
  name = 'dograhApi';

  displayName = 'Dograh API';

  icon = { light: 'file:../icons/dograh.svg', dark: 'file:../icons/dograh.dark.svg' } as const;

  documentationUrl =
    'https://github.com/dograh-hq/dograh-n8n-zapier/blob/main/n8n-node/README.md#credentials';

  properties: INodeProperties[] = [
    {
      displayName: 'API Key',
      name: 'apiKey',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
      placeholder: 'e.g. dgr_…',
      description: 'Create a key in the Dograh dashboard under API Keys, and paste it here',
    },
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      default: 'https://api.dograh.com',
      required: true,
      placeholder: 'e.g. https://api.dograh.com',
      description:
        'Address of the Dograh API. Change it only for a self-hosted Dograh, e.g. to http://localhost:8000. Plain http works only on this machine and in private networks.',
    },
    {
      displayName: 'Dashboard URL',
      name: 'dashboardUrl',
      type: 'string',
      default: '',
      placeholder: 'e.g. http://localhost:3010',
      description:
        'Address of your own Dograh dashboard. Only a self-hosted Dograh needs it. If empty, the output has no links to its calls and agents.',
    },
  ];

  test: ICredentialTestRequest = {
    request: {
      // Only tells n8n which host belongs to the credential. `authenticate` makes the address of the request, so
      // that the test reads Base URL in the same way as the nodes.
      baseURL: '={{ $credentials.baseUrl }}',
      url: CONNECTION_ROUTE,
      method: 'GET',
      json: true,
      // n8n would follow a redirect and send the key to any host.
      disableFollowRedirect: true,
    },
    rules: RULES as NonNullable<ICredentialTestRequest['rules']>,
  };

  /**
   * Adds the key only to requests to the origin of Base URL. This is a function because n8n's generic form would send
   * the key to any address, and over plain http.
   */
  async authenticate(
    credentials: ICredentialDataDecryptedObject,
    request: IHttpRequestOptions,
  ): Promise<IHttpRequestOptions> {
    try {
      const { apiKey, baseUrl } = toCredentials(credentials);
      const addressed =
        request.url === CONNECTION_ROUTE ? toTestRequest(request, baseUrl) : request;
      assertSameOrigin(addressed, baseUrl);
      return { ...addressed, headers: { ...request.headers, ...apiKey.header() } };
    } catch (error) {
      // n8n shows only the message of this error.
      throw error instanceof DograhError ? new Error(error.fullMessage) : error;
    }
  }
}

/** The request of the credential test, with the address that the nodes would use. */
function toTestRequest(request: IHttpRequestOptions, baseUrl: BaseUrl): IHttpRequestOptions {
  const addressed = { ...request, url: baseUrl.resolve(CONNECTION_ROUTE) };
  delete addressed.baseURL;
  return addressed;
}

function whenStatus(value: number, message: string) {
  return { type: 'responseCode' as const, properties: { value, message } };
}

function assertSameOrigin(
  { url, baseURL, disableFollowRedirect }: IHttpRequestOptions,
  baseUrl: BaseUrl,
): void {
  // n8n's HTTP Request node follows redirects and would send the key to the other host. It often gives no `url`.
  if (typeof url !== 'string' || disableFollowRedirect !== true) {
    throw new InvalidInputError({
      message:
        'The Dograh API credential works only in the Dograh nodes. The API key was not sent.',
      hint: 'In an HTTP Request node, use a credential of type Header Auth with the name X-API-Key.',
    });
  }
  if (URL.canParse(url, baseURL) && new URL(url, baseURL).origin === baseUrl.origin) return;
  throw new InvalidInputError({
    message: `The request does not go to ${baseUrl.origin}, so the API key was not sent.`,
    hint: 'Use a credential whose Base URL is the address of the request.',
  });
}
