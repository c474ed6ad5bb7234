/**
 * Runs n8n's scan for verified nodes before publication: on the sources, and on a tarball or the package that npm would
 * pack. `npm run n8n:scan [-- <file.tgz>]` exits with 1 if one of them does not pass.
 */
import { join, resolve } from 'node:path';
import { pack, scanPackage, scanSources, unpack, type ScanResult } from './scan-package';

const PACKAGE_DIR = join(__dirname, '../../n8n-node');

async function main([given]: readonly string[]): Promise<void> {
  const tarball = given === undefined ? await pack(PACKAGE_DIR) : resolve(given);
  report('the sources', await scanSources(PACKAGE_DIR));
  report(tarball, await scanPackage(await unpack(tarball)));
}

function report(what: string, { passed, message, details }: ScanResult): void {
  if (passed) {
    console.log(`✓ ${what}`);
  } else {
    console.error(`✗ ${what}: ${message ?? 'did not pass'}\n${details ?? ''}`);
    process.exitCode = 1;
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
