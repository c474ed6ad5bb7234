import type { CallResult, FinishedRunFilters } from '@dograh/shared';
import type { FinishedRunsPoll } from '../../../shared/src/finished-runs/poll-finished-runs';
import { randomUUID } from 'node:crypto';
import type { Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';

/** One trigger as a host keeps it: it polls, and what it is to remember lies in a database as JSON. */
export class Poller {
  stored = 'null';
  filters: FinishedRunFilters = {};
  maxPages: FinishedRunsPoll['maxPages'];
  /** How long Dograh takes to answer, and how long a poll may take. */
  msPerRequest = 0;
  budgetMs = 300_000;
  readonly clock: DrivenClock;
  readonly given: CallResult[] = [];
  readonly #name = randomUUID();
  readonly #simulator: Simulator;

  constructor(simulator: Simulator, filters: FinishedRunFilters = {}) {
    this.#simulator = simulator;
    this.filters = filters;
    this.clock = new DrivenClock(0, undefined, Date.now());
  }

  /** The IDs of the runs that this poll gave. A minute passes in front of it. */
  async poll(): Promise<number[]> {
    this.clock.advance(60_000);
    const { url, world } = this.#simulator;
    const client = clientTo(url, {
      apiKey: world.acme.apiKey,
      clock: this.clock,
      operationMs: this.budgetMs,
      onSend: () => {
        this.clock.advance(this.msPerRequest);
      },
    });
    const runs = await client.pollFinishedRuns({
      poller: this.#name,
      memory: {
        read: () => JSON.parse(this.stored) as unknown,
        write: (state) => {
          this.stored = JSON.stringify(state);
        },
      },
      filters: this.filters,
      maxPages: this.maxPages,
    });
    this.given.push(...runs);
    return runs.map(({ workflow_run_id: id }) => id);
  }

  get ids(): number[] {
    return this.given.map(({ workflow_run_id: id }) => id);
  }
}
