import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(__dirname, '../..');
const MANIFEST = join(__dirname, 'n8n');
/** At the top level, because programs that read `test` or `tools` must not read its 3 GB. */
export const N8N_DIR = join(ROOT, '.e2e/n8n');
const STAMP = join(N8N_DIR, 'installed.txt');

/**
 * Installs the n8n of the manifest beside this file, once. It compiles the database driver, because a compiled one is
 * available only from GitHub. This needs Debian's python3, make and g++. With libsqlite3-dev, it is a minute faster.
 */
export async function installN8n(say: (line: string) => void): Promise<void> {
  const wanted = await stamp();
  if (existsSync(STAMP) && (await readFile(STAMP, 'utf8')) === wanted) return;
  say('Installing n8n. This happens once. It takes about 5 minutes and 3 GB …');
  await rm(N8N_DIR, { recursive: true, force: true });
  await mkdir(N8N_DIR, { recursive: true });
  await cp(MANIFEST, N8N_DIR, { recursive: true });
  await npm('ci');
  say('Compiling its database driver …');
  await npm('rebuild', 'sqlite3', '--ignore-scripts=false').catch((error: unknown) => {
    throw new Error(
      `The database driver of n8n cannot be compiled. Install python3, make and g++, then try again.\n${String(error)}`,
    );
  });
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
      // The headers of this Node; the machine may be configured for another one.
      npm_config_nodedir: dirname(dirname(process.execPath)),
      ...(existsSync('/usr/include/sqlite3.h') ? { npm_config_sqlite: '/usr' } : {}),
    },
  });
}
