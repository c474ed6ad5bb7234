import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ROOT = join(__dirname, '../..');
const NAME = 'n8n-nodes-dograh';

/** Packs the node and unpacks it into n8n's folder of community packages, as n8n itself does. */
export async function installNode(userFolder: string): Promise<void> {
  const nodes = join(userFolder, '.n8n/nodes');
  const folder = join(nodes, 'node_modules', NAME);
  await mkdir(folder, { recursive: true });
  const packed = await mkdtemp(join(tmpdir(), 'dograh-pack-'));
  try {
    await run('npm', ['pack', '--workspace', NAME, '--pack-destination', packed], { cwd: ROOT });
    const [tarball = ''] = await readdir(packed);
    await run('tar', ['-xzf', join(packed, tarball), '-C', folder, '--strip-components=1']);
  } finally {
    await rm(packed, { recursive: true, force: true });
  }
  const version = await withoutOthers(join(folder, 'package.json'));
  await writeFile(
    join(nodes, 'package.json'),
    JSON.stringify({ private: true, dependencies: { [NAME]: version } }),
  );
}

/** n8n removes these dependencies before it installs the others, of which the node has none. */
async function withoutOthers(path: string): Promise<string> {
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  for (const others of ['devDependencies', 'peerDependencies', 'optionalDependencies']) {
    Reflect.deleteProperty(manifest, others);
  }
  await writeFile(path, JSON.stringify(manifest));
  return String(manifest['version']);
}
