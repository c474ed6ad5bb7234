import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import { READING } from './live-check';

const root = join(__dirname, '../../..');

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
  simulator.addRun();
});
afterAll(() => simulator.stop());

describe('npm run check:dograh', () => {
  it('exits with 0 if all works', async () => {
    const { exitCode, stdout, stderr } = await run(['--base-url', simulator.url]);
    expect(stdout.trimEnd().split('\n')).toEqual(
      READING.map((name): unknown => expect.stringMatching(new RegExp(`^works {6}${name}: `))),
    );
    expect(stderr).toBe('');
    expect(stdout).not.toContain(simulator.world.acme.apiKey);
    expect(exitCode).toBe(0);
  });

  it('exits with 1 and without a stack trace if the key is wrong', async () => {
    const key = 'dg_wrong_000000000000';
    const { exitCode, stdout, stderr } = await run(['--base-url', simulator.url], key);
    expect(stdout).toMatch(/^differs {4}connection: .*does not accept the API key/m);
    expect(stdout + stderr).not.toMatch(/^\s+at /m);
    expect(stdout + stderr).not.toContain(key);
    expect(exitCode).toBe(1);
  });

  it('exits with 2 and one sentence if it is used in a wrong way', async () => {
    const requests = simulator.requests.length;
    const { exitCode, stdout, stderr } = await run(['--base-url', simulator.url, '--call', '+1']);
    expect(stderr).toMatch(/^--call dials a real phone\. Add --agent/);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
    expect(simulator.requests).toHaveLength(requests);
    expect(exitCode).toBe(2);
  });

  it('prints a help and exits with 0', async () => {
    const { exitCode, stdout } = await run(['--help'], '');
    expect(stdout).toMatch(/dials this REAL phone once/);
    expect(exitCode).toBe(0);
  });
});

interface Outcome {
  readonly exitCode: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], apiKey = simulator.world.acme.apiKey): Promise<Outcome> {
  const main = join(root, 'tools/live-check/main.ts');
  const node = ['--import', 'tsx', '--conditions=source', main, ...args];
  const env = { PATH: process.env['PATH'], DOGRAH_API_KEY: apiKey };
  return new Promise((resolve) => {
    execFile(process.execPath, node, { cwd: root, env }, (error, stdout, stderr) => {
      resolve({ exitCode: error ? error.code : 0, stdout, stderr });
    });
  });
}
