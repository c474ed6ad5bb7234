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
  /** A temporary folder. */
  readonly folder: string;
  /** The copy of the app in that folder. */
  readonly app: string;
  /** The connection that steps use. It is empty if no step runs. */
  readonly authData: Readonly<Record<string, string>>;
}

/** A bench that is connected to a simulator. */
export interface Simulated extends Bench {
  readonly simulator: Simulator;
}

/** Each check returns a short summary of its result. */
export type Checks = Readonly<Record<string, (bench: Simulated) => Promise<string>>>;

/** The input of a call that the simulator accepts. */
export const CALL_INPUT = {
  api_trigger: 'lead-qualifier',
  phone_number: '+14155550123',
  context: { first_name: 'Ann', 'company.name': 'Acme', email: 'ann@example.com' },
};

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly all: string;
}

/** Copies the app to a temporary folder for `use`, then deletes the folder. Asserts that the app's folder is unchanged. */
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
    assert.deepEqual(await readdir(APP_DIR), filesBefore, 'zapier-app has other files than before');
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

/** Does not block, because the simulator may run in this process. */
async function run(bench: Bench, cwd: string, args: readonly string[]): Promise<Finished> {
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      // Uses no Zapier account of this machine, and keeps caches in the temporary folder.
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
 * Builds the zip that would be uploaded to Zapier.
 * @returns its size in bytes
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
  /** The paths of all files that were loaded. */
  readonly modules: readonly string[];
  /** The folder of the unpacked zip. */
  readonly root: string;
}

/** Runs the zip as Zapier's cloud does: unpacks it, loads its entry file and passes it an event. */
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
  const printed = JSON.parse(stdout) as { output: Record<string, unknown>; modules: string[] };
  return { ...printed, root: await realpath(unzipped) };
}
