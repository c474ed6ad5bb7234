/** Makes ready what `npm run e2e` needs beside the packages of this repository. */
import { existsSync } from 'node:fs';
import { ensureBuilt } from '../support/ensure-built';
import { CHROMIUM } from '../n8n-editor/chromium';
import { installN8n } from './install-n8n';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(): Promise<void> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`There is no ${CHROMIUM}. On Debian: apt-get install chromium.`);
  }
  ensureBuilt(say);
  await installN8n(say);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
