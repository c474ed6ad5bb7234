import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { NODE_SOURCES, lastChange } from '../support/ensure-built';
import { installNode } from '../n8n-server/installed-node';
import type { N8nServer } from '../n8n-server/n8n-server';
import { ROOT } from './options';

const run = promisify(execFile);
/** Checks, because editors and file systems differ too much in the events that they send. */
const CHECK_MS = 300;
const RELOAD_MS = 20_000;
const BUILD = ['@dograh/shared', 'n8n-nodes-dograh'].flatMap((name) => ['--workspace', name]);

export interface Rebuilding {
  readonly n8n: N8nServer;
  readonly folder: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Builds the node after every change of its sources and loads it into n8n, until the signal aborts. */
export async function rebuildOnChange(rebuilding: Rebuilding): Promise<void> {
  const { say, signal } = rebuilding;
  let built = lastChange(NODE_SOURCES);
  for (;;) {
    await delay(CHECK_MS, undefined, { signal });
    const now = lastChange(NODE_SOURCES);
    if (now <= built) continue;
    built = now;
    say('A source file changed. Building the node …');
    say(await rebuild(rebuilding));
  }
}

/** @returns one line about the result */
async function rebuild({ n8n, folder, signal }: Rebuilding): Promise<string> {
  const begin = Date.now();
  try {
    await run('npm', ['run', 'build', '--silent', ...BUILD], { cwd: ROOT, signal });
  } catch (error) {
    signal.throwIfAborted();
    return `The build failed, so n8n keeps the previous version:\n${outputOf(error)}`;
  }
  const printedBefore = n8n.log.length;
  await installNode(folder);
  const hasReloaded = await until(signal, () =>
    n8n.log.slice(printedBefore).includes('Hot reload triggered for n8n-nodes-dograh'),
  );
  const seconds = ((Date.now() - begin) / 1000).toFixed(1);
  return hasReloaded
    ? `Rebuilt in ${seconds} s, and n8n has loaded it.`
    : 'Rebuilt, but n8n has not loaded it. Stop npm run dev and start it again.';
}

function outputOf(error: unknown): string {
  const { stdout, stderr } = error as { stdout?: string; stderr?: string };
  return `${stdout ?? ''}${stderr ?? ''}`.trim() || String(error);
}

async function until(signal: AbortSignal, condition: () => boolean): Promise<boolean> {
  const deadline = Date.now() + RELOAD_MS;
  while (Date.now() < deadline) {
    if (condition()) return true;
    await delay(50, undefined, { signal });
  }
  return false;
}
