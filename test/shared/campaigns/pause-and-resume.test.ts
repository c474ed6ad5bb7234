import type { DograhClient, PausedCampaign } from '@dograh/shared';
import {
  act,
  contactsFile,
  create,
  launch,
} from '../../../tools/simulator/campaigns/campaign-caller';
import type { Fault } from '../../../tools/simulator';
import { rejectionOf } from '../../support/refusal';
import { CampaignWorld, HOUR, MINUTE, SECOND, VERSIONS } from './campaign-world';

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

/** Dialed after the pause, whatever time passes. */
function dialedLater(): number {
  const before = world.simulator.calls.length;
  world.simulator.advance(2 * HOUR);
  return world.simulator.calls.length - before;
}

async function pausedAfter(ms: number, contacts = 12): Promise<PausedCampaign> {
  const id = await launch(world.simulator, { csv: contactsFile(contacts) });
  world.simulator.advance(ms);
  return client.pauseCampaign(id);
}

describe('a pause', () => {
  it.each(VERSIONS)('says how many numbers may still be dialed (Dograh %s)', async (version) => {
    world.reset(version);
    const result = await pausedAfter(4 * SECOND);

    expect(result).toMatchObject({
      ...{ state: 'paused', contacts: 12, called: 4, pending: 8, may_still_be_dialed: 8 },
      notes: ['Dograh finishes the batch that is under way. It may still dial up to 8 numbers.'],
    });
    expect(dialedLater()).toBe(6);
  });

  it('says at most ten, the size of a batch', async () => {
    const result = await pausedAfter(3 * SECOND, 30);

    expect(result).toMatchObject({ pending: 27, may_still_be_dialed: 10 });
    expect(dialedLater()).toBe(7);
  });

  it('says none if all are called', async () => {
    expect(await pausedAfter(10 * MINUTE, 3)).toMatchObject({
      ...{ pending: 0, may_still_be_dialed: 0, notes: ['No more numbers are dialed.'] },
    });
    expect(dialedLater()).toBe(0);
  });

  it('also counts retries, which are calls to contacts that were called', async () => {
    const csv = 'phone_number,first_name,email\n+14155550191,Ada,a@b.c';
    const id = await launch(world.simulator, { csv });
    world.simulator.advance(30 * SECOND);

    expect(await client.pauseCampaign(id)).toMatchObject({ pending: 0, may_still_be_dialed: 1 });
  });

  it('is sent once, and no number is dialed by the client', async () => {
    const id = await launch(world.simulator, { csv: contactsFile(3) });
    world.simulator.advance(5 * SECOND);
    const before = world.simulator.requests.length;
    await client.pauseCampaign(id);

    expect(world.pathsSince(before).filter((path) => path.startsWith('POST'))).toEqual([
      `POST /campaign/${id}/pause`,
    ]);
  });

  it('of a paused campaign changes nothing, and says since when nobody is dialed', async () => {
    const { campaign_id: id } = await pausedAfter(4 * SECOND);
    const before = world.simulator.requests.length;

    expect(await client.pauseCampaign(id)).toMatchObject({
      ...{ state: 'paused', may_still_be_dialed: 8 },
      notes: ['The campaign was paused already.', expect.stringMatching(/up to 8 numbers\.$/)],
    });
    world.simulator.advance(30 * MINUTE);
    expect(await client.pauseCampaign(id)).toMatchObject({
      ...{ state: 'paused', pending: 2, may_still_be_dialed: 0 },
      notes: ['The campaign was paused already.', 'No more numbers are dialed.'],
    });
    expect(world.pathsSince(before).filter((path) => path.startsWith('POST'))).toEqual([]);
  });

  it('while Dograh reads the file is sent again when Dograh has undone it', async () => {
    const id = await launch(world.simulator, { csv: contactsFile(12) });
    const result = await client.pauseCampaign(id);

    const pending = 12 - world.simulator.calls.length;
    expect(result).toMatchObject({ state: 'paused', contacts: 12, pending });
    expect(pending).toBeGreaterThan(2);
    expect(world.campaign(id).state).toBe('paused');
    expect(result.may_still_be_dialed).toBeLessThanOrEqual(10);
    expect(dialedLater()).toBeLessThanOrEqual(result.may_still_be_dialed);
    expect(world.campaign(id).state).toBe('paused');
  });

  it('that Dograh will undo later says so', async () => {
    const id = await launch(world.simulator, { csv: contactsFile(12) });
    // The client has no time to wait for it.
    const result = await world.client({ operationMs: 4_000 }).pauseCampaign(id);

    expect(result).toMatchObject({ state: 'paused', contacts: 12, may_still_be_dialed: 12 });
    expect(result.notes[0]).toMatch(/it calls in spite of the pause\. Pause the campaign again/);
  });

  it('of a campaign that was never started is an error', async () => {
    const { body } = await create(world.simulator);
    const { id } = body as { id: number };

    expect(await rejectionOf(client.pauseCampaign(id))).toMatchObject({
      kind: 'InvalidInput',
      message: 'Campaign 1 (Spring) cannot be paused, because its state is created.',
      hint: 'It was never started, so it calls nobody.',
    });
    expect(world.campaign(id).state).toBe('created');
  });

  it('of a campaign that has ended is an error', async () => {
    const id = await launch(world.simulator);
    world.simulator.advance(3 * HOUR);

    expect(await rejectionOf(client.pauseCampaign(id))).toMatchObject({
      kind: 'InvalidInput',
      message: 'Campaign 1 (Spring) cannot be paused, because its state is completed.',
    });
  });

  it('that comes too late returns the campaign as it is', async () => {
    const id = await launch(world.simulator);
    world.simulator.advance(5 * MINUTE);
    const stop = world.simulator.onRequest(({ method }) => {
      if (method === 'GET') Reflect.set(world.campaign(id), 'state', 'completed');
    });
    const result = await client.pauseCampaign(id);
    stop();

    expect(result).toMatchObject({ state: 'completed', called: 3 });
  });

  it('is reported although the contacts cannot be counted', async () => {
    const id = await launch(world.simulator, { csv: contactsFile(12) });
    world.simulator.advance(4 * SECOND);
    const fault: Fault = { kind: 'status', status: 503, callPlaced: false };
    world.simulator.faults.add({ on: 'runs', fault, times: Infinity });

    expect(await client.pauseCampaign(id)).toMatchObject({
      ...{ state: 'paused', called: null, may_still_be_dialed: 10 },
      notes: [expect.stringContaining('up to 10'), 'The contacts could not be counted.'],
    });
  });
});

describe('a resumption', () => {
  it('continues a paused campaign', async () => {
    const { campaign_id: id } = await pausedAfter(4 * SECOND);
    world.simulator.advance(HOUR);

    expect(await client.resumeCampaign(id)).toMatchObject({
      ...{ state: 'running', called: 10, pending: 2, notes: [] },
    });
    expect(dialedLater()).toBe(2);
  });

  it('of a running campaign changes nothing', async () => {
    const id = await launch(world.simulator);
    world.simulator.advance(2 * SECOND);

    expect(await client.resumeCampaign(id)).toMatchObject({
      ...{ state: 'running', notes: ['The campaign was not paused.'] },
    });
  });

  it('of a campaign that has ended is an error that says what to do', async () => {
    const id = await launch(world.simulator);
    world.simulator.advance(3 * HOUR);

    expect(await rejectionOf(client.resumeCampaign(id))).toMatchObject({
      kind: 'InvalidInput',
      hint: expect.stringContaining('launch a new campaign with them'),
    });
  });

  it('without telephony is no error of the API key', async () => {
    const { campaign_id: id } = await pausedAfter(4 * SECOND);
    for (const configuration of Object.values(world.simulator.world.telephony)) {
      Object.assign(configuration, { organizationId: 999 });
    }

    expect(await rejectionOf(client.resumeCampaign(id))).toMatchObject({
      kind: 'Telephony',
      status: 401,
      message:
        'Dograh did not resume campaign 1, because the organization has no telephony configuration.',
      hint: expect.stringContaining('The API key is right.'),
    });
  });

  it('without credit says so in the words of Dograh', async () => {
    const { campaign_id: id } = await pausedAfter(4 * SECOND);
    world.simulator.world.acme.quotaExhausted = 'You have exhausted your Dograh credits.';

    expect(await rejectionOf(client.resumeCampaign(id))).toMatchObject({
      kind: 'QuotaExceeded',
      message: 'Dograh did not resume campaign 1: You have exhausted your Dograh credits.',
      hint: expect.stringMatching(/^Add credit/),
    });
    world.simulator.world.acme.quotaExhausted = 'Could not verify Dograh credits.';
    expect((await rejectionOf(client.resumeCampaign(id))).hint).toMatch(/^Check the credit/);
  });
});

const FAULTS: [string, Fault][] = [
  ['a 502 before', { kind: 'status', status: 502, callPlaced: false }],
  ['a 502 after', { kind: 'status', status: 502, callPlaced: true }],
  ['a 429', { kind: 'status', status: 429, callPlaced: false }],
  ['a reset before', { kind: 'reset', callPlaced: false, moment: 'after-reading' }],
  ['a reset after', { kind: 'reset', callPlaced: true, moment: 'after-placing' }],
  ['a response that is cut off', { kind: 'cut-off', callPlaced: true }],
  ['a web page', { kind: 'not-json', callPlaced: true }],
  ['JSON of another shape', { kind: 'off-contract', callPlaced: true, body: {} }],
];

describe.each(FAULTS)('after %s the change', (_name, fault) => {
  it.each(['pause', 'resume'] as const)('is done: %s', async (change) => {
    const id = await launch(world.simulator, { csv: contactsFile(12) });
    world.simulator.advance(4 * SECOND);
    if (change === 'resume') await act(world.simulator, id, 'pause');
    world.simulator.faults.add({ on: `${change}Campaign`, fault });
    const changed = change === 'pause' ? client.pauseCampaign(id) : client.resumeCampaign(id);
    const state = change === 'pause' ? 'paused' : 'running';

    expect(await changed).toMatchObject({ state, contacts: 12 });
    expect(world.campaign(id).state).toBe(state);
  });

  it.each(['pause', 'resume'] as const)('is unknown if it cannot be read: %s', async (change) => {
    const id = await launch(world.simulator, { csv: contactsFile(12) });
    world.simulator.advance(4 * SECOND);
    if (change === 'resume') await act(world.simulator, id, 'pause');
    world.simulator.faults.add({ on: `${change}Campaign`, fault, times: Infinity });
    const stop = world.simulator.onRequest(({ path }) => {
      if (!path.endsWith(`/${change}`)) return;
      const down: Fault = { kind: 'status', status: 502, callPlaced: false };
      world.simulator.faults.add({ on: 'campaign', fault: down, times: Infinity });
    });
    const changed = change === 'pause' ? client.pauseCampaign(id) : client.resumeCampaign(id);
    const error = await rejectionOf(changed);
    stop();

    expect(error).toMatchObject({
      kind: 'OutcomeUnknown',
      message: expect.stringMatching(
        new RegExp(`^It is not known whether campaign 1 was ${change}d: `),
      ),
      hint: expect.stringContaining('Run this again: that does no harm.'),
    });
  });
});

it('a change that fails every time is tried three times', async () => {
  const id = await launch(world.simulator, { csv: contactsFile(12) });
  world.simulator.advance(4 * SECOND);
  const fault: Fault = { kind: 'status', status: 502, callPlaced: false };
  world.simulator.faults.add({ on: 'pauseCampaign', fault, times: Infinity });
  const before = world.simulator.requests.length;

  expect((await rejectionOf(client.pauseCampaign(id))).kind).toBe('OutcomeUnknown');
  const posts = world.pathsSince(before).filter((path) => path.startsWith('POST'));
  expect(posts).toHaveLength(3);
});

it('a rejected key is an error of the key', async () => {
  const id = await launch(world.simulator);
  const stranger = world.client({ apiKey: 'dgr_wrong' });

  expect((await rejectionOf(stranger.pauseCampaign(id))).kind).toBe('Authentication');
});
