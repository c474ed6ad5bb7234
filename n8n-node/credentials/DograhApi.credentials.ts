import {
  CONNECTION_ROUTE,
  DograhError,
  InvalidInputError,
  parseCredentials,
  type BaseUrl,
} from '@dograh/shared';
import type {
  ICredentialDataDecryptedObject,
  ICredentialTestRequest,
  ICredentialType,
  IHttpRequestOptions,
  INodeProperties,
} from 'n8n-workflow';

const WRONG_KEY =
  'Dograh does not accept the API key. Check it against API Keys in the Dograh dashboard, or create a new one there.';
const NO_DOGRAH =
  'This is not the address of a Dograh API. The base URL is that of the API, e.g. https://api.dograh.com, not of the dashboard.';
const REDIRECTS =
  'This address redirects to another one, where the API key is not sent. Use the address that it leads to as the base URL.';

/** What the test says about an answer; where nothing answers, n8n shows the network code by itself. */
const RULES = [
  ...[301, 302, 303, 307, 308].map((status) => whenStatus(status, REDIRECTS)),
  whenStatus(401, WRONG_KEY),
  whenStatus(403, 'The API key may not read its organization. Create a new key in the dashboard.'),
  ...[404, 405].map((status) => whenStatus(status, NO_DOGRAH)),
  // A dashboard answers 200 with a web page, which has none of the fields of Dograh's answer.
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
      placeholder: 'e.g. dg_…',
      description: 'Create one in the Dograh dashboard under API Keys',
    },
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      default: 'https://api.dograh.com',
      required: true,
      placeholder: 'e.g. https://api.dograh.com',
      description:
        'Address of the Dograh API. Change it only for a self-hosted Dograh, e.g. to http://localhost:8000.',
    },
    {
      displayName: 'Dashboard URL',
      name: 'dashboardUrl',
      type: 'string',
      default: '',
      placeholder: 'e.g. http://localhost:3010',
      description:
        'Address of the Dograh dashboard, for links to runs and agents. Needed only for a self-hosted Dograh; leave it empty otherwise.',
    },
  ];

  test: ICredentialTestRequest = {
    request: {
      // The same address that BaseUrl makes of what was typed; `authenticate` refuses what BaseUrl refuses.
      baseURL:
        '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "").replace(/\\/api\\/v1$/, "") }}/api/v1',
      url: CONNECTION_ROUTE,
      method: 'GET',
      json: true,
      // n8n would follow a redirect with the key, to any host.
      disableFollowRedirect: true,
    },
    rules: RULES as NonNullable<ICredentialTestRequest['rules']>,
  };

  /**
   * Adds the key, and only to requests that go where the base URL points. A function rather than n8n's generic
   * form, which would send the key wherever a request happens to go, and unencrypted over plain http.
   */
  async authenticate(
    credentials: ICredentialDataDecryptedObject,
    request: IHttpRequestOptions,
  ): Promise<IHttpRequestOptions> {
    try {
      const { apiKey: key, baseUrl: url, dashboardUrl } = credentials;
      const { apiKey, baseUrl } = parseCredentials(
        { apiKey: key, baseUrl: url, dashboardUrl },
        'private',
      );
      refuseOtherOrigin(request, baseUrl);
      return { ...request, headers: { ...request.headers, ...apiKey.header() } };
    } catch (error) {
      // n8n shows only the message of what is thrown here.
      throw error instanceof DograhError ? new Error(error.fullMessage) : error;
    }
  }
}

function whenStatus(value: number, message: string) {
  return { type: 'responseCode' as const, properties: { value, message } };
}

function refuseOtherOrigin({ url, baseURL }: IHttpRequestOptions, baseUrl: BaseUrl): void {
  // n8n's HTTP Request node names no `url`. It follows redirects, and would take the key along.
  if (typeof url !== 'string') {
    throw new InvalidInputError({
      message: 'This credential is for the Dograh nodes, so the API key is not sent.',
      hint: 'In an HTTP Request node, use a credential of the type Header Auth with the name X-API-Key.',
    });
  }
  if (URL.canParse(url, baseURL) && new URL(url, baseURL).origin === baseUrl.origin) return;
  throw new InvalidInputError({
    message: `The request does not go to ${baseUrl.origin}, so the API key is not sent with it.`,
    hint: 'Use a credential whose base URL is the address of the request.',
  });
}
