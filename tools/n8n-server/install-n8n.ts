import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(__dirname, '../..');
const MANIFEST = join(__dirname, 'n8n');
/** Outside of `test`, so that nothing that reads the tests walks through 2.9 GB of it. */
export const N8N_DIR = join(ROOT, '.e2e/n8n');
const STAMP = join(N8N_DIR, 'installed.txt');

/**
 * Installs the n8n of `test/e2e/n8n`, once. Its database driver is compiled here, for which Debian's python3, make and
 * g++ are needed, and libsqlite3-dev saves a minute: a driver that is ready could be fetched from GitHub alone.
 */
export async function installN8n(say: (line: string) => void): Promise<void> {
  const wanted = await stamp();
  if (existsSync(STAMP) && (await readFile(STAMP, 'utf8')) === wanted) return;
  say('Installing n8n, which takes about 5 minutes and 3 GB …');
  await rm(N8N_DIR, { recursive: true, force: true });
  await mkdir(N8N_DIR, { recursive: true });
  await cp(MANIFEST, N8N_DIR, { recursive: true });
  await npm('ci');
  say('Compiling its database driver …');
  await npm('rebuild', 'sqlite3', '--ignore-scripts=false');
  await writeFile(STAMP, wanted);
}

async function stamp(): Promise<string> {
  const lock = await readFile(join(MANIFEST, 'package-lock.json'));
  return `${process.version} ${createHash('sha256').update(lock).digest('hex')}`;
}

async function npm(...args: string[]): Promise<void> {
  await run('npm', args, {
    cwd: N8N_DIR,
    maxBuffer: 1e8,
    env: {
      ...process.env,
      npm_config_build_from_source: 'true',
      // The headers of the Node that runs this; others may be configured on the machine.
      npm_config_nodedir: dirname(dirname(process.execPath)),
      ...(existsSync('/usr/include/sqlite3.h') ? { npm_config_sqlite: '/usr' } : {}),
    },
  });
}
