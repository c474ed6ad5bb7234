import type { ContactResult, DograhClient } from '@dograh/shared';
import {
  dograhPace,
  startSimulator,
  type Campaign,
  type DograhVersion,
  type Simulator,
} from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const VERSIONS: readonly DograhVersion[] = ['1.45', '1.48'];

/** A Dograh whose campaigns do nothing until the test moves its clock on. */
export class CampaignWorld {
  private constructor(readonly simulator: Simulator) {}

  static async start(): Promise<CampaignWorld> {
    const timing = { dialMs: SECOND, ringMs: 2 * SECOND, callDurationMs: 5 * SECOND };
    const later = { resultsAfterMs: 500, artifactsAfterMs: 500 };
    return new CampaignWorld(
      await startSimulator({ ...timing, ...later, campaignTiming: dograhPace }),
    );
  }

  /** Enough caller IDs and slots for a whole batch, so that `runBatch` dials all of it. */
  reset(version: DograhVersion = '1.45'): void {
    const { simulator } = this;
    simulator.reset();
    simulator.world.version = version;
    const { acme, phoneNumbers } = simulator.world;
    acme.concurrentCallLimit = 200;
    const added = Array.from({ length: 60 }, (_, index) => ({
      ...phoneNumbers.acmeSales,
      id: 1000 + index,
      address: `+1415555${String(3000 + index)}`,
    }));
    Object.assign(phoneNumbers, Object.fromEntries(added.map((one) => [String(one.id), one])));
  }

  /** A client whose pauses are pauses of Dograh, too. @param chance what its random numbers are */
  client({
    apiKey = this.simulator.world.acme.apiKey,
    operationMs = 300_000,
    chance = 0,
  } = {}): DograhClient {
    const clock: DrivenClock = new DrivenClock(
      chance,
      () => {
        this.simulator.advance(clock.slept.at(-1) ?? 0);
      },
      Date.now(),
    );
    return clientTo(this.simulator.url, {
      apiKey,
      clock,
      operationMs,
      dashboardUrl: 'http://localhost:3010',
    });
  }

  campaign(id: number): Campaign {
    const found = this.simulator.campaigns.find((one) => one.id === id);
    if (found === undefined) throw new Error(`There is no campaign ${id}.`);
    return found;
  }

  /** The paths of the requests to Dograh since a moment, without queries. */
  pathsSince(count: number): string[] {
    return this.simulator.requests
      .slice(count)
      .map(({ method, path }) => `${method} ${path.replace('/api/v1', '')}`);
  }
}

export async function contactsOf(
  client: DograhClient,
  id: number,
  status?: unknown,
): Promise<ContactResult[]> {
  const contacts: ContactResult[] = [];
  for await (const contact of client.listCampaignContacts(id, { status })) contacts.push(contact);
  return contacts;
}
