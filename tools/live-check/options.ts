import { parseArgs } from 'node:util';
import { DograhError, parseCredentials } from '@dograh/shared';
import { parsePhoneNumber } from '../../shared/src/input/phone-number';

export const HELP = `Checks whether a Dograh of your own answers as our client expects. Prints one line for each check:
works, differs (what was expected and what came) or not tried (and why).

  npm run check:dograh -- --base-url <URL>
                        only reads; no phone rings
      --agent <agent>   the agent to read, and the one that calls: its name or its Agent UUID.
                        Without it: the newest agent
      --call <number>   dials this REAL phone once. The number starts with + and the country code.
                        It requires --agent. Dograh and your provider charge for the call. The
                        agent's variables stay empty, so it may say odd sentences

Set DOGRAH_API_KEY first, to a key from API Keys in the Dograh dashboard.
The exit code is 0 if no line says differs, 1 if one does, and 2 if the options are wrong.`;

export interface LiveCheckOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Name or Agent UUID. Undefined: the newest agent. */
  readonly agent: string | undefined;
  /** The number to dial, as E.164. Undefined: dials nobody. */
  readonly phoneNumber: string | undefined;
}

/**
 * @returns undefined if the user asked for help
 * @throws Error with a message for the terminal, without the key
 */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): LiveCheckOptions | undefined {
  const { help, agent = '', call, 'base-url': baseUrl } = parse(args);
  if (help) return undefined;
  if (baseUrl === undefined) {
    throw usageError('Add --base-url with the address of your Dograh.');
  }
  const apiKey = environment['DOGRAH_API_KEY'] ?? '';
  if (apiKey.trim() === '') {
    throw usageError('Set the environment variable DOGRAH_API_KEY to an API key of your Dograh.');
  }
  if (call !== undefined && agent.trim() === '') {
    throw usageError('--call dials a real phone. Add --agent with the agent that should call.');
  }
  const credentials = orUsageError(() => parseCredentials({ apiKey, baseUrl }, 'private'));
  return {
    baseUrl,
    apiKey,
    agent: agent.trim() === '' ? undefined : agent.trim(),
    phoneNumber: call === undefined ? undefined : numberIn(call, credentials.apiKey),
  };
}

function parse(args: readonly string[]) {
  const options = {
    help: { type: 'boolean', short: 'h', default: false },
    'base-url': { type: 'string' },
    agent: { type: 'string' },
    call: { type: 'string' },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch {
    // Node's message repeats the argument, which may be a key.
    throw usageError(
      'The options are --base-url, --agent and --call, each with a value. The API key is not an option: set DOGRAH_API_KEY.',
    );
  }
}

/** The user may have pasted the key instead of the number. */
function numberIn(call: string, apiKey: { redact(text: string): string }): string {
  return orUsageError(
    () => parsePhoneNumber(call),
    // The client's hint names fields of a form.
    ({ message }) =>
      `--call: ${apiKey.redact(message)} Write + and the country code, then the number, e.g. +14155550123.`,
  );
}

/** The client refuses wrong input, and says why. */
function orUsageError<T>(
  read: () => T,
  textOf = (error: DograhError): string => error.fullMessage,
): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof DograhError ? usageError(textOf(error)) : error;
  }
}

function usageError(message: string): Error {
  return new Error(`${message}\nnpm run check:dograh -- --help lists the options.`);
}
