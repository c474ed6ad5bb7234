import { parseArgs } from 'node:util';

export const HELP = `Places one call through the Dograh node in n8n's own engine and one call through the Dograh
action in Zapier's own runtime. Prints what happened. This takes about 10 seconds.

  npm start                       uses a simulated Dograh on this machine; no real phone rings
  npm start -- --only n8n         places one call, through n8n or zapier
  npm start -- --help             prints this text

  npm start -- --only n8n --to <number>
                                  dials a real phone once. Without --only, it dials twice:
                                  the second call starts while the first may still ring.
                                  The number starts with + and the country code. Set first:
      DOGRAH_BASE_URL             for example https://api.dograh.com
      DOGRAH_API_KEY              from API Keys in the Dograh dashboard
      DOGRAH_TRIGGER              an API Trigger of your agent: its production URL or its ID

If a call cannot be placed, it prints the reason and ends with exit code 1.`;

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
  const values = parse(args);
  return {
    help: values.help,
    hosts: hostsOf(values.only),
    real: values.help ? undefined : realDograh(values.to, environment),
  };
}

function parse(args: readonly string[]) {
  try {
    const options = {
      help: { type: 'boolean', short: 'h', default: false },
      to: { type: 'string' },
      only: { type: 'string' },
    } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${message}\nnpm start -- --help lists the options.`);
  }
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
    throw new Error(
      `--to dials a real phone. It requires ${VARIABLES.join(', ')}: see npm start -- --help.`,
    );
  }
  if (missing.length > 0) {
    throw new Error(
      `To dial a real phone, set ${missing.join(' and ')} too. To use the simulator, unset the others.`,
    );
  }
  if (to === undefined) {
    throw new Error(
      `${VARIABLES.join(', ')} are set, so this would dial a real phone. Choose it with --to <number>, or unset them.`,
    );
  }
  return { baseUrl, apiKey, trigger, to };
}
