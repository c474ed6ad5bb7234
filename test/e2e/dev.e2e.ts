import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleFiles, readExample } from '../../tools/dev/connect-example';
import { closedPort } from '../../tools/support/servers';
import { Person } from '../../tools/n8n-editor/browser';
import { Editor } from '../../tools/n8n-editor/editor';
import { N8nRest } from '../../tools/n8n-server/n8n-rest';
import { until } from './until';

const ROOT = join(__dirname, '../..');
const SOURCE = join(ROOT, 'n8n-node/nodes/Dograh/resources/number-fields.ts');
const LABEL = "displayName: 'Phone Number'";
const READY_SECONDS = 240;
const STOPPED = '\nStopping …\n';
const ANSWERED = ['dialing', 'ringing', 'answered', 'finished (user_hangup)'];
const EXAMPLES = exampleFiles().map((file) => readExample(file).name);

/** `npm run dev` as in a terminal: a process group of its own, which receives Ctrl-C as a whole. */
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

  /** Waits until it has printed text that matches. */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    const find = (): RegExpExecArray | undefined => {
      const found = pattern.exec(this.#printed);
      if (!found && this.#child.exitCode !== null) throw new Error(`Ended:\n${this.#printed}`);
      return found ?? undefined;
    };
    return until(String(pattern), find, { seconds: READY_SECONDS, seen: () => this.#printed });
  }

  /** @returns what it prints after Ctrl-C, once no process of the group is left */
  async interrupt(): Promise<string> {
    const before = this.#printed.length;
    const closed = once(this.#child, 'close');
    this.#signal('SIGINT');
    await closed;
    await until('every process to end', () => (this.#signal(0) ? undefined : true));
    return this.#printed.slice(before);
  }

  /** After a test that failed. */
  kill(): void {
    this.#signal('SIGKILL');
  }

  /** @returns whether a process received it */
  #signal(signal: NodeJS.Signals | 0): boolean {
    try {
      return process.kill(-(this.#child.pid ?? NaN), signal);
    } catch {
      return false;
    }
  }
}

jest.setTimeout(2 * READY_SECONDS * 1_000);

let folder: string;
let playground: Playground;
let person: Person;
let editor: Editor;
let rest: N8nRest;
/** Of the calls since the first start. */
let runIds: ReadonlySet<number>;

async function startPlayground(...options: string[]): Promise<void> {
  const { port } = new URL(await closedPort());
  playground = new Playground('--folder', folder, '--port', port, ...options);
  await playground.prints(/Ctrl-C to stop everything/);
}

/** Does what the printed text says, and nothing else. */
async function followInstructions(): Promise<void> {
  const [, address = ''] = await playground.prints(/Address +(http:\S+)/);
  const [, email = '', password = ''] = await playground.prints(/Email +(\S+)\s+Password +(\S+)/);
  const { origin } = new URL(address);
  editor = new Editor(person.page, origin);
  rest = new N8nRest(origin);
  await rest.logIn({ email, password });
  await editor.signIn({ email, password }, address);
}

/** What the editor shows of the node's form. */
async function formOfNode(): Promise<string> {
  const nodeInfos = [{ name: 'n8n-nodes-dograh.dograh', version: 1 }];
  return JSON.stringify(await rest.request('POST', '/node-types', { nodeInfos }));
}

/** The states that it has printed of calls to this number. */
function statesOf(number: string): string[] {
  return playground.printed.split('\n').flatMap((line) => line.split(` to ${number}: `)[1] ?? []);
}

function runIdsOf(printed: string): ReadonlySet<number> {
  return new Set([...printed.matchAll(/run (\d+) to/g)].map(([, id]) => Number(id)));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dograh-dev-'));
  person = await Person.open();
});

afterAll(async () => {
  playground.kill();
  await person.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

step('opens on the list of the example workflows', async () => {
  await startPlayground();
  await followInstructions();
  const listed = await editor.listedWorkflows(EXAMPLES.length);

  expect(listed.toSorted()).toEqual(EXAMPLES.toSorted());
  expect(listed[0]).toBe('Dograh: call new CRM rows');
});

step('places the calls of the rows example after one click', async () => {
  await editor.openWorkflow('Dograh: call new CRM rows');
  await editor.executeWorkflow();
  await playground.prints(/to \+14155550122: finished/);

  expect(statesOf('+14155550121')).toEqual(ANSWERED);
  expect(statesOf('+14155550122')).toEqual(ANSWERED);
});

step('reads a finished call before the first call is placed', async () => {
  await editor.openWorkflow('Dograh: finished calls and transcripts');
  await editor.executeWorkflow();
});

step('places the call of the webhook example after one click', async () => {
  await editor.openWorkflow('Dograh: webhook that places calls');
  await editor.executeWorkflow();
  await playground.prints(/to \+14155550131: finished/);

  expect(statesOf('+14155550131')).toEqual(ANSWERED);
});

step('places a call from the chat example', async () => {
  await editor.openWorkflow('Dograh: AI agent that phones');
  const chat = await editor.openChat();

  expect(await chat.say('Call Ann at +1 415 555 0123 about her appointment.')).toMatch(/May I\?$/);
  expect(await chat.say('yes')).toMatch(/^Run \d+ is under way/);
  await playground.prints(/to \+14155550123: finished/);
  expect(await chat.say('How did it go?')).toMatch(/^Run \d+ is finished\. Its outcome: answered/);
  expect(statesOf('+14155550123')).toEqual(ANSWERED);
});

step('rebuilds and reloads the node when a source file changes', async () => {
  const source = await readFile(SOURCE, 'utf8');
  expect(source).toContain(LABEL);
  try {
    await writeFile(SOURCE, source.replace(LABEL, "displayName: 'Number To Dial'"));
    await playground.prints(/Rebuilt in [\d.]+ s, and n8n has loaded it/);
    expect(await formOfNode()).toContain('Number To Dial');
  } finally {
    await writeFile(SOURCE, source);
  }
  // The built package must be as before, too.
  await playground.prints(/(?:Rebuilt in [^]*){2}n8n has loaded it/);
  expect(await formOfNode()).not.toContain('Number To Dial');
});

step('stops at Ctrl-C and leaves no process behind', async () => {
  runIds = runIdsOf(playground.printed);
  expect(await playground.interrupt()).toBe(STOPPED);
});

step('keeps the workflows and uses no run ID twice at the next start', async () => {
  await startPlayground();
  await followInstructions();
  expect(await editor.listedWorkflows(EXAMPLES.length)).toHaveLength(EXAMPLES.length);

  await editor.openWorkflow('Dograh: call, wait for the result, and branch');
  await editor.executeWorkflow();
  const newRunIds = runIdsOf(playground.printed);

  expect(statesOf('+14155550101')).toEqual(ANSWERED);
  expect(statesOf('+14155550105')).toEqual(['dialing', 'finished (busy)']);
  expect(newRunIds.size).toBe(6);
  expect(Math.min(...newRunIds)).toBeGreaterThan(Math.max(...runIds));
  expect(await playground.interrupt()).toBe(STOPPED);
});

step('stops while n8n starts', async () => {
  const { port } = new URL(await closedPort());
  playground = new Playground('--folder', folder, '--port', port, '--fresh');
  await playground.prints(/Starting n8n/);

  expect(await playground.interrupt()).toBe(STOPPED);
});

/** Takes a picture of the page when it fails. */
function step(name: string, does: () => Promise<void>): void {
  it(name, () => person.run(does));
}
