/**
 * Runs Zapier's own command line on the built app, offline and in a temporary copy: `npm run zapier:check`.
 * Ends with exit code 1 when anything is not as it should be.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../simulator';
import { runUnzipped, zapier, zipOf, type Bench, type Finished } from './cli-bench';
import { copyInstalledApp } from './installed-copy';
import { APP_DIR } from './runtime';

/** Zapier takes more, but what is much larger than today has swallowed something. */
const LARGEST_ZIP_KB = 1500;
const NUMBER = '+14155550123';
const STEP = JSON.stringify({
  api_trigger: 'lead-qualifier',
  phone_number: NUMBER,
  context: { 'user.name': 'Ann' },
});

const CHECKS: Readonly<Record<string, (bench: Bench) => Promise<string>>> = {
  'validate --without-style': async (bench) => {
    const { exitCode, all } = await zapier(bench, 'validate', '--without-style');
    assert.equal(exitCode, 0, all);
    assert.match(all, /structurally sound/);
    return 'structurally sound';
  },
  'build --skip-dep-install --skip-validation': async (bench) => {
    const command = ['build', '--skip-dep-install', '--skip-validation'];
    const { exitCode, all } = await zapier(bench, ...command);
    assert.equal(exitCode, 0, all);
    const kilobytes = Math.ceil((await stat(zipOf(bench))).size / 1024);
    assert.ok(kilobytes <= LARGEST_ZIP_KB, `${kilobytes} kB is more than ${LARGEST_ZIP_KB} kB`);
    return `${kilobytes} kB`;
  },
  'the built zip runs on its own': async (bench) => {
    const { output, modules, root } = await runUnzipped(bench, JSON.parse(STEP));
    assert.equal(output['workflow_run_id'], bench.simulator.calls.at(-1)?.runId);
    const foreign = modules.filter((path) => !path.startsWith(root));
    assert.deepEqual(foreign, [], 'it loaded something from outside');
    assert.ok(modules.some((path) => path.endsWith('/zapier-app/dist/index.js')));
    return `run ${String(output['workflow_run_id'])}, ${modules.length} modules, all its own`;
  },
  'invoke auth test': async (bench) => {
    const { exitCode, stdout, all } = await zapier(bench, 'invoke', 'auth', 'test');
    assert.equal(exitCode, 0, all);
    assert.deepEqual(JSON.parse(stdout), {
      organization_id: 1,
      organization: 'Organization 1',
      host: new URL(bench.simulator.url).host,
    });
    return 'connected';
  },
  'invoke auth label': async (bench) => {
    const { exitCode, stdout, all } = await zapier(bench, 'invoke', 'auth', 'label');
    assert.equal(exitCode, 0, all);
    assert.equal(stdout.trim(), `Organization 1 on ${new URL(bench.simulator.url).host}`);
    return stdout.trim();
  },
  'invoke create trigger_call': async (bench) => {
    const placedBefore = bench.simulator.calls.length;
    const { exitCode, stdout, all } = await trigger(bench, STEP);
    assert.equal(exitCode, 0, all);
    const [call, ...more] = bench.simulator.calls.slice(placedBefore);
    assert.deepEqual(more, [], 'more than one call was placed');
    assert.equal(call?.phoneNumber, NUMBER);
    const output = JSON.parse(stdout) as Record<string, unknown>;
    assert.equal(output['workflow_run_id'], call.runId);
    assert.deepEqual(output['initial_context'], { user: { name: 'Ann' } });
    return `run ${call.runId}`;
  },
  'invoke create trigger_call with a bad number': async (bench) => {
    const requestsBefore = bench.simulator.requests.length;
    const { exitCode, all } = await trigger(bench, STEP.replace(NUMBER, '+1415'));
    assert.notEqual(exitCode, 0, all);
    assert.match(all, /is too short/);
    assert.equal(bench.simulator.requests.length, requestsBefore);
    return 'refused before any request';
  },
};

function trigger(bench: Bench, inputData: string): Promise<Finished> {
  return zapier(bench, 'invoke', 'create', 'trigger_call', '--non-interactive', '-i', inputData);
}

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
