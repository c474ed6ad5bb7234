import fc from 'fast-check';
import { DograhError } from '@dograh/shared';
import { DoNotCallLists } from '../../../shared/src/calling-rules/do-not-call-list';
import { ApiKey } from '../../../shared/src/connection/api-key';
import { BaseUrl } from '../../../shared/src/connection/base-url';
import { parseCallInput } from '../../../shared/src/place-call/call-input';

const ANY_KEY = ApiKey.parse('dg_any_key_0123456789');
const CALL_ROUTES = /^\/api\/v1\/public\/agent\/(test\/)?(workflow\/)?[A-Za-z0-9_-]{1,36}$/;

/** Strings similar to URLs, paths and escapes. Random strings would rarely pass the first check. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'binary-ascii', maxLength: 3 }),
  fc
    .string({ unit: 'binary-ascii', maxLength: 3 })
    .map((end) => `https://api.dograh.com/api/v1/public/agent/${end}`),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...['https://', 'http://', '//', '/', '\\', '..', '.', '%2e', '%2f', '@', ':', '?', '#'],
          ...['api.dograh.com', 'app.dograh.com', 'evil.example', '/api/v1', '/public/agent/'],
          ...['test/', 'workflow/', '\n', '\t', '\0', ' ', '3f2b8c1e-4d5a-4b6c-8d7e-9f0a1b2c3d4e'],
        ),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 9 },
    )
    .map((parts) => parts.join('')),
);

describe('every request goes to one of the four call routes of the origin', () => {
  it('for any agent in any field', () => {
    const baseUrl = BaseUrl.parse('https://api.dograh.com', 'never');
    let accepted = 0;
    fc.assert(
      fc.property(
        hostile,
        fc.constantFrom('triggerUrl', 'triggerId', 'trigger', 'agentUuid' as const),
        fc.constantFrom('production', 'test'),
        (value, by, environment) => {
          const url = urlUnlessRefused(() =>
            parseCallInput(
              { agent: { by, value }, environment, phoneNumber: '+14155550123' },
              baseUrl,
              ANY_KEY,
              new DoNotCallLists(),
            ),
          );
          if (url === undefined) return;
          accepted += 1;
          expect(url.origin).toBe('https://api.dograh.com');
          expect(url.pathname).toMatch(CALL_ROUTES);
          expect(url.search + url.hash + url.username + url.password).toBe('');
        },
      ),
      { numRuns: 5_000 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  it('for any Base URL', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const baseUrl = baseUrlUnlessRefused(text);
        if (baseUrl === undefined) return;
        const url = urlUnlessRefused(() =>
          parseCallInput(
            { agent: { by: 'triggerId', value: 'x' }, phoneNumber: '+14155550123' },
            baseUrl,
            ANY_KEY,
            new DoNotCallLists(),
          ),
        );
        expect(url?.origin).toBe(new URL(text.trim()).origin);
        expect(url?.pathname.endsWith('/api/v1/public/agent/x')).toBe(true);
        expect(url?.protocol).toBe('https:');
      }),
      { numRuns: 5_000 },
    );
  });
});

function urlUnlessRefused(parse: () => { readonly url: string }): URL | undefined {
  const call = unlessRefused(parse);
  return call === undefined ? undefined : new URL(call.url);
}

function baseUrlUnlessRefused(text: string): BaseUrl | undefined {
  return unlessRefused(() => BaseUrl.parse(text, 'never'));
}

/** An error about the input is fine. Any other error is a defect. */
function unlessRefused<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof DograhError) return undefined;
    throw error;
  }
}
