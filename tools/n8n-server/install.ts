/** Installs what `npm run e2e` needs, except Chromium. */
import { existsSync } from 'node:fs';
import { ensureBuilt } from '../support/ensure-built';
import { CHROMIUM } from '../n8n-editor/chromium';
import { installN8n } from './install-n8n';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(): Promise<void> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `${CHROMIUM} does not exist. Install Chromium, on Debian with: apt-get install chromium.`,
    );
  }
  ensureBuilt(say);
  await installN8n(say);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
