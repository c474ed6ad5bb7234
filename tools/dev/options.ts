import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readPort } from '../support/ports';

export const ROOT = join(__dirname, '../..');

export const HELP = `Starts n8n with the Dograh node and example workflows against a simulated Dograh, which calls
nobody, and loads the node again whenever n8n-node or shared change.

  npm run dev                   the editor on port 5678, or the next free one
  npm run dev -- --port N       the editor on this port
  npm run dev -- --fresh        without what was kept from the last time
  npm run dev -- --folder PATH  keeps everything in this folder instead of .e2e/dev
  npm run dev -- --help         this text`;

export interface DevOptions {
  readonly help: boolean;
  /** Undefined: the first that is free. */
  readonly port: number | undefined;
  readonly fresh: boolean;
  readonly folder: string;
}

/** @throws Error with one sentence for the person at the terminal */
export function readOptions(args: readonly string[]): DevOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      port: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      folder: { type: 'string', default: '.e2e/dev' },
    },
  });
  const { help, port, fresh, folder } = values;
  return {
    help,
    fresh,
    port: port === undefined ? undefined : readPort(port, 1),
    folder: resolve(ROOT, folder),
  };
}
