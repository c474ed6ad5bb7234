import type { DograhClient, LaunchedCampaign } from '@dograh/shared';
import { act, launch as launchByHand } from '../../../tools/simulator/campaigns/campaign-caller';
import { contact, launchInput, numberOf, type TestLaunch } from '../../support/campaigns';
import { rejectionOf } from '../../support/refusal';
import { CampaignWorld, contactsOf, HOUR, MINUTE } from './campaign-world';

let world: CampaignWorld;
let client: DograhClient;

beforeAll(async () => {
  world = await CampaignWorld.start();
});
beforeEach(() => {
  world.reset();
  client = world.client();
});
afterEach(() => {
  expect(world.simulator.contractViolations).toEqual([]);
});
afterAll(() => world.simulator.stop());

const BUSY = '+14155550191';
const NO_ANSWER = '+14155550192';
const UNREACHABLE = '+14155550199';
const NO_RETRIES = { retries: { maximum: 0 } };

async function launch(input: TestLaunch = {}): Promise<number> {
  const [first] = await client.launchCampaign(launchInput(world.simulator, input));
  return idOf(first);
}

function idOf(launched: LaunchedCampaign | undefined): number {
  const { campaign_id: id } = launched ?? {};
  if (id === undefined || id === null) throw new Error('nothing was launched');
  return id;
}

function numbersOf(id: number): unknown[] {
  return world.campaign(id).rows.map(({ context }) => context['phone_number']);
}

const people = (...numbers: string[]) => numbers.map((number) => contact(number));

describe('calling contacts of a campaign again', () => {
  it('takes those with the chosen outcomes, and dials in the same way', async () => {
    const telephonyConfigurationId = world.simulator.world.telephony.acmeMain.id;
    const id = await launch({
      ...NO_RETRIES,
      telephonyConfigurationId,
      concurrency: 7,
      contacts: [
        contact(numberOf(1)),
        {
          phoneNumber: BUSY,
          context: { json: { customer_name: 'Bob', city: 'Bonn, "by the river"' } },
        },
        contact(NO_ANSWER, { customer_name: 'Eve' }),
      ],
    });
    world.simulator.advance(2 * HOUR);
    const [again] = await client.redialCampaign({ campaignId: id, outcomes: 'busy, no_answer' });
    world.simulator.advance(MINUTE);

    expect(again).toMatchObject({
      campaign_name: 'Spring (Redial)',
      contacts: 2,
      telephony_configuration_id: telephonyConfigurationId,
      skipped: false,
    });
    const second = world.campaign(idOf(again));
    expect(second.rows.map(({ context }) => context)).toMatchObject([
      { phone_number: BUSY, customer_name: 'Bob', city: 'Bonn, "by the river"' },
      { phone_number: NO_ANSWER, customer_name: 'Eve', city: '' },
    ]);
    expect(second.settings).toEqual(world.campaign(id).settings);
    expect(second.parentCampaignId).toBeNull();
  });

  it('calls exactly the contacts that Dograh lost', async () => {
    const id = await launch({ contacts: 12 });
    world.simulator.breakCampaign({ kind: 'lost-rows', rows: 3, campaignId: id });
    world.simulator.advance(3 * HOUR);
    const lost = await contactsOf(client, id, 'never_called');
    const again = idOf(
      (await client.redialCampaign({ campaignId: id, outcomes: ['never_called'] }))[0],
    );
    world.simulator.advance(MINUTE);

    expect(lost).toHaveLength(3);
    expect(numbersOf(again)).toEqual(lost.map(({ phone_number: number }) => number));
    const dialed = world.simulator.calls.map(({ phoneNumber }) => phoneNumber);
    expect(new Set(dialed).size).toBe(dialed.length);
    expect(dialed).toHaveLength(12);
  });

  it('is done once per campaign, unless a new reference is given', async () => {
    const id = await launch({ ...NO_RETRIES, contacts: people(BUSY) });
    world.simulator.advance(2 * HOUR);
    const redial = { campaignId: id, outcomes: 'busy' };
    const [first] = await client.redialCampaign(redial);
    const [second] = await client.redialCampaign(redial);
    const [third] = await client.redialCampaign({ ...redial, reference: 'third try' });

    expect(second).toMatchObject({ campaign_id: first?.campaign_id, skipped: true });
    expect(third).toMatchObject({ skipped: false });
    expect(world.simulator.campaigns).toHaveLength(3);
  });

  it('is refused while the campaign may still call someone', async () => {
    const id = await launch({ contacts: 30 });
    world.simulator.advance(5_000);
    const running = await rejectionOf(client.redialCampaign({ campaignId: id, outcomes: 'busy' }));
    await act(world.simulator, id, 'pause');
    const paused = await rejectionOf(
      client.redialCampaign({ campaignId: id, outcomes: 'never_called' }),
    );

    expect(running.message).toMatch(/is not finished .* called twice/);
    expect(paused.message).toMatch(/is not finished/);
    expect(world.simulator.campaigns).toHaveLength(1);
  });

  it('says so if nobody has the outcome', async () => {
    const id = await launch({ ...NO_RETRIES, contacts: people(UNREACHABLE) });
    world.simulator.advance(2 * HOUR);
    const [result] = await client.redialCampaign({ campaignId: id, outcomes: 'voicemail' });

    expect(result).toMatchObject({ campaign_id: null, state: 'not_created', contacts: 0 });
  });

  it('keeps the calling rules', async () => {
    const id = await launch({ ...NO_RETRIES, contacts: people(BUSY, NO_ANSWER) });
    world.simulator.advance(2 * HOUR);
    const [result] = await client.redialCampaign({
      campaignId: id,
      outcomes: 'busy, no_answer',
      callingRules: { doNotCall: [BUSY] },
    });

    expect(result).toMatchObject({
      contacts: 1,
      skipped_contacts: [{ contact: 'Contact 1', phone_number: BUSY, reason: 'do_not_call' }],
    });
  });

  it.each([
    ['no outcome', { outcomes: '' }, /Outcomes is empty/],
    ['an unknown outcome', { outcomes: 'sad' }, /Outcomes has no value "sad"/],
    [
      'calling hours',
      { callingRules: { callingHours: { from: '9', to: '17' } } },
      /Calling Hours cannot be changed/,
    ],
  ])('refuses %s', async (_name, redial, message) => {
    const id = await launch();
    const error = await rejectionOf(
      client.redialCampaign({ campaignId: id, outcomes: 'busy', ...redial }),
    );
    expect(error.message).toMatch(message);
  });
});

describe('a campaign that was not started', () => {
  it('is started by Resume', async () => {
    const id = await launch({ startNow: false });
    const result = await client.resumeCampaign(id);

    expect(result).toMatchObject({ campaign_id: id, state: 'syncing' });
    expect(world.campaign(id).startedTimes).toBe(1);
  });

  it('is not started if another campaign of its reference was', async () => {
    const stop = new AbortController();
    world.simulator.onRequest(({ path }) => {
      if (path.endsWith('/campaign/create')) stop.abort();
    });
    await rejectionOf(client.launchCampaign(launchInput(world.simulator), stop.signal));
    world.simulator.advance(6 * MINUTE);
    const [launched] = await world.client().launchCampaign(launchInput(world.simulator));
    const [orphan] = launched?.never_started_campaigns ?? [];
    const error = await rejectionOf(client.resumeCampaign(orphan));

    expect(error).toMatchObject({ kind: 'InvalidInput', callPlaced: 'no' });
    expect(error.message).toMatch(/same Campaign Reference\. Its contacts would be called twice/);
    expect(world.simulator.campaigns.map(({ startedTimes }) => startedTimes)).toEqual([0, 1]);
  });

  it('is found after a lost response to its start', async () => {
    const id = await launch({ startNow: false });
    world.simulator.faults.add({
      on: 'startCampaign',
      fault: { kind: 'reset', callPlaced: true, moment: 'after-placing' },
    });
    const result = await client.resumeCampaign(id);

    expect(result.state).not.toBe('created');
    expect(world.campaign(id).startedTimes).toBe(1);
  });
});

describe('a campaign', () => {
  it('is found by its reference, its name and its ID', async () => {
    const id = await launch({ reference: 'R-1', name: 'Spring list' });
    await launchByHand(world.simulator);
    const found = await Promise.all([
      client.findCampaign({ reference: ' R\u20111 ' }),
      client.findCampaign({ name: 'Spring list' }),
      client.findCampaign({ campaignId: String(id) }),
    ]);
    const missing = await Promise.all([
      client.findCampaign({ reference: 'R-2' }),
      client.findCampaign({ name: 'Autumn' }),
      client.findCampaign({ campaignId: 999 }),
    ]);

    expect(found.map((one) => one?.campaign_id)).toEqual([id, id, id]);
    expect(found[0]).toMatchObject({ contacts: 3, pending: 3, called: 0, never_called: 0 });
    expect(missing).toEqual([undefined, undefined, undefined]);
  });

  it('is searched by exactly one of them', async () => {
    const none = await rejectionOf(client.findCampaign({}));
    const two = await rejectionOf(client.findCampaign({ name: 'x', reference: 'y' }));

    expect(none.message).toMatch(/exactly one of/);
    expect(two.message).toMatch(/exactly one of/);
  });
});

describe('a redial', () => {
  it('is not redialed without a reference, so that a workflow does not call without end', async () => {
    const id = await launch({ ...NO_RETRIES, contacts: people(NO_ANSWER) });
    world.simulator.advance(2 * HOUR);
    const redial = { outcomes: 'no_answer' };
    const [second] = await client.redialCampaign({ ...redial, campaignId: id });
    world.simulator.advance(2 * HOUR);
    const error = await rejectionOf(
      client.redialCampaign({ ...redial, campaignId: second?.campaign_id }),
    );
    const found = await client.getCampaign(second?.campaign_id);

    expect(second?.parent_campaign_id).toBe(id);
    expect(found.parent_campaign_id).toBe(id);
    expect(error.message).toMatch(/is itself a redial of campaign \d+, so nobody was called/);
    expect(world.simulator.calls.map(({ phoneNumber }) => phoneNumber)).toEqual([
      NO_ANSWER,
      NO_ANSWER,
    ]);
  });
});
