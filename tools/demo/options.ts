import { parseArgs } from 'node:util';

export const HELP = `Places one call through the Dograh node in n8n's own engine, and one through the
Dograh action in Zapier's own runtime, and shows what happened.

  npm start                       calls nobody: a simulated Dograh answers on this machine
  npm start -- --to <number>      dials a real phone twice, once through each host, when these are set:
      DOGRAH_BASE_URL             e.g. https://api.dograh.com
      DOGRAH_API_KEY              from the Dograh dashboard, API Keys
      DOGRAH_TRIGGER              an API Trigger: its production URL, or its ID
  npm start -- --only n8n         one call, through one of the two: n8n or zapier
  npm start -- --help             this text

Ends with exit code 1 and a sentence that says why when a call could not be placed.`;

export type HostName = 'n8n' | 'zapier';

export interface RealDograh {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly trigger: string;
  readonly to: string;
}

export interface DemoOptions {
  readonly help: boolean;
  readonly hosts: readonly HostName[];
  /** Undefined: the simulator. */
  readonly real: RealDograh | undefined;
}

const VARIABLES = ['DOGRAH_BASE_URL', 'DOGRAH_API_KEY', 'DOGRAH_TRIGGER'] as const;

/** @throws Error with one sentence for the person at the terminal */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      to: { type: 'string' },
      only: { type: 'string' },
    },
  });
  return {
    help: values.help,
    hosts: hostsOf(values.only),
    real: values.help ? undefined : realDograh(values.to, environment),
  };
}

function hostsOf(only: string | undefined): readonly HostName[] {
  if (only === undefined) return ['n8n', 'zapier'];
  if (only === 'n8n' || only === 'zapier') return [only];
  throw new Error(`--only takes n8n or zapier, not "${only}".`);
}

function realDograh(
  to: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): RealDograh | undefined {
  const [baseUrl = '', apiKey = '', trigger = ''] = VARIABLES.map((name) => environment[name]);
  const missing = VARIABLES.filter((name) => (environment[name] ?? '') === '');
  if (missing.length === VARIABLES.length) {
    if (to === undefined) return undefined;
    throw new Error(`--to dials a real phone and needs ${VARIABLES.join(', ')} to be set.`);
  }
  if (missing.length > 0) {
    throw new Error(
      `To dial a real phone, set ${missing.join(' and ')} too; to call nobody, unset the others.`,
    );
  }
  if (to === undefined) {
    throw new Error(
      `${VARIABLES.join(', ')} are set, so this would dial a real phone: say which with --to <number>, or unset them.`,
    );
  }
  return { baseUrl, apiKey, trigger, to };
}
