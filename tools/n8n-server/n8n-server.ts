import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { closedPort } from '../support/servers';
import { N8N_DIR } from './install-n8n';
import { installNode } from './installed-node';
import { N8nRest } from './n8n-rest';

const READY_MS = 120_000;

/** The account of the person who set n8n up. */
export const OWNER = {
  email: 'owner@example.com',
  firstName: 'Olivia',
  lastName: 'Owner',
  password: 'Example-password-1',
};

/** Settings of an n8n whose Dograh node hardly pauses, e.g. between two searches for a lost run. */
export const WITH_SHORT_WAITS = {
  NODE_OPTIONS: `--require ${join(__dirname, 'short-waits.ts')}`,
};

/** Settings of an n8n whose clock is ahead of this machine's clock, or behind it. */
export function withClock(offsetMs: number): Readonly<Record<string, string>> {
  return {
    NODE_OPTIONS: `--require ${join(__dirname, 'other-clock.ts')}`,
    CLOCK_OFFSET_MS: String(offsetMs),
  };
}

/** Where an n8n runs and stores its data. */
export interface N8nPlace {
  /** Default: a new folder, which `stop` deletes. */
  readonly folder?: string;
  /** Default: any free port. */
  readonly port?: number;
  /** Stops n8n. If n8n is still starting, `start` rejects. */
  readonly signal?: AbortSignal;
}

/** A real n8n server on loopback, with the packed node installed. */
export class N8nServer {
  /** Signed in as the owner. */
  readonly rest: N8nRest;
  #child: ChildProcess | undefined;
  #log = '';

  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly isTemporary: boolean,
    private env: Readonly<Record<string, string>>,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.rest = new N8nRest(url);
  }

  static async start(
    env: Readonly<Record<string, string>> = {},
    place: N8nPlace = {},
  ): Promise<N8nServer> {
    const folder = place.folder ?? (await mkdtemp(join(tmpdir(), 'dograh-n8n-')));
    await installNode(folder);
    const url = place.port === undefined ? await closedPort() : `http://127.0.0.1:${place.port}`;
    const server = new N8nServer(url, folder, place.folder === undefined, env, place.signal);
    try {
      await server.#begin();
      await server.rest.signIn(OWNER);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** Everything that n8n has printed. */
  get log(): string {
    return this.#log;
  }

  /** Resolves when the process has ended. */
  async ended(): Promise<void> {
    const child = this.#child;
    if (child && isAlive(child)) await once(child, 'exit');
  }

  /**
   * Ends without warning, like a machine that is switched off, and starts again with the stored data.
   * @param env settings that are different from now on
   */
  async restart(env: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.#end('SIGKILL');
    this.env = { ...this.env, ...env };
    await this.#begin();
    await this.rest.logIn(OWNER);
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    if (!this.isTemporary) return;
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #begin(): Promise<void> {
    const { port } = new URL(this.url);
    const child = spawn(process.execPath, [join(N8N_DIR, 'node_modules/n8n/bin/n8n'), 'start'], {
      cwd: this.folder,
      env: {
        PATH: process.env['PATH'],
        HOME: this.folder,
        ...QUIET,
        ...this.env,
        ...(await this.#own(port)),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(this.signal && { signal: this.signal }),
    });
    this.#child = child;
    // For example, the signal ended it.
    child.on('error', (error) => (this.#log += `${error.message}\n`));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => (this.#log += String(chunk)));
    }
    await this.#ready(child);
  }

  async #own(port: string): Promise<Record<string, string>> {
    return {
      N8N_USER_FOLDER: this.folder,
      N8N_PORT: port,
      N8N_RUNNERS_BROKER_PORT: new URL(await closedPort()).port,
      N8N_ENCRYPTION_KEY: 'an-encryption-key-for-tests-only',
    };
  }

  async #ready(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + READY_MS;
    while (Date.now() < deadline && isAlive(child)) {
      const isReady = await fetch(`${this.url}/healthz/readiness`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isReady && (await this.rest.isUp())) return;
      await delay(200);
    }
    throw new Error(`n8n did not start:\n${this.#log.slice(-4_000)}`);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || !isAlive(child)) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(timer);
  }
}

function isAlive({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}

/** These settings do not change what n8n stores and when, because tests check that after a crash. */
const QUIET = {
  N8N_LISTEN_ADDRESS: '127.0.0.1',
  N8N_HOST: '127.0.0.1',
  N8N_SECURE_COOKIE: 'false',
  N8N_DIAGNOSTICS_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
  N8N_TEMPLATES_ENABLED: 'false',
  N8N_PERSONALIZATION_ENABLED: 'false',
  N8N_VERIFIED_PACKAGES_ENABLED: 'false',
  N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
  N8N_REINSTALL_MISSING_PACKAGES: 'false',
  N8N_HIRING_BANNER_ENABLED: 'false',
  NO_PROXY: '127.0.0.1',
};
