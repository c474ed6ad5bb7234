import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MANUAL } from '../../tools/dev/example-workflows';
import { closedPort } from '../../tools/support/servers';
import { N8nRest } from '../../tools/n8n-server/n8n-rest';

const ROOT = join(__dirname, '../..');
const A_SOURCE = join(ROOT, 'n8n-node/nodes/Dograh/resources/call/call-fields.ts');
const A_SENTENCE = 'The number to call, in international form with + and the country code';
const READY_MS = 240_000;
const STOPPED = '\nStopping …\n';
const ANSWERED = '+14155550123';

/** Looks until there is something, and hands it on. */
async function eventually<T>(
  look: () => T | undefined | Promise<T | undefined>,
  explain: () => string,
): Promise<T> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    const found = await look();
    if (found !== undefined) return found;
    await delay(50);
  }
  throw new Error(explain());
}

/** `npm run dev` as in a terminal: a process group of its own, which gets Ctrl-C as a whole. */
class Playground {
  readonly #child: ChildProcess;
  #printed = '';

  constructor(...options: string[]) {
    this.#child = spawn('npm', ['run', 'dev', '--silent', '--', ...options], {
      cwd: ROOT,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk) => (this.#printed += String(chunk)));
    }
  }

  get printed(): string {
    return this.#printed;
  }

  /** The first part of what it prints that is like this, as soon as it is there. */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    return eventually(
      () => {
        const found = pattern.exec(this.#printed);
        if (!found && this.#child.exitCode !== null) throw new Error(`Over:\n${this.#printed}`);
        return found ?? undefined;
      },
      () => `Nothing like ${String(pattern)} in:\n${this.#printed}`,
    );
  }

  /** @returns what it prints from then on, when no process of the group is left */
  async interrupt(): Promise<string> {
    const before = this.#printed.length;
    const closed = once(this.#child, 'close');
    this.#signal('SIGINT');
    await closed;
    await eventually(
      () => (this.#signal(0) ? undefined : true),
      () => 'Processes are left.',
    );
    return this.#printed.slice(before);
  }

  /** For a test that has not come to its end. */
  kill(): void {
    this.#signal('SIGKILL');
  }

  /** Whether there was a process to get it. */
  #signal(signal: NodeJS.Signals | 0): boolean {
    try {
      return process.kill(-(this.#child.pid ?? NaN), signal);
    } catch {
      return false;
    }
  }
}

jest.setTimeout(2 * READY_MS);

let folder: string;
let playground: Playground;
let rest: N8nRest;

async function open(...options: string[]): Promise<void> {
  const { port } = new URL(await closedPort());
  playground = new Playground('--folder', folder, '--port', port, ...options);
  const [, url = ''] = await playground.prints(/n8n with the Dograh node: +(http:\S+)/);
  const [, email = '', password = ''] = await playground.prints(
    /sign in with +(\S+) +and the password +(\S+)/,
  );
  await playground.prints(/Ctrl-C stops everything/);
  expect(new URL(url).port).toBe(port);
  rest = new N8nRest(url);
  await rest.logIn({ email, password });
}

/** The execution of an example, when it is over. */
async function execute(name: string): Promise<Record<string, unknown>[]> {
  const id = (await rest.workflows()).find((workflow) => workflow.name === name)?.id ?? '';
  const execution = await rest.run(await rest.workflow(id), MANUAL);
  const { lastNodeExecuted = '', runData } = await eventually(
    async () => {
      const { status, data } = await rest.execution(execution);
      return ['success', 'error'].includes(status) ? data.resultData : undefined;
    },
    () => `${name} does not end.`,
  );
  return (runData[lastNodeExecuted]?.[0]?.data?.['main']?.[0] ?? []).map(({ json }) => json);
}

/** What the editor is told of the node's form. */
async function descriptionOfNode(): Promise<string> {
  const nodeInfos = [{ name: 'n8n-nodes-dograh.dograh', version: 1 }];
  return JSON.stringify(await rest.request('POST', '/node-types', { nodeInfos }));
}

/** The words that it has printed about calls to this number. */
function toldOf(number: string): string[] {
  return playground.printed.split('\n').flatMap((line) => line.split(` to ${number}: `)[1] ?? []);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dograh-dev-'));
});

afterAll(async () => {
  playground.kill();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

it('has a call placed with nothing but what it prints, and tells of it', async () => {
  await open();

  expect((await rest.credentials()).map(({ name }) => name)).toEqual(['Dograh (simulated)']);
  expect(await execute('Place a call')).toEqual([
    expect.objectContaining({ workflow_run_id: 1001, status: 'initiated' }),
  ]);
  await playground.prints(/to \+14155550123: over/);
  expect(toldOf(ANSWERED)).toEqual(['dialling', 'ringing', 'answered', 'over (user_hangup)']);
});

it('shows in n8n what has changed in a source, and that it was changed back', async () => {
  const source = await readFile(A_SOURCE, 'utf8');
  expect(source).toContain(A_SENTENCE);
  expect(await descriptionOfNode()).toContain(A_SENTENCE);
  try {
    await writeFile(A_SOURCE, source.replace(A_SENTENCE, 'Whom to call'));
    await playground.prints(/Rebuilt in [\d.]+ s, and n8n has loaded it/);
    expect(await descriptionOfNode()).toContain('Whom to call');
  } finally {
    await writeFile(A_SOURCE, source);
  }
  // The package that is built of this repository, too, is as it was.
  await playground.prints(/(?:Rebuilt in [^]*){2}n8n has loaded it/);
  expect(await descriptionOfNode()).toContain(A_SENTENCE);
});

it('stops at Ctrl-C, and leaves no process behind', async () => {
  expect(await playground.interrupt()).toBe(STOPPED);
});

it('goes on the next time where it was: the same workflows, and no run ID twice', async () => {
  await open();
  expect(await rest.workflows()).toHaveLength(3);

  const results = await execute('Call people and wait for what comes of it');
  expect(results.map(({ outcome }) => outcome)).toEqual([
    'answered',
    'busy',
    'no_answer',
    'voicemail',
  ]);
  const runIds = results.map((result) => result['workflow_run_id']);
  expect(runIds.sort()).toEqual([1002, 1003, 1004, 1005]);
  expect(await playground.interrupt()).toBe(STOPPED);
});

it('stops while n8n is starting, too', async () => {
  const { port } = new URL(await closedPort());
  playground = new Playground('--folder', folder, '--port', port, '--fresh');
  await playground.prints(/Starting n8n/);

  expect(await playground.interrupt()).toBe(STOPPED);
});
