// n8n reads this when it is loaded, so it must be set before the imports.
process.env['N8N_SSRF_PROTECTION_ENABLED'] = 'true';

import { callForm } from '../../tools/hosts/n8n/call-form';
import { runDograhNode } from '../../tools/hosts/n8n/engine';
import { shownBy } from '../../tools/hosts/n8n/host';

describe('an n8n that blocks private networks', () => {
  it.each(['http://127.0.0.1:9', 'http://localhost:9'])(
    'says that no number was dialed, with a Dograh at %s',
    async (baseUrl) => {
      const outcome = await runDograhNode({
        parameters: callForm(),
        credentials: { apiKey: 'dg_key', baseUrl },
      });

      expect(shownBy(outcome)).toMatch(/could not be sent \(SsrfBlockedIpError\)/);
      expect(shownBy(outcome)).toMatch(/This number was not dialed/);
    },
  );
});
