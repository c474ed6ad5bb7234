import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator } from '../simulator';
import { copyInstalledApp } from './installed-copy';
import { APP_DIR } from '../hosts/zapier/runtime';

export interface Bench {
  /** A folder of our own. */
  readonly folder: string;
  /** The copy of the app in it. */
  readonly app: string;
  /** The connection that steps run with; without any where none is run. */
  readonly authData: Readonly<Record<string, string>>;
}

/** A bench whose connection leads to a simulator. */
export interface Simulated extends Bench {
  readonly simulator: Simulator;
}

/** Each runs something on the bench, and tells in a few words what came of it. */
export type Checks = Readonly<Record<string, (bench: Simulated) => Promise<string>>>;

/** A call that can be placed on the bench. */
export const CALL_INPUT = {
  api_trigger: 'lead-qualifier',
  phone_number: '+14155550123',
  context: { 'user.name': 'Ann' },
};

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly all: string;
}

/** Has the app copied to a folder of its own for `use`, and leaves nothing behind, there or in the app. */
export async function withBench<T>(
  authData: Bench['authData'],
  use: (bench: Bench) => Promise<T>,
): Promise<T> {
  const filesBefore = await readdir(APP_DIR);
  const folder = await mkdtemp(join(tmpdir(), 'dograh-zapier-'));
  try {
    await mkdir(homeOf(folder));
    const app = await copyInstalledApp(join(folder, 'project'));
    const result = await use({ folder, app, authData });
    assert.deepEqual(await readdir(APP_DIR), filesBefore, 'something was left in zapier-app');
    return result;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function homeOf(folder: string): string {
  return join(folder, 'home');
}

export function zapier(bench: Bench, ...args: string[]): Promise<Finished> {
  const cli = createRequire(__filename).resolve('zapier-platform-cli/src/bin/run');
  return run(bench, bench.app, [cli, ...args]);
}

/** Waits without blocking, because a simulator may answer from this very process. */
async function run(bench: Bench, cwd: string, args: readonly string[]): Promise<Finished> {
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      // No Zapier account of whoever runs this, and its caches go where all else goes.
      HOME: homeOf(bench.folder),
      TMPDIR: bench.folder,
      DISABLE_ZAPIER_ANALYTICS: '1',
      NO_COLOR: '1',
      ...Object.fromEntries(
        Object.entries(bench.authData).map(([name, value]) => [`authData_${name}`, value]),
      ),
    },
  });
  let [stdout, all] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
    all += String(chunk);
  });
  child.stderr.on('data', (chunk) => (all += String(chunk)));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const { api_key: key } = bench.authData;
  assert.ok(key === undefined || !all.includes(key), 'the API key was printed');
  return { exitCode, stdout, all };
}

/**
 * Builds what would be uploaded to Zapier.
 * @returns the bytes of the zip
 */
export async function buildZip(bench: Bench): Promise<number> {
  const { exitCode, all } = await zapier(bench, 'build', '--skip-dep-install', '--skip-validation');
  assert.equal(exitCode, 0, all);
  return (await stat(zipOf(bench))).size;
}

function zipOf(bench: Bench): string {
  return join(bench.app, 'build/build.zip');
}

interface UnzippedRun {
  readonly output: Record<string, unknown>;
  /** Every file that was loaded. */
  readonly modules: readonly string[];
  /** Where the zip was unpacked. */
  readonly root: string;
}

/** What Zapier's cloud does with the zip: unpack it, load its entry, hand it an event. */
export async function runUnzipped(bench: Bench, inputData: unknown): Promise<UnzippedRun> {
  const unzipped = join(bench.folder, 'unzipped');
  const decompress = createRequire(__filename)('zapier-platform-cli/src/utils/decompress') as (
    zip: string,
    folder: string,
  ) => Promise<unknown>;
  await decompress(zipOf(bench), unzipped);
  const event = {
    command: 'execute',
    method: 'creates.trigger_call.operation.perform',
    calledFromCli: true,
    bundle: { authData: bench.authData, inputData },
  };
  const program = join(unzipped, 'run-once.js');
  await writeFile(
    program,
    `require('./zapierwrapper.js').handler(${JSON.stringify(event)}).then(({ results: output }) =>
      console.log(JSON.stringify({ output, modules: Object.keys(require.cache) })));`,
  );
  const { exitCode, stdout, all } = await run(bench, unzipped, [program]);
  assert.equal(exitCode, 0, all);
  const told = JSON.parse(stdout) as { output: Record<string, unknown>; modules: string[] };
  return { ...told, root: await realpath(unzipped) };
}
