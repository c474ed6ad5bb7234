import { readOptions } from '../../../tools/demo/options';

const REAL = {
  DOGRAH_BASE_URL: 'https://api.dograh.com',
  DOGRAH_API_KEY: 'dg_key',
  DOGRAH_TRIGGER: 'lead-qualifier',
};

describe('the options of npm start', () => {
  it('uses the simulator by default', () => {
    expect(readOptions([], {})).toEqual({ help: false, hosts: ['n8n', 'zapier'], real: undefined });
  });

  it('dials a real phone with a Dograh and a number', () => {
    expect(readOptions(['--to', '+14155550123', '--only', 'n8n'], REAL)).toEqual({
      help: false,
      hosts: ['n8n'],
      real: {
        baseUrl: 'https://api.dograh.com',
        apiKey: 'dg_key',
        trigger: 'lead-qualifier',
        to: '+14155550123',
      },
    });
  });

  it.each([
    ['a Dograh without a number', [], REAL, /would dial a real phone\. Choose it with --to/],
    ['a number without a Dograh', ['--to', '+1'], {}, /requires DOGRAH_BASE_URL, DOGRAH_API_KEY/],
    [
      'only a part of the environment variables',
      ['--to', '+1'],
      { ...REAL, DOGRAH_API_KEY: '' },
      /set DOGRAH_API_KEY too/,
    ],
    ['another host', ['--only', 'make'], {}, /n8n or zapier, not "make"/],
    ['an unknown option', ['--loud'], {}, /--loud[^]*npm start -- --help/],
    ['--to without a number', ['--to'], {}, /--to[^]*npm start -- --help/],
  ])('rejects %s', (_, args, environment, says) => {
    expect(() => readOptions(args, environment)).toThrow(says);
  });
});
