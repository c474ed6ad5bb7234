import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '../../../tools/simulator';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  simulator.reset();
});
afterAll(() => simulator.stop());

describe('npm start', () => {
  it('places a call through each host and prints what the simulator received', async () => {
    const { code, text } = await demo([]);
    expect(text).toMatch(/No real phone rings/);
    expect(text.match(/POST \/api\/v1\/public\/agent\//g)).toHaveLength(2);
    expect(text.match(/response 200 {"status":"initiated"/g)).toHaveLength(2);
    expect(text.match(/is ringing/g)).toHaveLength(2);
    expect(text.match(/is completed \(user_hangup\)/g)).toHaveLength(2);
    expect(text).toMatch(/Expected calls: 2\. Requests: 2\. Placed calls: 2\./);
    expect(text).toMatch(/Next: npm run dev/);
    expect(code).toBe(0);
  });

  it('warns that a real phone rings, then dials through the given Dograh', async () => {
    const { code, text } = await demo(['--to', '+14155550123'], dograh());
    expect(text).toMatch(/^This dials a REAL phone: \+14155550123, twice, once through each host/m);
    expect(text.match(/Dograh accepted the call: run \d+/g)).toHaveLength(2);
    expect(simulator.calls).toHaveLength(2);
    expect(text).not.toContain(simulator.world.acme.apiKey);
    expect(code).toBe(0);
  });

  it.each(['n8n', 'zapier'])(
    'ends with exit code 1 and one sentence when %s cannot place the call',
    async (only) => {
      simulator.world.acme.quotaExhausted = 'Out of credit';
      const { code, text } = await demo(['--only', only, '--to', '+14155550123'], dograh());
      expect(text).toMatch(/the quota is used up: Out of credit\./);
      expect(text).not.toMatch(/^\s+at /m);
      expect(code).toBe(1);
    },
  );

  it('does not dial a real phone without --to', async () => {
    const { code, text } = await demo([], dograh());
    expect(text).toMatch(/Choose it with --to <number>/);
    expect(code).toBe(1);
    expect(simulator.requests).toHaveLength(0);
  });

  it('prints a help text', async () => {
    const { code, text } = await demo(['--help']);
    expect(text).toMatch(/--only[^]*DOGRAH_BASE_URL[^]*exit code 1/);
    expect(code).toBe(0);
  });
});

function dograh(): Record<string, string> {
  return {
    DOGRAH_BASE_URL: simulator.url,
    DOGRAH_API_KEY: simulator.world.acme.apiKey,
    DOGRAH_TRIGGER: 'lead-qualifier',
  };
}

function demo(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<{ readonly code: number | null; readonly text: string }> {
  const node = [
    '--import',
    'tsx',
    '--conditions=source',
    join(__dirname, '../../../tools/demo/main.ts'),
    ...args,
  ];
  const child = spawn(process.execPath, node, {
    env: { PATH: process.env['PATH'], ...environment },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ code, text });
    });
  });
}
