import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folders with a package.json. All packages have the same version. */
const FOLDERS = ['', 'shared', 'n8n-node', 'zapier-app'] as const;
const LOCKFILE = 'package-lock.json';
/** Packages name its exact version, so that npm uses the folder and never asks the registry. */
const SHARED = '@dograh/shared';

interface Package {
  version: string;
  devDependencies?: Record<string, string>;
}

interface Lockfile {
  version: string;
  packages: Record<string, Package>;
}

/** All versions that the repository states, by place. */
export function statedVersions(root: string): ReadonlyMap<string, string> {
  const stated = new Map<string, string>();
  for (const folder of FOLDERS) {
    const file = manifestIn(folder);
    collect(stated, file, read(root, file) as Package);
  }
  const lockfile = read(root, LOCKFILE) as Lockfile;
  stated.set(LOCKFILE, lockfile.version);
  for (const folder of FOLDERS) {
    collect(stated, `${LOCKFILE} (${folder || '.'})`, lockedIn(lockfile, folder));
  }
  return stated;
}

/** The version of all packages. @throws Error if they differ */
export function commonVersion(root: string): string {
  const stated = [...statedVersions(root)];
  const version = stated[0]?.[1] ?? '';
  if (stated.some(([, other]) => other !== version)) {
    const list = stated.map(([place, other]) => `  ${other}  ${place}`).join('\n');
    throw new Error(`The packages have different versions:\n${list}`);
  }
  return version;
}

/** @returns the files that were written */
export function writeVersion(root: string, version: string): string[] {
  for (const folder of FOLDERS) {
    const file = manifestIn(folder);
    const manifest = read(root, file) as Package;
    setVersion(manifest, version);
    write(root, file, manifest);
  }
  const lockfile = read(root, LOCKFILE) as Lockfile;
  lockfile.version = version;
  for (const folder of FOLDERS) setVersion(lockedIn(lockfile, folder), version);
  write(root, LOCKFILE, lockfile);
  return [...FOLDERS.map(manifestIn), LOCKFILE];
}

function collect(
  stated: Map<string, string>,
  place: string,
  { version, devDependencies }: Package,
) {
  stated.set(place, version);
  const shared = devDependencies?.[SHARED];
  if (shared !== undefined) stated.set(`${place}: ${SHARED}`, shared);
}

function setVersion(of: Package, version: string): void {
  of.version = version;
  if (of.devDependencies?.[SHARED] !== undefined) of.devDependencies[SHARED] = version;
}

function lockedIn(lockfile: Lockfile, folder: string): Package {
  const locked = lockfile.packages[folder];
  if (!locked) throw new Error(`${LOCKFILE} does not have "${folder}".`);
  return locked;
}

function manifestIn(folder: string): string {
  return join(folder, 'package.json');
}

function read(root: string, file: string): unknown {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}

function write(root: string, file: string, content: object): void {
  writeFileSync(join(root, file), `${JSON.stringify(content, null, 2)}\n`);
}
