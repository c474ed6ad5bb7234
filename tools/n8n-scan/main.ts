/**
 * n8n's scan for verified nodes, before anything is published: of the sources, and of a tarball or of what npm would
 * pack. `npm run n8n:scan [-- <file.tgz>]` ends with exit code 1 when either does not pass.
 */
import { join, resolve } from 'node:path';
import { pack, scanPackage, scanSources, unpack, type ScanResult } from './scan-package';

const PACKAGE_DIR = join(__dirname, '../../n8n-node');

async function main([given]: readonly string[]): Promise<void> {
  const tarball = given === undefined ? await pack(PACKAGE_DIR) : resolve(given);
  tell('the sources', await scanSources(PACKAGE_DIR));
  tell(tarball, await scanPackage(await unpack(tarball)));
}

function tell(what: string, { passed, message, details }: ScanResult): void {
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
