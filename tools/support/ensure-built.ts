import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
/** The sources of the n8n node. */
export const NODE_SOURCES = [
  'shared/src',
  'shared/load-later.mjs',
  'n8n-node/nodes',
  'n8n-node/credentials',
  'n8n-node/icons',
  'n8n-node/build.mjs',
];
const SOURCES = [...NODE_SOURCES, 'zapier-app/src', 'zapier-app/build.mjs'];
const BUILT = ['n8n-node/dist/nodes/Dograh/Dograh.node.js', 'zapier-app/dist/index.js'];

/** Builds both packages if they are missing or older than their sources. */
export function ensureBuilt(say: (line: string) => void): void {
  const built = BUILT.map((file) => join(ROOT, file));
  const isFresh =
    built.every((file) => existsSync(file)) &&
    Math.min(...built.map(changedAt)) >= lastChange(SOURCES);
  if (isFresh) return;
  say('Building the n8n node and the Zapier app. This takes about 20 seconds …');
  const { status, stdout, stderr } = spawnSync('npm', ['run', 'build', '--silent'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The build did not succeed:\n${stdout}${stderr}`);
}

/** When the newest of these files was written. */
export function lastChange(sources: readonly string[]): number {
  return Math.max(...sources.map((source) => newest(join(ROOT, source))));
}

function newest(source: string): number {
  if (statSync(source).isFile()) return changedAt(source);
  const entries = readdirSync(source, { withFileTypes: true, recursive: true });
  return Math.max(
    ...entries
      .filter((entry) => entry.isFile())
      .map((entry) => changedAt(join(entry.parentPath, entry.name))),
  );
}

/** A file that an editor has just removed does not count. */
function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
