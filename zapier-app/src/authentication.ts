import type { Authentication, Bundle, ZObject } from 'zapier-platform-core';
import { dograhClient, HOSTED_BASE_URL } from './host/client';
import { inEditor } from './host/errors';
import { MAX_REQUEST_MS } from './host/time-limits';

async function test(z: ZObject, bundle: Bundle) {
  const { organizationId, host } = await inEditor(z, async () =>
    dograhClient(z, bundle, MAX_REQUEST_MS.testConnection).checkConnection(),
  );
  const organization =
    organizationId === null ? 'Unknown organization' : `Organization ${organizationId}`;
  return { organization_id: organizationId, organization, host };
}

export const authentication: Authentication = {
  type: 'custom',
  fields: [
    {
      key: 'api_key',
      label: 'API Key',
      type: 'password',
      required: true,
      helpText:
        'Create a key in the Dograh dashboard under [API Keys](https://app.dograh.com/api-keys). If you host Dograh yourself, use API Keys in your own dashboard.',
    },
    {
      key: 'base_url',
      label: 'Base URL',
      type: 'string',
      required: false,
      default: HOSTED_BASE_URL,
      isNoSecret: true,
      helpText:
        'Address of the Dograh API. Change it only if you host Dograh yourself. Zapier reaches it over the internet, so it must start with https. Do not enter the address of the dashboard.',
    },
  ],
  test,
  connectionLabel: '{{organization}} on {{host}}',
};
