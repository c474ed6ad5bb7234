import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { runInZapier, type ZapierOutcome, type ZapierRun } from '../../tools/hosts/zapier/runtime';
import { runsOf } from '../../tools/hosts/zapier/step';
import { listen } from '../../tools/support/servers';

/** From this many new items on, Zapier holds the runs of a Zap until a person confirms them. */
const HELD_FROM = 100;

/** Zapier's cursors: the text that each Zap stores between two polls. Behind Zapier's own protocol. */
export interface Cursors {
  readonly url: string;
  readonly stored: Map<string, string>;
  /** Answers requests with this error. */
  error: string | undefined;
  stop(): Promise<void>;
}

export async function startCursors(): Promise<Cursors> {
  const stored = new Map<string, string>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { id, storeKey, method, params } = JSON.parse(body) as {
        id: string;
        storeKey: string;
        method: string;
        params: string[];
      };
      if (method === 'set_cursor' && cursors.error === undefined) {
        stored.set(storeKey, params[0] ?? '');
      }
      const result = method === 'get_cursor' ? (stored.get(storeKey) ?? null) : null;
      const { error } = cursors;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(error === undefined ? { id, result } : { id, error }));
    });
  });
  const listening = await listen(server);
  // Zapier's core asks only with a deploy key or a token. With a token, it would also send its log to Zapier.
  process.env['ZAPIER_DEPLOY_KEY'] = 'of-nobody';
  const cursors: Cursors = {
    url: listening.url,
    stored,
    error: undefined,
    stop: () => {
      delete process.env['ZAPIER_DEPLOY_KEY'];
      return listening.stop();
    },
  };
  return cursors;
}

/**
 * A Zap that Call Completed starts. As Zapier does, it starts once for each ID, but not for the IDs that it finds when
 * it is turned on. If a poll has more than 100 new items, it takes any 100 of them.
 */
export class Zap {
  readonly #knownIds = new Set<unknown>();
  /** The IDs of the calls that started it. */
  readonly started: unknown[] = [];
  /** How many new items each poll had. */
  readonly fresh: number[] = [];
  readonly key: string;

  constructor(
    private readonly cursors: Cursors,
    private readonly run: ZapierRun,
  ) {
    this.key = `zap-${cursors.stored.size}-${Math.random()}`;
  }

  async turnOn(): Promise<this> {
    for (const { id } of runsOf(await this.#ask({ isPopulatingDedupe: true }))) {
      this.#knownIds.add(id);
    }
    return this;
  }

  /** Returns the IDs that start the Zap. */
  async poll(): Promise<unknown[]> {
    const fresh = runsOf(await this.#ask())
      .map(({ id }) => id)
      .filter((id) => !this.#knownIds.has(id));
    this.fresh.push(fresh.length);
    const taken = fresh.slice(0, HELD_FROM);
    for (const id of taken) this.#knownIds.add(id);
    this.started.push(...taken);
    return taken;
  }

  /** Polls until a poll has nothing new. Returns the number of polls that had. */
  async catchUp(maxPolls = 100): Promise<number> {
    for (let polls = 0; polls < maxPolls; polls += 1) {
      if ((await this.poll()).length === 0) return polls;
    }
    throw new Error(`There are new calls even after ${maxPolls} polls.`);
  }

  /** A poll whose response never reaches Zapier. */
  async loseResponse(): Promise<void> {
    runsOf(await this.#ask());
  }

  /** What Zapier does when a user tests the trigger. */
  async loadSamples(): Promise<void> {
    runsOf(await this.#ask({ isLoadingSample: true }));
  }

  /** As after an hour without a poll. */
  forgetCursor(): void {
    this.cursors.stored.delete(this.key);
  }

  #ask(meta: ZapierRun['meta'] = {}): Promise<ZapierOutcome> {
    return runInZapier(
      'triggers.call_completed.operation.perform',
      { meta: { page: 0, ...meta }, ...this.run },
      { rpc_base: this.cursors.url, storeKey: this.key, cursorTestObj: undefined },
    );
  }
}
