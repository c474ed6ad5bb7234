import { HELP, readOptions } from '../../../tools/live-check/options';

const KEY = 'dg_live_check_key_00000000';
const WITH_KEY = { DOGRAH_API_KEY: KEY };
const URL = ['--base-url', 'https://dograh.example.com'];

describe('the options of npm run check:dograh', () => {
  it('dial nobody by default', () => {
    expect(readOptions(URL, WITH_KEY)).toEqual({
      baseUrl: 'https://dograh.example.com',
      apiKey: KEY,
      agent: undefined,
      phoneNumber: undefined,
    });
  });

  it('have the number as it will be dialed', () => {
    const args = [...URL, '--call', '+1 (415) 555-0123', '--agent', ' Front Desk '];
    expect(readOptions(args, WITH_KEY)).toMatchObject({
      agent: 'Front Desk',
      phoneNumber: '+14155550123',
    });
  });

  it('have a help that names all of them', () => {
    expect(readOptions(['--help'], {})).toBeUndefined();
    expect(HELP).toMatch(/--base-url[^]*--agent[^]*--call[^]*DOGRAH_API_KEY[^]*exit code/);
  });

  it.each([
    ['no base URL', [], WITH_KEY, /^Add --base-url/],
    ['no key', URL, {}, /^Set the environment variable DOGRAH_API_KEY/],
    ['an empty key', URL, { DOGRAH_API_KEY: ' ' }, /^Set the environment variable DOGRAH_API_KEY/],
    ['a key that cannot be sent', URL, { DOGRAH_API_KEY: 'a b' }, /^API Key contains a space/],
    ['a call without an agent', [...URL, '--call', '+14155550123'], WITH_KEY, /Add --agent/],
    [
      'a number that the client refuses',
      [...URL, '--call', '030 1234567', '--agent', 'X'],
      WITH_KEY,
      /^--call: .*"030 1234567" has no country code\. Write \+/,
    ],
    ['plain http', ['--base-url', 'http://example.com'], WITH_KEY, /Use https:\/\/example\.com\./],
    ['an unknown option', [...URL, '--loud'], WITH_KEY, /^The options are --base-url/],
    ['an option without a value', ['--base-url'], WITH_KEY, /^The options are --base-url/],
  ])('refuse %s', (_, args, environment, says) => {
    expect(() => readOptions(args, environment)).toThrow(says);
    expect(() => readOptions(args, environment)).toThrow(/check:dograh -- --help lists the/);
  });

  it.each([
    ['an argument', [KEY]],
    ['an option', [...URL, `--${KEY}`]],
    ['the base URL', ['--base-url', `https://dograh.example.com/${KEY}`]],
    ['the number', [...URL, '--agent', 'X', '--call', KEY]],
  ])('do not repeat a key that was pasted as %s', (_, args) => {
    expect(() => readOptions(args, WITH_KEY)).toThrow(Error);
    expect(() => readOptions(args, WITH_KEY)).not.toThrow(KEY);
  });
});
