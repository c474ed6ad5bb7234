import {
  act,
  contactsFile,
  create,
  launch,
  numberInRow,
  read,
  request,
} from '../../../tools/simulator/campaigns/campaign-caller';
import {
  createWorld,
  dograhPace,
  startSimulator,
  type CampaignState,
  type Simulator,
} from '../../../tools/simulator/index';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ campaignTiming: dograhPace, world: createWorld('1.45') });
});

afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  simulator.reset();
});

afterAll(() => simulator.stop());

const hour = 3_600_000;

async function campaignIn(state: CampaignState): Promise<number> {
  const { body } = await create(simulator);
  const { id } = body as { id: number };
  Reflect.set(simulator.campaigns[0] ?? {}, 'state', state);
  return id;
}

describe('a campaign starts', () => {
  it('once', async () => {
    const id = await launch(simulator);
    expect(await act(simulator, id, 'start')).toEqual({
      status: 400,
      body: {
        detail: "Campaign must be in 'created' state to start, current state: syncing",
      },
    });
    simulator.advance(hour);
    expect(simulator.campaigns).toMatchObject([{ startedTimes: 1 }]);
    expect(simulator.calls).toHaveLength(3);
  });

  it.each<CampaignState>(['syncing', 'running', 'paused', 'completed', 'failed'])(
    'never if it is %s',
    async (state) => {
      const answer = await act(simulator, await campaignIn(state), 'start');
      expect(answer).toMatchObject({
        status: 400,
        body: { detail: expect.stringContaining(`current state: ${state}`) },
      });
      expect(simulator.campaigns).toMatchObject([{ state, startedTimes: 0 }]);
    },
  );

  it('not without telephony, which looks like a problem of the key', async () => {
    const { apiKey } = simulator.world.initech;
    const csv = 'phone_number,customer_name\n+14155550150,Ada';
    const { body } = await create(simulator, {
      csv,
      apiKey,
      body: { workflow_id: simulator.world.agents.withoutTelephony.id },
    });
    const { id } = body as { id: number };

    expect(await act(simulator, id, 'start', apiKey)).toEqual({
      status: 401,
      body: {
        detail: 'You must configure telephony first by going to APP_URL/configure-telephony',
      },
    });
    expect(simulator.campaigns).toMatchObject([{ state: 'created' }]);
  });

  it('not without credit', async () => {
    const { body } = await create(simulator);
    simulator.world.acme.quotaExhausted = 'No credits left.';

    expect(await act(simulator, (body as { id: number }).id, 'start')).toEqual({
      status: 402,
      body: { detail: 'No credits left.' },
    });
  });
});

describe('a campaign is paused', () => {
  it.each<CampaignState>(['created', 'paused', 'completed', 'failed'])(
    'never if it is %s',
    async (state) => {
      expect(await act(simulator, await campaignIn(state), 'pause')).toEqual({
        status: 400,
        body: {
          detail: `Campaign must be in 'running' or 'syncing' state to pause, current state: ${state}`,
        },
      });
    },
  );
});

describe('a campaign is resumed', () => {
  it.each<CampaignState>(['created', 'syncing', 'running', 'completed', 'failed'])(
    'never if it is %s',
    async (state) => {
      expect(await act(simulator, await campaignIn(state), 'resume')).toEqual({
        status: 400,
        body: {
          detail: `Campaign must be in 'paused' state to resume, current state: ${state}`,
        },
      });
    },
  );
});

describe('a redial', () => {
  const csv = [
    'phone_number,first_name,email',
    '+14155550150,Answers,a@example.com',
    '+14155550191,Busy,b@example.com',
    '+14155550192,Absent,c@example.com',
    '+14155550193,Machine,d@example.com',
  ].join('\n');
  const redial = (id: number, body: Record<string, unknown> = {}): ReturnType<typeof request> =>
    request(simulator, 'POST', `/campaign/${String(id)}/redial`, body);

  async function completed(): Promise<number> {
    const id = await launch(simulator, {
      csv,
      body: { retry_config: { enabled: false }, telephony_configuration_id: 11 },
    });
    simulator.advance(2 * hour);
    expect(simulator.campaigns).toMatchObject([{ state: 'completed' }]);
    return id;
  }

  it('calls the contacts that were not reached, after it is started', async () => {
    const id = await completed();
    expect(await redial(id)).toMatchObject({
      status: 200,
      body: {
        id: 2,
        name: 'Spring (Redial)',
        state: 'created',
        total_rows: 3,
        total_queued_count: 3,
        parent_campaign_id: id,
      },
    });
    expect(await read(simulator, id)).toMatchObject({ redialed_campaign_id: 2 });
    expect(simulator.calls).toHaveLength(4);

    expect(await act(simulator, 2, 'start')).toMatchObject({ body: { state: 'running' } });
    simulator.advance(60_000);
    expect(
      simulator.calls
        .slice(4)
        .map(({ phoneNumber }) => phoneNumber)
        .toSorted(),
    ).toEqual(['+14155550191', '+14155550192', '+14155550193']);
  });

  it('calls only the wanted contacts', async () => {
    const wanted = { name: 'Again', retry_on_voicemail: false, retry_on_no_answer: false };
    expect(await redial(await completed(), wanted)).toMatchObject({
      body: { name: 'Again', total_rows: 1 },
    });
  });

  it('has no telephony configuration, so that the default one dials', async () => {
    expect(await redial(await completed())).toMatchObject({
      body: { telephony_configuration_id: null, telephony_configuration_name: null },
    });
  });

  it('is possible once', async () => {
    const id = await completed();
    await redial(id);
    expect(await redial(id)).toEqual({
      status: 400,
      body: { detail: 'This campaign has already been redialed' },
    });
  });

  it('is possible only after the campaign is completed', async () => {
    expect(await redial(await launch(simulator))).toEqual({
      status: 400,
      body: { detail: 'Only completed campaigns can be redialed (current state: syncing)' },
    });
  });

  it('needs a contact that was not reached', async () => {
    const id = await launch(simulator, { csv: contactsFile(1) });
    simulator.advance(2 * hour);
    expect(await redial(id)).toEqual({
      status: 400,
      body: { detail: 'No subscribers match the selected redial criteria' },
    });
  });

  it('needs a kind of call', async () => {
    const none = { retry_on_voicemail: false, retry_on_no_answer: false, retry_on_busy: false };
    expect(await redial(await completed(), none)).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body'], type: 'value_error' }] },
    });
  });
});

describe('a campaign of another organization', () => {
  it('is not found', async () => {
    const id = await launch(simulator);
    const { apiKey } = simulator.world.globex;
    const missing = { status: 404, body: { detail: 'Campaign not found' } };
    const path = `/campaign/${String(id)}`;

    for (const below of ['', '/progress', '/runs', '/report', '/source-download-url']) {
      expect(await request(simulator, 'GET', path + below, undefined, apiKey)).toEqual(missing);
    }
    for (const action of ['start', 'pause', 'resume'] as const) {
      expect(await act(simulator, id, action, apiKey)).toEqual(missing);
    }
    expect(await request(simulator, 'POST', `${path}/redial`, {}, apiKey)).toEqual(missing);
    expect(await request(simulator, 'GET', '/campaign/', undefined, apiKey)).toEqual({
      status: 200,
      body: { campaigns: [] },
    });
  });

  it('is not found either if its ID is too large, but Dograh shows its SQL', async () => {
    expect(await request(simulator, 'GET', '/campaign/2147483648')).toMatchObject({
      status: 500,
      body: { detail: expect.stringContaining('campaigns.organization_id') },
    });
  });
});

it('a reset forgets all campaigns and what they would do', async () => {
  await launch(simulator);
  simulator.reset();
  simulator.advance(hour);
  expect(simulator.campaigns).toEqual([]);
  expect(simulator.calls).toEqual([]);
  expect(await launch(simulator)).toBe(1);
});

it('a restart forgets nothing', async () => {
  const id = await launch(simulator, { csv: contactsFile(1) });
  await simulator.restart(1);
  simulator.advance(60_000);

  expect(await read(simulator, id)).toMatchObject({ state: 'running', executed_count: 1 });
  expect(simulator.calls).toMatchObject([{ phoneNumber: numberInRow(2) }]);
});
