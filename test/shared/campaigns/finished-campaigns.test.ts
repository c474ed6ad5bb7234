import type { DograhClient } from '@dograh/shared';
import {
  act,
  contactsFile,
  create,
  launch,
} from '../../../tools/simulator/campaigns/campaign-caller';
import type { Fault } from '../../../tools/simulator';
import { rejectionOf } from '../../support/refusal';
import { CampaignPoller } from './campaign-poller';
import { CampaignWorld, HOUR, MINUTE, SECOND, VERSIONS } from './campaign-world';

let world: CampaignWorld;
let poller: CampaignPoller;
let client: DograhClient;

beforeAll(async () => {
  world = await CampaignWorld.start();
});
beforeEach(() => {
  world.reset();
  poller = new CampaignPoller(world);
  client = world.client();
});
afterEach(() => {
  expect(world.simulator.contractViolations).toEqual([]);
});
afterAll(() => world.simulator.stop());

const BUSY = '+14155550191';
const UNREACHABLE = '+14155550199';

function csvOf(...numbers: string[]): string {
  return ['phone_number,first_name,email', ...numbers.map((one) => `${one},Ada,a@b.c`)].join('\n');
}

/** Polls every minute. Returns after how many minutes the campaign came; undefined if not within that time. */
async function minutesUntilGiven(maxMinutes: number): Promise<number | undefined> {
  for (let minutes = 0; minutes <= maxMinutes; minutes += 1) {
    if ((await poller.poll()).length > 0) return minutes;
    world.simulator.advance(MINUTE);
  }
  return undefined;
}

describe('the first poll', () => {
  it('returns none, and remembers which campaigns are finished', async () => {
    await launch(world.simulator);
    world.simulator.advance(2 * HOUR);
    const running = await launch(world.simulator);
    world.simulator.advance(2 * MINUTE);
    const calling = await launch(world.simulator, { csv: csvOf(BUSY) });
    world.simulator.advance(3 * SECOND);

    expect(await poller.poll()).toEqual([]);
    world.simulator.advance(3 * HOUR);
    expect(await poller.poll()).toEqual([calling]);
    expect(await poller.poll()).toEqual([]);
    expect(running).toBe(2);
  });

  it('remembers all of many that completed lately', async () => {
    for (let count = 0; count < 25; count += 1) {
      await launch(world.simulator, { csv: csvOf(BUSY) });
    }
    world.simulator.advance(90 * MINUTE);

    expect(world.simulator.campaigns.every(({ state }) => state === 'completed')).toBe(true);
    expect([await poller.poll(), await poller.poll(), await poller.poll()]).toEqual([[], [], []]);
  });

  it.each([
    '',
    '{"version":0}',
    '"x"',
    '{"version":1,"revision":1,"source":"x","from":1,"seen":[]}',
  ])('happens again if the memory cannot be read: %p', async (stored) => {
    await launch(world.simulator);
    world.simulator.advance(2 * HOUR);
    poller.stored = stored || 'null';

    expect(await poller.poll()).toEqual([]);
    const id = await launch(world.simulator);
    world.simulator.advance(2 * HOUR);
    expect(await poller.poll()).toEqual([id]);
  });
});

describe('a campaign is returned once', () => {
  beforeEach(async () => {
    await poller.poll();
  });

  it.each(VERSIONS)('with its counts, soon after its last call (Dograh %s)', async (version) => {
    world.simulator.world.version = version;
    const id = await launch(world.simulator, { csv: contactsFile(12) });
    expect(await minutesUntilGiven(10)).toBeLessThanOrEqual(3);

    expect(poller.given).toMatchObject([
      {
        campaign_id: id,
        state: version === '1.45' ? 'running' : 'completed',
        ...{ contacts: 12, called: 12, pending: 0, never_called: 0, running: 0, percent: 100 },
        notes: [],
      },
    ]);
    world.simulator.advance(2 * HOUR);
    expect(await poller.poll()).toEqual([]);
  });

  it('for one request while nothing finishes', async () => {
    await create(world.simulator);
    await poller.poll();
    const before = world.simulator.requests.length;
    await poller.poll();

    expect(world.pathsSince(before)).toEqual(['GET /campaign/']);
  });

  it('not while a call continues, and not before its result is written', async () => {
    await launch(world.simulator, { csv: contactsFile(1) });
    world.simulator.advance(3 * SECOND);
    const [run] = world.simulator.runs;
    // The call began long ago, so that only its state says that it continues.
    if (run !== undefined) run.createdAt = new Date(Date.now() - HOUR / 2).toISOString();
    expect(await poller.poll()).toEqual([]);
    world.simulator.advance(5.4 * SECOND);
    expect(run).toMatchObject({ resultsAt: null });
    expect(await poller.poll()).toEqual([]);
    world.simulator.advance(MINUTE);
    expect(await poller.poll()).toEqual([1]);
  });

  it('although a call stays open for more than a day', async () => {
    await launch(world.simulator, { csv: contactsFile(2) });
    world.simulator.advance(MINUTE);
    const [run] = world.simulator.runs;
    run?.states.pop();
    world.simulator.advance(23 * HOUR);
    expect(await poller.poll()).toEqual([]);
    world.simulator.advance(2 * HOUR);
    expect(await poller.poll()).toEqual([1]);
  });

  it('after its retries', async () => {
    await launch(world.simulator, { csv: csvOf(BUSY) });
    world.simulator.advance(8 * SECOND);
    expect(world.simulator.calls[0]).toMatchObject({ disposition: 'busy' });
    expect(await minutesUntilGiven(20)).toBeGreaterThan(2);
    expect(world.simulator.calls).toHaveLength(2);
    expect(poller.given).toMatchObject([{ contacts: 1, called: 1 }]);
  });

  it('without waiting for an hour if a contact could not be called', async () => {
    await launch(world.simulator, { csv: csvOf(UNREACHABLE, '+14155552003') });

    expect(await minutesUntilGiven(10)).toBeLessThanOrEqual(3);
    expect(poller.given).toMatchObject([{ called: 1, never_called: 1 }]);
  });

  it.each([
    ['lost rows', { kind: 'lost-rows', rows: 2 }],
    ['a killed worker', { kind: 'killed-worker', moment: 'before-dialing', afterRows: 1 }],
  ] as const)('when Dograh completes it, after %s', async (_name, defect) => {
    world.simulator.breakCampaign(defect);
    await launch(world.simulator, { csv: contactsFile(5) });
    const minutes = await minutesUntilGiven(100);

    expect(minutes).toBeGreaterThanOrEqual(60);
    expect(poller.given).toMatchObject([{ state: 'completed', contacts: 5, pending: 0 }]);
    expect(poller.given[0]?.never_called).toBeGreaterThan(0);
  });

  it('when no batch can be under way, after it failed', async () => {
    world.simulator.breakCampaign({ kind: 'raced-start' });
    const id = await launch(world.simulator, { csv: contactsFile(12) });
    await act(world.simulator, id, 'start');
    world.simulator.advance(2 * SECOND);
    expect(world.campaign(id).state).toBe('failed');
    const minutes = await minutesUntilGiven(60);

    expect(minutes).toBeGreaterThanOrEqual(25);
    expect(minutes).toBeLessThanOrEqual(27);
    expect(poller.given).toMatchObject([{ state: 'failed', called: 10, never_called: 2 }]);
  });

  it('not while it is paused with pending contacts', async () => {
    const id = await launch(world.simulator, { csv: contactsFile(12) });
    world.simulator.advance(3 * SECOND);
    await act(world.simulator, id, 'pause');
    expect(await minutesUntilGiven(60)).toBeUndefined();
    await act(world.simulator, id, 'resume');
    expect(await minutesUntilGiven(10)).toBeLessThanOrEqual(5);
  });

  it('also if it is paused and nobody is left to call', async () => {
    const id = await launch(world.simulator, { csv: contactsFile(3) });
    world.simulator.advance(10 * SECOND);
    await act(world.simulator, id, 'pause');

    expect(await minutesUntilGiven(10)).toBeLessThanOrEqual(3);
    expect(poller.given).toMatchObject([{ state: 'paused', called: 3 }]);
  });

  it('also if it was created and finished between two polls', async () => {
    const first = await launch(world.simulator, { csv: contactsFile(2) });
    world.simulator.advance(3 * HOUR);
    const second = await launch(world.simulator, { csv: contactsFile(2) });
    world.simulator.advance(3 * HOUR);

    expect(await poller.poll()).toEqual([first, second]);
    expect(await poller.poll()).toEqual([]);
  });

  it('also if Dograh lists it after a campaign that was created later', async () => {
    world.simulator.world.version = '1.48';
    const early = await launch(world.simulator, { csv: contactsFile(1) });
    const later = await launch(world.simulator, { csv: csvOf('+14155552009') });
    world.simulator.advance(3 * MINUTE);
    const { organizationId } = world.campaign(early);
    Reflect.set(world.campaign(early), 'organizationId', 999);
    expect(await poller.poll()).toEqual([later]);
    Reflect.set(world.campaign(early), 'organizationId', organizationId);

    expect(await poller.poll()).toEqual([early]);
    expect(await poller.poll()).toEqual([]);
  });

  it('if its agent is wanted', async () => {
    const { leadQualifier, appointmentReminder } = world.simulator.world.agents;
    poller.filters = { agents: appointmentReminder.uuid };
    await poller.poll();
    await launch(world.simulator);
    world.simulator.advance(2 * HOUR);
    expect(await poller.poll()).toEqual([]);

    poller.filters = { agents: [leadQualifier.uuid] };
    await launch(world.simulator);
    world.simulator.advance(2 * HOUR);
    expect(await poller.poll()).toEqual([2]);
  });

  it('to each organization', async () => {
    const { apiKey } = world.simulator.world.globex;
    poller.organization = 'globex';
    await poller.poll();
    const body = { workflow_id: world.simulator.world.agents.globexSurvey.id };
    const csv = 'phone_number,customer_name\n+14155550150,Ada';
    const theirs = await launch(world.simulator, { csv, apiKey, body });
    const ours = await launch(world.simulator);
    world.simulator.advance(2 * HOUR);

    expect(await poller.poll()).toEqual([theirs]);
    poller.organization = 'acme';
    expect(await poller.poll()).toEqual([ours]);
    expect(await poller.poll()).toEqual([]);
  });

  const fault: Fault = { kind: 'status', status: 503, callPlaced: false };

  it('by the next poll if the list cannot be read', async () => {
    await launch(world.simulator);
    world.simulator.advance(2 * HOUR);
    world.simulator.faults.add({ on: 'campaigns', fault, times: 3 });
    const { stored } = poller;

    expect((await rejectionOf(poller.poll())).kind).toBe('Server');
    expect(poller.stored).toBe(stored);
    expect(await poller.poll()).toEqual([1]);
  });

  it('by the next poll if its runs cannot be read, while others are returned', async () => {
    await launch(world.simulator);
    world.simulator.advance(2 * MINUTE);
    await launch(world.simulator);
    world.simulator.advance(2 * MINUTE);
    world.simulator.faults.add({ on: 'campaignRuns', fault, times: 3 });

    expect(await poller.poll()).toEqual([1]);
    expect(await poller.poll()).toEqual([2]);
  });

  it('without counts if its contacts cannot be counted', async () => {
    await launch(world.simulator);
    world.simulator.advance(2 * MINUTE);
    world.simulator.faults.add({ on: 'runs', fault, times: 3 });

    expect(await poller.poll()).toEqual([1]);
    expect(poller.given).toMatchObject([
      { called: null, notes: ['The contacts could not be counted.'] },
    ]);
    expect(await poller.poll()).toEqual([]);
  });

  it('with a small memory', async () => {
    for (let index = 0; index < 200; index += 1) {
      await create(world.simulator, { csv: contactsFile(1) });
    }
    await poller.poll();
    expect(poller.stored.length).toBeLessThan(2_000);
  }, 60_000);
});

describe('recent finished campaigns', () => {
  const ids = async (filters = {}): Promise<number[]> =>
    (await client.recentFinishedCampaigns(filters)).map(({ campaign_id: id }) => id);

  it('are the last ones first, for one request if they ended long ago', async () => {
    const first = await launch(world.simulator);
    world.simulator.advance(2 * HOUR);
    const second = await launch(world.simulator);
    world.simulator.advance(4 * HOUR);
    const before = world.simulator.requests.length;

    expect(await ids()).toEqual([second, first]);
    expect(world.pathsSince(before)).toEqual(['GET /campaign/']);
    expect(await client.recentFinishedCampaigns({})).toMatchObject([
      { state: 'completed', contacts: 3, called: null },
      { state: 'completed' },
    ]);
  });

  it.each(VERSIONS)('contain one that finished a moment ago (Dograh %s)', async (version) => {
    world.simulator.world.version = version;
    const id = await launch(world.simulator);
    world.simulator.advance(5 * SECOND);
    expect(await ids()).toEqual([]);
    world.simulator.advance(3 * MINUTE);

    expect(await ids()).toEqual([id]);
  });

  it.each(VERSIONS)(
    'contain one of which the provider refused a number, although paused ones have fewer rows left (Dograh %s)',
    async (version) => {
      world.simulator.world.version = version;
      for (let index = 0; index < 4; index += 1) {
        const paused = await launch(world.simulator, { csv: contactsFile(21) });
        // The pause lets the second batch through. Then one row is left.
        world.simulator.runBatch(paused);
        await act(world.simulator, paused, 'pause');
        world.simulator.advance(MINUTE);
      }
      world.simulator.world.unreachableNumbers.push(UNREACHABLE, '+14155550198');
      const id = await launch(world.simulator, {
        csv: csvOf(UNREACHABLE, '+14155550198', '+14155550123'),
      });
      world.simulator.advance(5 * MINUTE);

      expect(await ids()).toEqual([id]);
      expect(await client.latestFinishedCampaign({})).toMatchObject({
        ...{ campaign_id: id, called: 1, never_called: 2 },
      });
    },
  );

  it('contain none that may still call', async () => {
    await create(world.simulator);
    const id = await launch(world.simulator, { csv: contactsFile(12) });
    world.simulator.advance(3 * SECOND);
    await act(world.simulator, id, 'pause');
    world.simulator.advance(3 * HOUR);

    expect(await ids()).toEqual([]);
  });

  it('take at most ten requests', async () => {
    for (let index = 0; index < 8; index += 1) {
      await launch(world.simulator, { csv: contactsFile(2) });
      world.simulator.advance(2 * MINUTE);
    }
    const before = world.simulator.requests.length;
    const { uuid } = world.simulator.world.agents.leadQualifier;

    expect(await ids({ agents: uuid })).toHaveLength(4);
    expect(world.pathsSince(before).length).toBeLessThanOrEqual(10);
    world.simulator.advance(5 * HOUR);
    expect(await ids({ agents: uuid })).toHaveLength(8);
  });

  it('are all given by some polls, although each poll checks only some', async () => {
    const launched: number[] = [];
    for (let index = 0; index < 8; index += 1) {
      launched.push(await launch(world.simulator, { csv: contactsFile(1) }));
      world.simulator.advance(2 * MINUTE);
    }
    const given = new Set<number>();
    for (const chance of [0, 0.4, 0.7]) {
      const found = await world.client({ chance }).recentFinishedCampaigns({});
      expect(found).toHaveLength(4);
      for (const { campaign_id: id } of found) given.add(id);
    }

    expect([...given].sort()).toEqual(launched);
  });

  it('are at most 100', async () => {
    for (let index = 0; index < 105; index += 1) {
      await launch(world.simulator, { csv: contactsFile(1) });
    }
    world.simulator.advance(5 * HOUR);

    expect(await ids()).toHaveLength(100);
  }, 60_000);

  it('can be filtered by agent', async () => {
    await launch(world.simulator);
    world.simulator.advance(5 * HOUR);
    const { appointmentReminder, leadQualifier } = world.simulator.world.agents;

    expect(await ids({ agents: appointmentReminder.uuid })).toEqual([]);
    expect(await ids({ agents: leadQualifier.uuid })).toEqual([1]);
  });
});

describe('the newest finished campaign', () => {
  it('has counts', async () => {
    await launch(world.simulator);
    world.simulator.advance(5 * HOUR);
    const id = await launch(world.simulator, { csv: contactsFile(5) });
    world.simulator.advance(5 * MINUTE);
    await create(world.simulator);

    expect(await client.latestFinishedCampaign({})).toMatchObject({
      ...{ campaign_id: id, contacts: 5, called: 5, pending: 0 },
    });
  });

  it('is undefined if there is none', async () => {
    await create(world.simulator);
    await launch(world.simulator);

    expect(await client.latestFinishedCampaign({})).toBeUndefined();
  });
});
