import { contact, numberOf, startCampaignWorld, type CampaignWorld } from '../../support/campaigns';

const CONTACTS = 60_000;

let world: CampaignWorld;

beforeAll(async () => {
  world = await startCampaignWorld();
});
afterAll(() => world.simulator.stop());

/** The numbers in an uploaded file. */
function numbersIn(file: unknown): string[] {
  const [header, ...rows] = String(file).trimEnd().split('\n');
  expect(header).toBe('phone_number,customer_name');
  return rows.map((row) => row.slice(0, row.indexOf(',')));
}

describe('a launch of 60,000 contacts', () => {
  it('puts each of them into exactly one campaign that runs, despite lost responses', async () => {
    const lost = { kind: 'reset', callPlaced: true, moment: 'after-placing' } as const;
    world.simulator.faults.add({ on: 'upload', fault: lost });
    // Of the second campaign, these responses are lost, too.
    world.simulator.onRequest(({ path }) => {
      const isFirst = world.requests().filter((one) => one.startsWith('POST')).length < 5;
      if (isFirst && path.endsWith('/create')) {
        world.simulator.faults.add({ on: 'createCampaign', fault: lost });
      } else if (path.endsWith('/campaign/1/start')) {
        world.simulator.faults.add({ on: 'startCampaign', fault: lost });
      }
    });
    const note = 'x'.repeat(200);
    // They are made one by one, as a host reads its items.
    function* contacts() {
      for (let index = 0; index < CONTACTS; index += 1) {
        yield contact(numberOf(index), { customer_name: `${note}${String(index)}` });
      }
    }
    const results = await world.launch({ contacts: contacts() });

    expect(results.map(({ part, parts, skipped }) => [part, parts, skipped])).toEqual([
      [1, 2, false],
      [2, 2, false],
    ]);
    const running = world.simulator.campaigns.filter(({ startedTimes }) => startedTimes > 0);
    expect(running.map(({ id, startedTimes }) => [id, startedTimes])).toEqual(
      results.map(({ campaign_id: id }) => [id, 1]),
    );
    const files = new Map(
      world.simulator.storageRequests.map(({ path, body }) => [decodeURIComponent(path), body]),
    );
    const dialed = running.flatMap(({ sourceId }) => {
      const file = [...files].find(([path]) => path.endsWith(sourceId))?.[1];
      return numbersIn(file);
    });
    expect(dialed).toHaveLength(CONTACTS);
    expect(new Set(dialed).size).toBe(CONTACTS);
    expect(results.flatMap(({ contact_indexes: indexes }) => indexes)).toEqual(
      Array.from({ length: CONTACTS }, (_, index) => index),
    );
  });
});
