import { hurryWaits } from '../support/host-time';
import { dograhPace, startSimulator, type Simulator } from '../../tools/simulator';
import { contactsFile, create, launch } from '../../tools/simulator/campaigns/campaign-caller';
import { everythingIn, sentenceOf } from '../../tools/hosts/zapier/host';
import { runInZapier, type ZapierOutcome } from '../../tools/hosts/zapier/runtime';
import { connectionTo, errorOf, outputOf, runsOf } from '../../tools/hosts/zapier/step';
import { choicesIn, openDropdown } from './dropdown';

type Input = Readonly<Record<string, unknown>>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Ten contacts can be called at the same time. */
const SLOTS = 10;

hurryWaits();
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({
    campaignTiming: { ...dograhPace, syncMs: Infinity, rowMs: Infinity },
  });
});
beforeEach(() => {
  simulator.reset();
  const { acme, phoneNumbers } = simulator.world;
  acme.concurrentCallLimit = SLOTS;
  const more = Array.from({ length: SLOTS }, (_, index) => ({
    ...phoneNumbers.acmeSales,
    id: 1_000 + index,
    address: `+1415555${3_000 + index}`,
  }));
  Object.assign(phoneNumbers, Object.fromEntries(more.map((one) => [String(one.id), one])));
});
afterEach(() => {
  jest.restoreAllMocks();
  expect(simulator.contractViolations).toEqual([]);
});
afterAll(() => simulator.stop());

const step = (method: string, inputData: Input = {}, meta = {}): Promise<ZapierOutcome> =>
  runInZapier(`${method}.operation.perform`, {
    authData: connectionTo(simulator),
    inputData,
    meta,
  });
const pause = (campaign: unknown) => step('creates.pause_campaign', { campaign });
const resume = (campaign: unknown) => step('creates.resume_campaign', { campaign });
const find = async (input: Input) => runsOf(await step('searches.find_campaign', input));
const finished = async (input: Input = {}, meta = {}) =>
  runsOf(await step('triggers.campaign_finished', input, meta));
const idsOf = (items: readonly Input[]): unknown[] => items.map(({ id }) => id);

/** A campaign that has begun to call. */
async function calling(contacts: number, name = 'Spring'): Promise<number> {
  const id = await launch(simulator, { csv: contactsFile(contacts), body: { name } });
  simulator.runBatch(id);
  return id;
}

/** A campaign that ended. */
async function ended(contacts = 1, name = 'Spring'): Promise<number> {
  const id = await calling(contacts, name);
  simulator.advance(3 * HOUR);
  return id;
}

function stateOf(id: number): string | undefined {
  return simulator.campaigns.find((campaign) => campaign.id === id)?.state;
}

describe('Pause Campaign', () => {
  it('pauses a campaign, and says how many contacts may still be called', async () => {
    const id = await calling(25);
    const output = outputOf(await pause(String(id)));

    expect(stateOf(id)).toBe('paused');
    expect(output).toMatchObject({
      id,
      campaign_id: id,
      state: 'paused',
      contacts: 25,
      called: 10,
      pending: 15,
      never_called: 0,
      may_still_be_dialed: 10,
      notes: [expect.stringContaining('up to 10 numbers')],
    });
  });

  it('may run again', async () => {
    const id = await calling(25);
    outputOf(await pause(id));

    expect(outputOf(await pause(id))).toMatchObject({ id, state: 'paused' });
  });

  it.each<[string, (id: number) => unknown, RegExp]>([
    ['of another number', (id) => id + 1, /There is no campaign/],
    ['without a number', () => 'Spring', /Campaign/],
    ['that is empty', () => ' ', /Campaign/],
  ])('refuses a campaign %s', async (_what, campaignOf, sentence) => {
    const id = await calling(1);
    const error = errorOf(await pause(campaignOf(id)));

    expect(error.name).toBe('AppError');
    expect(sentenceOf(error)).toMatch(sentence);
    expect(stateOf(id)).toBe('running');
  });

  it('refuses a campaign that was never started', async () => {
    const { body } = await create(simulator);
    const error = errorOf(await pause((body as { id: number }).id));

    expect(sentenceOf(error)).toContain('cannot be paused');
  });

  it.each(['pause', 'resume'] as const)(
    'makes Zapier run the step again if it is unknown what happened: %s',
    async (change) => {
      const id = await calling(25);
      if (change === 'resume') outputOf(await pause(id));
      simulator.faults.add({
        on: `${change}Campaign`,
        fault: { kind: 'status', callPlaced: false, status: 502 },
        times: Infinity,
      });
      const error = errorOf(await (change === 'pause' ? pause : resume)(id));

      expect(error.name).toBe('ThrottledError');
      expect(sentenceOf(error)).toContain(`It is not known whether campaign ${id} was ${change}d`);
    },
  );
});

describe('Resume Campaign', () => {
  it('continues a paused campaign', async () => {
    const id = await calling(25);
    outputOf(await pause(id));
    const output = outputOf(await resume(id));

    expect(stateOf(id)).toBe('running');
    expect(output).toMatchObject({ id, state: 'running', contacts: 25, called: 10, pending: 15 });
  });

  it('starts a campaign that Launch Campaign created without a start', async () => {
    const launched = outputOf(
      await step('creates.launch_campaign', {
        name: 'Spring',
        campaign_reference: 'spring-2026',
        agent: simulator.world.agents.triggerOnlyInDraft.uuid,
        file: 'phone_number,customer_name\n+14155550123,Ann',
        start_now: 'no',
      }),
    );
    const { id } = outputOf(await resume(launched['id']));

    expect(id).toBe(launched['id']);
    expect(simulator.campaigns.map(({ startedTimes }) => startedTimes)).toEqual([1]);
  });

  it('refuses a campaign that has ended', async () => {
    const error = errorOf(await resume(await ended()));

    expect(error.name).toBe('AppError');
    expect(sentenceOf(error)).toContain('cannot be resumed');
  });
});

describe('Find Campaign', () => {
  it('finds a campaign with accurate counts', async () => {
    const id = await calling(25);

    expect(await find({ campaign: String(id) })).toMatchObject([
      { id, campaign_name: 'Spring', contacts: 25, called: 10, pending: 15, never_called: 0 },
    ]);
  });

  it('finds the newest campaign with the name', async () => {
    await calling(1, 'Spring');
    const newest = await calling(1, 'Spring');
    await calling(1, 'Autumn');

    expect(idsOf(await find({ name: ' Spring ' }))).toEqual([newest]);
  });

  it('finds a launch by its reference', async () => {
    const launched = outputOf(
      await step('creates.launch_campaign', {
        name: 'Spring',
        campaign_reference: 'spring-2026',
        agent: simulator.world.agents.triggerOnlyInDraft.uuid,
        contacts: [{ phone_number: '+14155550123', variable$customer_name: 'Ann' }],
      }),
    );

    expect(idsOf(await find({ campaign_reference: 'spring-2026' }))).toEqual([launched['id']]);
  });

  it.each<Input>([{ campaign: '987' }, { name: 'Winter' }, { campaign_reference: 'winter' }])(
    'returns an empty list if there is none: %j',
    async (input) => {
      await calling(1);

      expect(await find(input)).toEqual([]);
    },
  );

  it.each<Input>([{}, { name: '' }, { name: 'Spring', campaign: '1' }])(
    'needs exactly one field: %j',
    async (input) => {
      const error = errorOf(await step('searches.find_campaign', input));

      expect(sentenceOf(error)).toContain('exactly one of Campaign');
    },
  );

  it('returns a large campaign without counts if they take too long', async () => {
    const id = await calling(10);
    const { now } = Date;
    let waited = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => now() + waited);
    const stop = simulator.onRequest(({ path }) => {
      if (path.includes('/usage/runs')) waited += 30_000;
    });
    const found = await find({ campaign: id });
    stop();

    expect(found).toMatchObject([
      { id, called: null, pending: null, notes: [expect.stringContaining('could not be counted')] },
    ]);
  });
});

describe('Campaign Finished', () => {
  it('lists finished campaigns, the last one first, each with a stable ID', async () => {
    const first = await ended(1, 'Spring');
    const second = await ended(1, 'Autumn');
    await calling(25, 'Winter');
    const polled = await finished();

    expect(idsOf(polled)).toEqual([second, first]);
    expect(polled).toMatchObject([
      { campaign_name: 'Autumn', state: 'completed', contacts: 1, percent: 100 },
      { campaign_name: 'Spring' },
    ]);
    expect(idsOf(await finished())).toEqual([second, first]);
  });

  it('does not wait until Dograh says so an hour later', async () => {
    const id = await calling(3);
    expect(await finished()).toEqual([]);
    simulator.advance(5 * MINUTE);

    expect(idsOf(await finished())).toEqual([id]);
  });

  it('can be limited to an agent', async () => {
    const id = await ended();
    const { leadQualifier, deliveryUpdate } = simulator.world.agents;

    expect(idsOf(await finished({ agent: leadQualifier.uuid }))).toEqual([id]);
    expect(await finished({ agent: deliveryUpdate.uuid })).toEqual([]);
  });

  it('lists at most 100 campaigns with few requests', async () => {
    for (let count = 0; count < 101; count += 1) {
      await calling(1);
      simulator.advance(MINUTE);
    }
    simulator.advance(4 * HOUR);
    const before = simulator.requests.length;

    expect(await finished()).toHaveLength(100);

    expect(simulator.requests.length - before).toBeLessThanOrEqual(10);
  });

  it('shows examples in the editor, and an error at once', async () => {
    const id = await ended();
    const meta = { isLoadingSample: true };

    expect(idsOf(await finished({}, meta))).toEqual([id]);
    simulator.faults.add({
      on: 'campaigns',
      fault: { kind: 'status', callPlaced: false, status: 503 },
      times: Infinity,
    });
    expect(errorOf(await step('triggers.campaign_finished', {}, meta)).name).toBe('AppError');
    expect(errorOf(await step('triggers.campaign_finished')).name).toBe('ThrottledError');
  });
});

describe('the dropdown of campaigns', () => {
  const DYNAMIC = 'campaign_list.id.name';
  const open = async (page = 0) =>
    choicesIn(
      DYNAMIC,
      await openDropdown(DYNAMIC, { authData: connectionTo(simulator), meta: { page } }),
    );

  it('shows the newest campaigns first, each with its state and its day', async () => {
    await ended(1, 'Spring');
    await calling(1, 'Spring');

    expect(await open()).toEqual([
      { value: '2', label: expect.stringMatching(/^Spring \(running, \d+ \w+ \d{4}\)$/) },
      { value: '1', label: expect.stringMatching(/^Spring \(completed, \d+ \w+ \d{4}\)$/) },
    ]);
  });

  it('has pages of 100', async () => {
    const source = await launch(simulator);
    const { sourceId = '' } = simulator.campaigns.find(({ id }) => id === source) ?? {};
    for (let count = 0; count < 101; count += 1) {
      await create(simulator, { body: { source_id: sourceId } });
    }

    expect(await open(0)).toHaveLength(100);
    expect(await open(1)).toHaveLength(2);
    expect(await open(2)).toEqual([]);
  });
});

it('the API key in a field is not shown', async () => {
  const { apiKey } = simulator.world.acme;
  await calling(1, apiKey);
  const outcomes = [
    await pause(apiKey),
    await resume(apiKey),
    await step('searches.find_campaign', { campaign: apiKey }),
    await step('searches.find_campaign', { name: apiKey }),
    await step('searches.find_campaign', { campaign_reference: apiKey }),
    await step('triggers.campaign_finished', { agent: apiKey }),
    await step('triggers.campaign_list'),
  ];

  expect(everythingIn(outcomes)).not.toContain(apiKey);
});
