import { TransportError, type FinishedRunFilters } from '@dograh/shared';
import type { Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';

const MINUTE = 60_000;
const OPERATION_MS = 25_000;
/** Zapier takes this many new items of one poll. */
const MAX_TAKEN = 100;

/** Zapier's side of a trigger: it stores the position as JSON, and handles each ID once. */
export class Batches {
  stored = '';
  filters: FinishedRunFilters = {};
  /** Whose API key is used. */
  organization: 'acme' | 'globex' = 'acme';
  /** The time of each request. */
  msPerRequest = 0;
  /** The handled runs, oldest first. */
  readonly handled: number[] = [];
  /** How many runs of each batch were new to the host. */
  readonly fresh: number[] = [];
  /** The number of requests of each batch. */
  readonly requests: number[] = [];
  readonly #seen = new Set<number>();
  readonly #clock = new DrivenClock(0, undefined, Date.now());

  constructor(private readonly simulator: Simulator) {}

  /** The runs of the first batch are not handled. */
  async first(): Promise<number[]> {
    const ids = await this.#read(true);
    for (const id of ids) this.#seen.add(id);
    return ids;
  }

  /** Returns the new runs, newest first. */
  async next(): Promise<number[]> {
    const fresh = (await this.#read(false)).filter((id) => !this.#seen.has(id));
    this.fresh.push(fresh.length);
    const taken = fresh.slice(0, MAX_TAKEN);
    for (const id of taken) this.#seen.add(id);
    this.handled.push(...taken.toReversed());
    return taken;
  }

  /** The position is stored, but the runs never reach the host. */
  async lose(): Promise<void> {
    await this.#read(false);
  }

  /** Reads batches until one has nothing new. Returns how many had. */
  async catchUp(max = 100): Promise<number> {
    for (let batches = 0; batches < max; batches += 1) {
      if ((await this.next()).length === 0) return batches;
    }
    throw new Error(`There are new runs even after ${max} batches.`);
  }

  async #read(isFirst: boolean): Promise<number[]> {
    this.#clock.advance(MINUTE);
    const deadline = this.#clock.now() + OPERATION_MS;
    const { url, world, requests } = this.simulator;
    const client = clientTo(url, {
      apiKey: world[this.organization].apiKey,
      clock: this.#clock,
      operationMs: OPERATION_MS,
      onSend: () => {
        const left = deadline - this.#clock.now();
        this.#clock.advance(Math.min(left, this.msPerRequest));
        if (left < this.msPerRequest) throw new TransportError('timeout', 'maybe', 'ETIMEDOUT');
      },
    });
    const before = requests.length;
    const position: unknown = this.stored === '' ? null : JSON.parse(this.stored);
    const batch = await client.finishedRunsInBatches({ filters: this.filters, position, isFirst });
    this.requests.push(this.simulator.requests.length - before);
    this.stored = JSON.stringify(batch.position);
    return batch.runs.map(({ workflow_run_id: id }) => id);
  }
}
