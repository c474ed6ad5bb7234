import type { RunResult, FinishedRunFilters } from '@dograh/shared';
import type { FinishedRunsPoll } from '../../../shared/src/finished-runs/poll-finished-runs';
import { randomUUID } from 'node:crypto';
import type { Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';

/** A trigger of a host, whose memory is stored as JSON. */
export class Poller {
  stored = 'null';
  filters: FinishedRunFilters = {};
  maxPages: FinishedRunsPoll['maxPages'];
  /** Whose API key the credential contains. */
  organization: 'acme' | 'globex' | 'initech' = 'acme';
  /** The API key if it is not the organization's. */
  apiKey: string | undefined;
  /** The time of each request, and the time limit of a poll. */
  msPerRequest = 0;
  budgetMs = 300_000;
  readonly clock: DrivenClock;
  readonly given: RunResult[] = [];
  readonly #name = randomUUID();

  constructor(
    /** The Dograh of the credential. */
    public simulator: Simulator,
    filters: FinishedRunFilters = {},
  ) {
    this.filters = filters;
    this.clock = new DrivenClock(0, undefined, Date.now());
  }

  /** Polls a minute later. Returns the IDs of the runs. */
  async poll(): Promise<number[]> {
    this.clock.advance(60_000);
    const { url, world } = this.simulator;
    const client = clientTo(url, {
      apiKey: this.apiKey ?? world[this.organization].apiKey,
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
