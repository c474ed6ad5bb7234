/**
 * Runs Zapier's own command line on the built app, offline and in a temporary copy: `npm run zapier:check`.
 * Ends with exit code 1 when anything is not as it should be.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../simulator';
import type { Checks } from './cli-bench';
import { invokeChecks } from './cli-invoke-checks';
import { packageChecks } from './cli-package-checks';
import { copyInstalledApp } from './installed-copy';
import { APP_DIR } from './runtime';

const CHECKS: Checks = { ...packageChecks, ...invokeChecks };

async function main(): Promise<void> {
  assert.ok(existsSync(join(APP_DIR, 'dist/index.js')), 'Run "npm run build" first.');
  const filesBefore = await readdir(APP_DIR);
  const folder = await mkdtemp(join(tmpdir(), 'dograh-zapier-'));
  const simulator = await startSimulator();
  try {
    await mkdir(join(folder, 'home'));
    const bench = { simulator, folder, app: await copyInstalledApp(join(folder, 'project')) };
    for (const [name, check] of Object.entries(CHECKS)) {
      const started = Date.now();
      const found = await check(bench).catch((error: unknown) => {
        throw new Error(`${name}: ${messageOf(error)}`);
      });
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      console.log(`${seconds.padStart(5)} s  ✓ ${name}: ${found}`);
    }
    assert.deepEqual(simulator.contractViolations, []);
    assert.deepEqual(await readdir(APP_DIR), filesBefore, 'something was left in zapier-app');
  } finally {
    await simulator.stop();
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`\n${Object.keys(CHECKS).length} checks of the Zapier command line passed.`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main().catch((error: unknown) => {
  console.error(`\n✗ ${messageOf(error)}`);
  process.exitCode = 1;
});
