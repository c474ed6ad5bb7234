import { randomUUID } from 'node:crypto';
import type { CampaignResult, FinishedCampaignFilters } from '@dograh/shared';
import type { CampaignWorld } from './campaign-world';

/** A trigger of a host, whose memory is stored as JSON. */
export class CampaignPoller {
  stored = 'null';
  /** Whose API key the credential contains. */
  organization: 'acme' | 'globex' = 'acme';
  readonly given: CampaignResult[] = [];
  readonly #name = randomUUID();

  constructor(
    private readonly world: CampaignWorld,
    public filters: FinishedCampaignFilters = {},
  ) {}

  /** Polls. Returns the IDs of the campaigns. */
  async poll(): Promise<number[]> {
    const { apiKey } = this.world.simulator.world[this.organization];
    const campaigns = await this.world.client({ apiKey }).pollFinishedCampaigns({
      poller: this.#name,
      memory: {
        read: () => JSON.parse(this.stored) as unknown,
        write: (state) => {
          this.stored = JSON.stringify(state);
        },
      },
      filters: this.filters,
    });
    this.given.push(...campaigns);
    return campaigns.map(({ campaign_id: id }) => id);
  }
}
