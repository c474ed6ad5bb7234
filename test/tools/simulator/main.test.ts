import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createWorld, startSimulator } from '../../../tools/simulator/index';

const root = join(__dirname, '../../..');
const { acme, agents } = createWorld();

/** Starts the simulator as a program. */
function run(...options: string[]): { child: ChildProcess; printed: () => string } {
  const script = join(root, 'tools/simulator/main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...options], { cwd: root });
  let text = '';
  const keep = (chunk: Buffer): void => {
    text += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return { child, printed: () => text };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The printed states of calls to this number. */
function statesOf(text: string, number: string): string[] {
  return text.split('\n').flatMap((line) => line.split(`to ${number}: `)[1] ?? []);
}

it('prints how to call it, prints requests without their keys, and stops on SIGTERM', async () => {
  const { child, printed } = run();
  await until(() => printed().includes('To place a call'));
  const listing = printed();
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(listing)?.[0] ?? '';
  const secret = { 'X-API-Key': 'dg_of_another_user' };
  await fetch(`${url}/api/v1/organizations/context`, { headers: secret });
  await until(() => printed().includes('organizations/context'));
  child.kill('SIGTERM');

  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(listing).toContain(`Acme Dental   API key ${acme.apiKey}`);
  expect(listing).toContain('/api/v1/public/agent/lead-qualifier');
  expect(listing).toContain(`curl -X POST ${url}/api/v1/public/agent/`);
  expect(printed()).toContain('GET /api/v1/organizations/context  401');
  expect(printed()).not.toContain('dg_of_another_user');
});

it('prints which numbers are not answered, and the state of each call', async () => {
  const { child, printed } = run();
  await until(() => printed().includes('To place a call'));
  const listing = printed();
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(listing)?.[0] ?? '';
  const call = async (number: string): Promise<void> => {
    await fetch(`${url}/api/v1/public/agent/${agents.leadQualifier.trigger}`, {
      method: 'POST',
      headers: { 'X-API-Key': acme.apiKey, 'content-type': 'application/json' },
      body: JSON.stringify({ phone_number: number }),
    });
  };
  await call('+14155550123');
  await call('+14155550191');
  await until(() => printed().includes('+14155550123: answered'));
  child.kill('SIGTERM');
  await once(child, 'exit');

  expect(listing).toMatch(/\+14155550191 +busy\n/);
  expect(listing).toMatch(/\+14155550199 +refused/);
  expect(statesOf(printed(), '+14155550123')).toEqual(['dialing', 'ringing', 'answered']);
  expect(statesOf(printed(), '+14155550191')).toEqual(['dialing', 'finished (busy)']);
  expect(printed()).toMatch(/  run 1002 to \+14155550191: finished \(busy\)\n/);
});

it('reports in one sentence that the port is in use', async () => {
  const simulator = await startSimulator();
  const { port } = new URL(simulator.url);
  const { child, printed } = run('--port', port);
  const [exitCode] = (await once(child, 'close')) as [number];
  await simulator.stop();

  expect(printed().trim()).toBe(`Port ${port} is in use. Choose another one.`);
  expect(exitCode).toBe(1);
});
