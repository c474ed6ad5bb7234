import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readPort } from '../support/ports';

export const ROOT = join(__dirname, '../..');

export const HELP = `Starts a real n8n with the Dograh node and the example workflows. The workflows are connected to a
simulated Dograh, so no phone rings. When n8n-node or shared change, the node is built and loaded again.
The first start installs n8n, which takes about 5 minutes and 3 GB. Later starts take up to a minute.

  npm run dev                   n8n on port 5678, or on the next free port
  npm run dev -- --port N       n8n on this port
  npm run dev -- --fresh        deletes the workflows and executions of earlier starts first
  npm run dev -- --folder PATH  stores workflows and executions in this folder instead of .e2e/dev
  npm run dev -- --help         prints this text`;

export interface DevOptions {
  readonly help: boolean;
  /** Undefined: the first free port. */
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
