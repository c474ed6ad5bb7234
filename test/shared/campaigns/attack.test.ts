import {
  DograhClient,
  parseCredentials,
  type LaunchedCampaign,
  type Transport,
} from '@dograh/shared';
import { axiosTransport } from '@dograh/shared/axios-transport';
import type { Fault } from '../../../tools/simulator';
import { act, request } from '../../../tools/simulator/campaigns/campaign-caller';
import {
  contact,
  launchInput,
  startCampaignWorld,
  type CampaignWorld,
} from '../../support/campaigns';
import { rejectionOf } from '../../support/refusal';
import { HOUR, MINUTE } from '../../support/rules';
import { CampaignWorld as DograhWorld } from './campaign-world';

/** Attempts to have the same people called by two campaigns. */

let world: CampaignWorld;

beforeAll(async () => {
  world = await startCampaignWorld();
});
beforeEach(() => {
  world.reset();
});
afterAll(() => world.simulator.stop());

function starts(): number[] {
  return world.simulator.campaigns.map(({ startedTimes }) => startedTimes);
}

/** A launch that is killed after it has created its campaign. */
async function killedAfterCreate(startNow = true): Promise<void> {
  const stop = new AbortController();
  const off = world.simulator.onRequest(({ path }) => {
    if (path.endsWith('/campaign/create')) stop.abort();
  });
  await rejectionOf(world.launch({ startNow }, { signal: stop.signal }));
  off();
}

/** A person creates and starts a campaign with the file of campaign 1. */
async function startCopyByHand(): Promise<void> {
  const [original] = world.simulator.campaigns;
  const { body } = await request(world.simulator, 'POST', '/campaign/create', {
    name: 'By hand',
    workflow_id: original?.agentId,
    source_type: 'csv',
    source_id: original?.sourceId,
  });
  await act(world.simulator, (body as { id: number }).id, 'start');
}

/** A client with a clock of its own, or with something that happens before a start is sent. */
function client({
  ahead = 0,
  hasDate = true,
  operationMs = Infinity,
  beforeStart = () => Promise.resolve(),
}: {
  readonly ahead?: number;
  readonly hasDate?: boolean;
  readonly operationMs?: number;
  readonly beforeStart?: () => Promise<unknown>;
}): DograhClient {
  const { apiKey } = world.simulator.world.acme;
  const credentials = parseCredentials({ apiKey, baseUrl: world.simulator.url }, 'private');
  const axios = axiosTransport(credentials.apiKey);
  const send: Transport['send'] = async (sent) => {
    if (sent.url.endsWith('/start')) await beforeStart();
    const response = await axios.send(sent);
    const headers = Object.entries(response.headers).filter(([name]) => hasDate || name !== 'date');
    return { ...response, headers: Object.fromEntries(headers) };
  };
  const { clock } = world;
  return new DograhClient({
    ...credentials,
    operationMs,
    transport: { send },
    clock: {
      now: () => clock.now() + ahead,
      random: () => 0,
      uuid: () => crypto.randomUUID(),
      sleep: (ms) => clock.sleep(ms),
    },
  });
}

describe('a campaign of a launch that stopped', () => {
  it('is not resumed, because its launch may be repeated at the same moment', async () => {
    await killedAfterCreate();
    world.clock.advance(6 * MINUTE);
    const error = await rejectionOf(world.connect().resumeCampaign(1));

    expect(error).toMatchObject({ kind: 'InvalidInput', callPlaced: 'no' });
    expect(error.fullMessage).toMatch(/stopped before its end.*Launch the contacts again/);
    expect(starts()).toEqual([0]);
  });

  it('is not resumed by a slow program while another launch runs', async () => {
    await killedAfterCreate();
    world.clock.advance(6 * MINUTE);
    let launched: readonly LaunchedCampaign[] = [];
    const slow = client({
      beforeStart: async () => {
        launched = await world.launch();
      },
    });
    await rejectionOf(slow.resumeCampaign(1));
    if (launched.length === 0) launched = await world.launch();

    expect(launched).toMatchObject([{ campaign_id: 2, never_started_campaigns: [1] }]);
    expect(starts()).toEqual([0, 1]);
  });

  it('is not resumed together with the one of a second launch that stopped', async () => {
    for (let launches = 0; launches < 2; launches += 1) {
      await killedAfterCreate();
      world.clock.advance(6 * MINUTE);
    }
    await Promise.all([1, 2].map((id) => rejectionOf(world.connect().resumeCampaign(id))));

    expect(starts()).toEqual([0, 0]);
  });
});

describe('a copy of a campaign that a person has started', () => {
  it('keeps the campaign from being resumed', async () => {
    await world.launch({ startNow: false });
    await startCopyByHand();
    const error = await rejectionOf(world.connect().resumeCampaign(1));

    expect(error.message).toMatch(/campaign 2 was launched with the same Campaign Reference/);
    expect(starts()).toEqual([0, 1]);
  });

  it('counts as the launch if it was started before the launch has started its own', async () => {
    let copy: Promise<void> | undefined;
    world.reset(undefined, async () => {
      if (world.simulator.campaigns.length > 0) await (copy ??= startCopyByHand());
    });
    const launched = await world.launch();

    expect(launched).toMatchObject([{ campaign_id: 2, never_started_campaigns: [1] }]);
    expect(starts()).toEqual([0, 1]);
  });
});

describe('of two launches that were left for a person to start', () => {
  it('the first is not resumed if the person has started the second', async () => {
    const second = world.launch({ startNow: false });
    await world.launch({ startNow: false });
    await second;
    expect(starts()).toEqual([0, 0]);
    await act(world.simulator, 2, 'start');
    const error = await rejectionOf(world.connect().resumeCampaign(1));
    const again = await world.launch();
    const found = await world.connect().findCampaign({ reference: 'spring-2026' });

    expect(error.message).toMatch(/would be called twice/);
    expect(found?.campaign_id).toBe(2);
    expect(again).toMatchObject([{ campaign_id: 2, skipped: true }]);
    expect(starts()).toEqual([0, 1]);
  });
});

describe('a launch whose clock is hours ahead, of a Dograh that does not tell its time', () => {
  it('does not take a launch that begins to start for one that ended', async () => {
    const other = client({ ahead: 3 * HOUR, hasDate: false, operationMs: 25_000 });
    const launch = launchInput(world.simulator);
    let outcome: unknown;
    const first = client({
      hasDate: false,
      beforeStart: async () => {
        outcome = await rejectionOf(other.launchCampaign(launch));
      },
    });

    expect(await first.launchCampaign(launch)).toMatchObject([{ campaign_id: 1, skipped: false }]);
    expect(outcome).toMatchObject({ kind: 'InProgress' });
    expect(starts()).toEqual([1, 0]);
  });
});

describe('a launch whose clock is hours behind, of a Dograh that does not tell its time', () => {
  it('does not wait for hours for a launch that stopped', async () => {
    await killedAfterCreate();
    world.clock.advance(HOUR);
    const began = world.clock.now();
    const late = client({ ahead: -3 * HOUR, hasDate: false });

    expect(await late.launchCampaign(launchInput(world.simulator))).toMatchObject([
      { campaign_id: 2, never_started_campaigns: [1] },
    ]);
    expect(world.clock.now() - began).toBeLessThan(MINUTE);
  });
});

describe('a campaign that Dograh has created', () => {
  it.each([408, 425, 499])('is found although a proxy answered %s', async (status) => {
    const fault: Fault = { kind: 'status', status, callPlaced: true, body: '<html></html>' };
    world.simulator.faults.add({ on: 'createCampaign', fault });

    expect(await world.launch()).toMatchObject([{ campaign_id: 1, state: 'syncing' }]);
    expect(starts()).toEqual([1]);
  });

  it('is not denied if the execution was stopped before the response', async () => {
    const stop = new AbortController();
    const off = world.simulator.onRequest(({ path }) => {
      if (path.endsWith('/campaign/create')) stop.abort();
    });
    const error = await rejectionOf(world.launch({}, { signal: stop.signal }));
    off();

    expect(starts()).toEqual([0]);
    expect(error.fullMessage).not.toMatch(/No campaign was created/);
  });

  it('is not denied if Dograh cannot be read afterwards', async () => {
    const reset: Fault = { kind: 'reset', callPlaced: true, moment: 'after-placing' };
    world.simulator.faults.add({ on: 'createCampaign', fault: reset });
    const off = world.simulator.onRequest(({ path }) => {
      if (!path.endsWith('/campaign/create')) return;
      const down: Fault = { kind: 'status', status: 502, callPlaced: false };
      world.simulator.faults.add({ on: 'campaigns', fault: down, times: Infinity });
    });
    const error = await rejectionOf(world.launch());
    off();

    expect(starts()).toEqual([0]);
    expect(error.fullMessage).toMatch(/Dograh may have created a campaign without telling its ID/);
    expect(error.fullMessage).not.toMatch(/No campaign was created/);
  });
});

describe('contacts that Dograh itself calls again', () => {
  it('are not redialed by another campaign', async () => {
    const dograh = await DograhWorld.start();
    try {
      dograh.reset();
      const busy = contact('+14155550191');
      const input = launchInput(dograh.simulator, { retries: { maximum: 0 }, contacts: [busy] });
      const [parent] = await dograh.client().launchCampaign(input);
      const campaignId = parent?.campaign_id;
      dograh.simulator.advance(2 * HOUR);
      const path = `/campaign/${String(campaignId)}/redial`;
      const { body } = await request(dograh.simulator, 'POST', path, { name: 'By hand' });
      const { id } = body as { id: number };
      await act(dograh.simulator, id, 'start');
      const redial = { campaignId, outcomes: 'busy' };
      const error = await rejectionOf(dograh.client().redialCampaign(redial));

      expect(error).toMatchObject({ kind: 'InvalidInput', callPlaced: 'no' });
      expect(error.message).toMatch(`Campaign ${id} calls contacts of campaign`);
      expect(dograh.simulator.campaigns).toHaveLength(2);
    } finally {
      await dograh.simulator.stop();
    }
  });
});

describe('the API key', () => {
  it('does not become the name of a campaign', async () => {
    const { apiKey } = world.simulator.world.acme;
    const error = await rejectionOf(world.launch({ name: `Spring ${apiKey}` }));

    expect(error.message).toMatch(/Campaign Name contains the API key/);
    expect(error.fullMessage).not.toContain(apiKey);
    expect(world.simulator.campaigns).toEqual([]);
  });
});

describe('a CSV file', () => {
  it('is refused if a value without quotes moves the others below a column without a name', async () => {
    const { uuid } = world.simulator.world.agents.triggerOnlyInDraft;
    const agent = { by: 'agentUuid', value: uuid } as const;
    const rows = ['customer_name,fax,phone_number,', 'Lee, Ann,+12122000000,+12122000101'];
    const error = await rejectionOf(world.connect().readContacts({ agent, file: rows.join('\n') }));

    expect(error.message).toMatch(/Row 2 of CSV File has 4 values, but there are 3 columns/);
  });

  it('may have empty columns at its end', async () => {
    const { uuid } = world.simulator.world.agents.triggerOnlyInDraft;
    const agent = { by: 'agentUuid', value: uuid } as const;
    const rows = ['customer_name,phone_number,,', 'Ann,+12122000101,,'];
    const { contacts } = await world.connect().readContacts({ agent, file: rows.join('\n') });

    expect(contacts).toMatchObject([{ phoneNumber: '+12122000101' }]);
  });
});
