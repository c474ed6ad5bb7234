import {
  CAMPAIGN_LABELS,
  CONTACT_LABELS,
  PAUSED_CAMPAIGN_LABELS,
  type CampaignResult,
} from '@dograh/shared';
import {
  act,
  contactsFile,
  create,
  launch,
} from '../../../tools/simulator/campaigns/campaign-caller';
import type { FaultTarget } from '../../../tools/simulator';
import { rejectionOf } from '../../support/refusal';
import { CampaignWorld, contactsOf, HOUR, MINUTE, SECOND } from './campaign-world';

let world: CampaignWorld;

beforeAll(async () => {
  world = await CampaignWorld.start();
});
beforeEach(() => {
  world.reset();
});
afterEach(() => {
  expect(world.simulator.contractViolations).toEqual([]);
});
afterAll(() => world.simulator.stop());

async function created(contacts = 3): Promise<number> {
  const { body } = await create(world.simulator, { csv: contactsFile(contacts) });
  return (body as { id: number }).id;
}

function counts({ contacts, called, pending, never_called, running }: CampaignResult): unknown {
  return { contacts, called, pending, never_called, running };
}

describe('a campaign', () => {
  it('that was not started has its contacts from its file, without rows that have no number', async () => {
    const csv = `phone_number,first_name,email\n,No One,a@b.c\n${contactsFile(3).split('\n').slice(1).join('\n')}\n`;
    const { body } = await create(world.simulator, { csv });
    const result = await world.client().getCampaign((body as { id: number }).id);

    expect(result).toMatchObject({
      campaign_id: 1,
      campaign_name: 'Spring',
      state: 'created',
      percent: null,
      agent_name: 'Lead Qualifier',
      campaign_url: 'http://localhost:3010/campaigns/1',
      problem: null,
      notes: [],
    });
    expect(counts(result)).toEqual({
      ...{ contacts: 3, called: 0, pending: 3, never_called: 0, running: 0 },
    });
    expect(Object.keys(result).sort()).toEqual(Object.keys(CAMPAIGN_LABELS).sort());
    const [request] = world.simulator.storageRequests.slice(-1);
    expect(request).toMatchObject({ method: 'GET' });
    expect(request?.headers).not.toHaveProperty('x-api-key');
  });

  it('that is running has accurate counts', async () => {
    const id = await launch(world.simulator, { csv: contactsFile(12) });
    world.simulator.advance(4 * SECOND);

    expect(counts(await world.client().getCampaign(id))).toEqual({
      ...{ contacts: 12, called: 4, pending: 8, never_called: 0, running: 4 },
    });
    world.simulator.advance(10 * MINUTE);
    const result = await world.client().getCampaign(String(id));
    expect(counts(result)).toEqual({
      ...{ contacts: 12, called: 12, pending: 0, never_called: 0, running: 0 },
    });
    expect(result).toMatchObject({ state: 'running', percent: 100 });
  });

  it('is complete although the provider refused a number', async () => {
    const csv = 'phone_number,first_name,email\n+14155550199,Ada,a@b.c\n+14155552002,Bob,b@b.c';
    const id = await launch(world.simulator, { csv });
    world.simulator.advance(10 * MINUTE);

    const result = await world.client().getCampaign(id);
    expect(counts(result)).toEqual({
      ...{ contacts: 2, called: 1, pending: 0, never_called: 1, running: 0 },
    });
    expect(result.percent).toBe(100);
    expect(await world.client().getCampaigns({})).toMatchObject([{ percent: 50 }]);
  });

  it('counts a contact once, whatever the number of its retries', async () => {
    const csv = 'phone_number,first_name,email\n+14155550191,Ada,a@b.c\n+14155552002,Bob,b@b.c';
    const id = await launch(world.simulator, { csv });
    world.simulator.advance(10 * MINUTE);

    expect(world.simulator.calls).toHaveLength(3);
    expect(counts(await world.client().getCampaign(id))).toEqual({
      ...{ contacts: 2, called: 2, pending: 0, never_called: 0, running: 0 },
    });
  });

  it('may have more than 100 calls', async () => {
    const id = await launch(world.simulator, { csv: contactsFile(230) });
    world.simulator.advance(20 * MINUTE);

    expect(counts(await world.client().getCampaign(id))).toMatchObject({
      contacts: 230,
      called: 230,
    });
    expect((await contactsOf(world.client(), id)).map(({ contact }) => contact)).toEqual(
      Array.from({ length: 230 }, (_, index) => index + 1),
    );
  });

  it('is counted although this Dograh cannot filter runs by campaign', async () => {
    world.simulator.world.unknownFilters.push('campaignId');
    const other = await launch(world.simulator);
    world.simulator.advance(5 * MINUTE);
    const id = await launch(world.simulator, { csv: contactsFile(2) });
    world.simulator.advance(5 * MINUTE);

    expect(await world.client().getCampaign(other)).toMatchObject({ contacts: 3, called: 3 });
    expect(await world.client().getCampaign(id)).toMatchObject({ contacts: 2, called: 2 });
  });

  it('of which the file is gone has no number of contacts, and says why', async () => {
    const id = await created();
    Reflect.set(world.campaign(id), 'sourceId', 'campaigns/1/gone.csv');
    const result = await world.client().getCampaign(id);

    expect(counts(result)).toEqual({
      ...{ contacts: null, called: 0, pending: null, never_called: null, running: 0 },
    });
    expect(result.notes).toEqual([expect.stringContaining('not known how many contacts')]);
    expect(await rejectionOf(contactsOf(world.client(), id))).toMatchObject({
      kind: 'NotFound',
      message: expect.stringContaining('no longer in Dograh'),
    });
  });

  it.each([999, '999'])('that does not exist is an error: %p', async (id) => {
    for (const read of [
      world.client().getCampaign(id),
      contactsOf(world.client(), Number(id)),
      world.client().openCampaignReport(id),
      world.client().pauseCampaign(id),
      world.client().resumeCampaign(id),
    ]) {
      expect(await rejectionOf(read)).toMatchObject({
        kind: 'NotFound',
        message: 'There is no campaign 999 in the organization of this API key.',
      });
    }
  });

  it('of another organization does not exist', async () => {
    const id = await created();
    const client = world.client({ apiKey: world.simulator.world.globex.apiKey });

    expect((await rejectionOf(client.getCampaign(id))).kind).toBe('NotFound');
  });

  it.each(['', 'Spring', 0, 2 ** 31, null])('needs an ID: %p', async (id) => {
    expect(await rejectionOf(world.client().getCampaign(id))).toMatchObject({
      kind: 'InvalidInput',
      message: expect.stringMatching(/^Campaign must be a whole number/),
    });
    expect(world.simulator.requests).toEqual([]);
  });
});

describe('the list of campaigns', () => {
  it('has the newest first, without counts, for one request', async () => {
    const first = await launch(world.simulator);
    const second = await created();
    const before = world.simulator.requests.length;
    const campaigns = await world.client().getCampaigns({});

    expect(world.pathsSince(before)).toEqual(['GET /campaign/']);
    expect(campaigns.map(({ campaign_id: id }) => id)).toEqual([second, first]);
    expect(campaigns[0]).toMatchObject({ state: 'created', called: null, pending: null });
  });

  it('can have a limit and states', async () => {
    const running = await launch(world.simulator);
    world.simulator.advance(2 * SECOND);
    const second = await created();
    const third = await created();
    const idsOf = (campaigns: readonly CampaignResult[]): number[] =>
      campaigns.map(({ campaign_id: id }) => id);
    const client = world.client();

    expect(idsOf(await client.getCampaigns({ limit: 1 }))).toEqual([third]);
    expect(idsOf(await client.getCampaigns({ limit: 1 }, { state: 'running' }))).toEqual([running]);
    expect(
      idsOf(await client.getCampaigns({ returnAll: true }, { state: 'created,paused' })),
    ).toEqual([third, second]);
    expect(await rejectionOf(client.getCampaigns({}, { state: 'draft' }))).toMatchObject({
      kind: 'InvalidInput',
      message: 'State has no value "draft".',
    });
  });

  it('has labels for a dropdown', async () => {
    await created();
    Reflect.set(world.campaign(1), 'createdAt', '2026-11-12T10:00:00.000Z');

    expect(await world.client().listCampaignChoices()).toEqual([
      {
        id: 1,
        name: 'Spring',
        state: 'created',
        createdAt: '2026-11-12T10:00:00.000Z',
        label: 'Spring (created, 12 Nov 2026)',
      },
    ]);
  });
});

describe('the report', () => {
  it('is the CSV file of Dograh', async () => {
    const id = await launch(world.simulator);
    world.simulator.advance(5 * MINUTE);
    const { content, ...file } = await world.client().openCampaignReport(id);

    expect(file).toEqual({
      campaign_id: id,
      fileName: 'campaign_1_report.csv',
      mimeType: 'text/csv',
    });
    expect(content.split('\r\n')).toHaveLength(5);
    expect(content).toMatch(/^Run ID,Campaign ID/);
  });

  it('is not a web page', async () => {
    const id = await created();
    const fault = { kind: 'not-json', callPlaced: true, body: '<html>Sign in</html>' } as const;
    world.simulator.faults.add({ on: 'campaignReport', fault });

    expect((await rejectionOf(world.client().openCampaignReport(id))).kind).toBe('Contract');
  });
});

describe('if Dograh fails', () => {
  const readers: [FaultTarget, (id: number) => Promise<unknown>][] = [
    ['campaign', (id) => world.client().getCampaign(id)],
    ['runs', (id) => world.client().getCampaign(id)],
    ['campaignRuns', (id) => world.client().getCampaign(id)],
    ['campaigns', () => world.client().getCampaigns({})],
    ['campaigns', () => world.client().listCampaignChoices()],
    ['campaign', (id) => contactsOf(world.client(), id)],
    ['campaignSource', (id) => contactsOf(world.client(), id)],
    ['storage', (id) => contactsOf(world.client(), id)],
    ['runs', (id) => contactsOf(world.client(), id)],
    ['campaignRuns', (id) => contactsOf(world.client(), id)],
    ['campaignReport', (id) => world.client().openCampaignReport(id)],
  ];

  it.each(readers)('the read of %s is repeated', async (on, read) => {
    const id = await launch(world.simulator);
    world.simulator.advance(5 * MINUTE);
    const expected = await read(id);
    world.simulator.faults.add({ on, fault: { kind: 'status', status: 502, callPlaced: false } });
    const reset = { kind: 'reset', callPlaced: false, moment: 'after-reading' } as const;
    world.simulator.faults.add({ on, fault: reset });

    expect(await read(id)).toEqual(expected);
  });

  it.each(readers)('for long, the read of %s is an error', async (on, read) => {
    const id = await launch(world.simulator);
    world.simulator.advance(5 * MINUTE);
    const status = { kind: 'status', status: 503, callPlaced: false } as const;
    world.simulator.faults.add({ on, fault: status, times: Infinity });
    expect(await rejectionOf(read(id))).toMatchObject({ kind: 'Server', status: 503 });

    world.simulator.faults.clear();
    const reset = { kind: 'reset', callPlaced: false, moment: 'after-reading' } as const;
    world.simulator.faults.add({ on, fault: reset, times: Infinity });
    expect(await rejectionOf(read(id))).toMatchObject({ kind: 'Network' });
  });

  it.each(readers)('to answer %s as the contract says, that is an error', async (on, read) => {
    const id = await launch(world.simulator);
    world.simulator.advance(5 * MINUTE);
    const page = { kind: 'not-json', callPlaced: true, body: '<html></html>' } as const;
    world.simulator.faults.add({ on, fault: page });
    expect(await rejectionOf(read(id))).toMatchObject({ kind: 'Contract' });

    world.simulator.faults.clear();
    const other = { kind: 'off-contract', callPlaced: true, body: { hello: 'world' } } as const;
    world.simulator.faults.add({ on, fault: other });
    expect(await rejectionOf(read(id))).toMatchObject({ kind: 'Contract' });
  });

  it.each([
    ['ftp://127.0.0.1/contacts.csv', 'Dograh led to an address without https or http'],
    ['file:///etc/passwd', 'Dograh led to an address without https or http'],
    ['contacts.csv', 'has an unexpected format'],
  ])('to name a safe address of the file, nothing is read there: %s', async (address, problem) => {
    const id = await launch(world.simulator);
    world.simulator.advance(HOUR);
    const body = { download_url: address, expires_in: 1 };
    world.simulator.faults.add({
      on: 'campaignSource',
      fault: { kind: 'off-contract', callPlaced: true, body },
    });

    expect(await rejectionOf(contactsOf(world.client(), id))).toMatchObject({
      kind: 'Contract',
      message: expect.stringContaining(problem),
    });
    const reads = world.simulator.storageRequests.filter(({ method }) => method === 'GET');
    expect(reads).toEqual([]);
  });
});

it('all keys of results have labels', async () => {
  const id = await launch(world.simulator, { csv: contactsFile(1) });
  const [contact] = await contactsOf(world.client(), id);
  const paused = await world.client().pauseCampaign(id);

  expect(Object.keys(contact ?? {}).sort()).toEqual(Object.keys(CONTACT_LABELS).sort());
  expect(Object.keys(paused).sort()).toEqual(Object.keys(PAUSED_CAMPAIGN_LABELS).sort());
  await act(world.simulator, id, 'resume');
});
