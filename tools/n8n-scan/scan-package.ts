import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The result of n8n's own scan for verified nodes. */
export interface ScanResult {
  readonly passed: boolean;
  readonly message?: string;
  readonly details?: string;
}

/**
 * Packs a package as npm does for publishing.
 * @returns the tarball, in a new folder
 */
export async function pack(packageDir: string): Promise<string> {
  const into = mkdtempSync(join(tmpdir(), 'dograh-packed-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', into], {
    cwd: packageDir,
  });
  const [tarball] = JSON.parse(stdout) as { filename: string }[];
  return join(into, tarball?.filename ?? '');
}

/** @returns the folder with the content of the tarball */
export async function unpack(tarball: string): Promise<string> {
  const into = mkdtempSync(join(tmpdir(), 'dograh-unpacked-'));
  await run('tar', ['-xzf', tarball, '-C', into]);
  return join(into, 'package');
}

/** Scans the sources of a package, as n8n scans the commit from which a package was published. */
export async function scanSources(packageDir: string): Promise<ScanResult> {
  return scan(packageDir, 'SOURCE_FILE_PATTERNS');
}

/** Scans all files of an unpacked package. */
export async function scanPackage(unpacked: string): Promise<ScanResult> {
  return scan(unpacked, 'undefined');
}

/** Runs n8n's scanner in a new process, because it is an ES module. */
async function scan(dir: string, patterns: string): Promise<ScanResult> {
  const script = `
    import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
    const result = await analyzePackage(process.argv[1], ${patterns});
    process.stdout.write('RESULT' + JSON.stringify(result));`;
  const { stdout } = await run(
    process.execPath,
    ['--input-type=module', '--eval', script, dir],
    // Some of its rules differ if NODE_ENV is "test".
    { cwd: __dirname, env: { ...process.env, NODE_ENV: 'production' } },
  );
  return JSON.parse(stdout.slice(stdout.indexOf('RESULT') + 'RESULT'.length)) as ScanResult;
}
