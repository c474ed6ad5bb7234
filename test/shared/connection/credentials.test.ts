import { parseCredentials } from '@dograh/shared';
import { refusalOf } from '../../support/refusal';

const KEY = 'dg_secret_0123456789';

describe('the fields of a credential', () => {
  it('become a key and a base URL', () => {
    const fields = { apiKey: KEY, baseUrl: 'https://api.dograh.com/api/v1/' };
    const { apiKey, baseUrl } = parseCredentials(fields, 'never');
    expect(apiKey.header()).toEqual({ 'X-API-Key': KEY });
    expect(baseUrl.origin).toBe('https://api.dograh.com');
  });

  it.each([
    ['the two were swapped', { apiKey: 'https://api.dograh.com', baseUrl: KEY }],
    ['the key is in both', { apiKey: KEY, baseUrl: KEY }],
    ['the key is a path', { apiKey: KEY, baseUrl: `https://api.dograh.com/${KEY}` }],
    ['the key is a host', { apiKey: KEY, baseUrl: `https://${KEY}` }],
    ['the key is in the path', { apiKey: KEY, baseUrl: `https://api.dograh.com/${KEY}%20` }],
    ['the key is the host', { apiKey: KEY, baseUrl: `http://${KEY}.example` }],
  ])('do not show the key when %s', (_, fields) => {
    const refusal = refusalOf(() => parseCredentials(fields, 'never'));
    expect(refusal.kind).toBe('InvalidInput');
    expect(JSON.stringify(refusal) + String(refusal.stack)).not.toContain(KEY);
  });
});
