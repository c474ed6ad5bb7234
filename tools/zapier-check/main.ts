/**
 * Runs Zapier's own command line on the built app, offline and in a temporary copy: `npm run zapier:check`.
 * Exits with code 1 if a check fails.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator } from '../simulator';
import { withBench, type Checks, type Simulated } from './cli-bench';
import { invokeChecks } from './cli-invoke-checks';
import { packageChecks } from './cli-package-checks';
import { APP_DIR } from '../hosts/zapier/runtime';

const CHECKS: Checks = { ...packageChecks, ...invokeChecks };

async function main(): Promise<void> {
  assert.ok(existsSync(join(APP_DIR, 'dist/index.js')), 'Run "npm run build" first.');
  const simulator = await startSimulator();
  try {
    const authData = { api_key: simulator.world.acme.apiKey, base_url: simulator.url };
    await withBench(authData, (bench) => runChecks({ ...bench, simulator }));
    assert.deepEqual(simulator.contractViolations, []);
  } finally {
    await simulator.stop();
  }
  console.log(`\n${Object.keys(CHECKS).length} checks of the Zapier command line passed.`);
}

async function runChecks(bench: Simulated): Promise<void> {
  for (const [name, check] of Object.entries(CHECKS)) {
    const started = Date.now();
    const result = await check(bench).catch((error: unknown) => {
      throw new Error(`${name}: ${messageOf(error)}`);
    });
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`${seconds.padStart(5)} s  ✓ ${name}: ${result}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main().catch((error: unknown) => {
  console.error(`\n✗ ${messageOf(error)}`);
  process.exitCode = 1;
});
