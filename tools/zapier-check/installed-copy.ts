import { cp, mkdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(__dirname, '../..');

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * Copies the built app and its dependencies to `folder`, in the layout of this workspace. The copy cannot load
 * anything else of the workspace.
 * @returns the app's folder in the copy
 */
export async function copyInstalledApp(folder: string): Promise<string> {
  const app = join(folder, 'zapier-app');
  await mkdir(app, { recursive: true });
  for (const name of ['package.json', 'index.js', 'dist']) {
    await cp(join(ROOT, 'zapier-app', name), join(app, name), { recursive: true });
  }
  await copyDependencies(join(ROOT, 'zapier-app'), folder, new Set());
  return app;
}

async function copyDependencies(of: string, to: string, copied: Set<string>): Promise<void> {
  const { dependencies = {} } = JSON.parse(
    await readFile(join(of, 'package.json'), 'utf8'),
  ) as Manifest;
  for (const name of Object.keys(dependencies)) {
    const source = findPackage(name, of);
    if (copied.has(source)) continue;
    copied.add(source);
    const isOwnFile = (path: string): boolean => path !== join(source, 'node_modules');
    await cp(source, join(to, relative(ROOT, source)), { recursive: true, filter: isOwnFile });
    await copyDependencies(source, to, copied);
  }
}

/** The folder where Node finds the package if it searches from `folder` upward. */
function findPackage(name: string, folder: string): string {
  const here = join(folder, 'node_modules', name);
  if (existsSync(here)) return here;
  if (folder === ROOT) throw new Error(`${name} is not installed. Run "npm ci".`);
  return findPackage(name, dirname(folder));
}
