import type { INodeParameters } from 'n8n-workflow';
import { hurryWaits } from '../support/host-time';
import { startSimulator, type PastRun, type Simulator } from '../../tools/simulator';
import { agentBy, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeOutcome, type NodeRun } from '../../tools/hosts/n8n/engine';
import { shownBy } from '../../tools/hosts/n8n/host';

const PHONE = '+14155550101';
const START = Date.UTC(2026, 7, 1);
const HOUR = 3_600_000;

hurryWaits();

describe('Get Many runs in n8n', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
    expect(simulator.callRequests).toEqual([]);
  });
  afterAll(() => simulator.stop());

  const getMany = (fields: INodeParameters = {}, run: Partial<NodeRun> = {}) =>
    runDograhNode({
      parameters: { resource: 'run', operation: 'getAll', ...fields },
      credentials: credentialsFor(simulator),
      ...run,
    });
  /** Each run is an hour newer than the one before. */
  const past = (...runs: PastRun[]): void => {
    for (const run of runs) {
      const createdAt = new Date(START + simulator.runs.length * HOUR).toISOString();
      simulator.addRun({ createdAt, ...run });
    }
  };
  const many = (count: number): void => {
    past(...Array.from({ length: count }, () => ({})));
  };

  it('outputs one simplified item per run, newest first', async () => {
    past({ phoneNumber: PHONE }, { endedAt: null });
    const { status, outputs } = await getMany();

    expect(status).toBe('success');
    expect(outputs[0]?.map(({ json }) => json)).toEqual([
      expect.objectContaining({ workflow_run_id: 1002, status: 'in_progress', outcome: null }),
      {
        workflow_run_id: 1001,
        workflow_run_name: 'WR-API-1000',
        agent_name: simulator.world.agents.appointmentReminder.name,
        status: 'completed',
        outcome: 'answered',
        disposition: 'user_hangup',
        phone_number: PHONE,
        duration_seconds: 60,
        started_at: '2026-08-01T00:00:00.000Z',
        run_url: null,
      },
    ]);
  });

  it('outputs all fields of each run without Simplify', async () => {
    past({ initialContext: { customer_name: 'Ann' } });
    const { outputs } = await getMany({ simplify: false });

    expect(outputs[0]?.[0]?.json).toMatchObject({
      workflow_run_id: 1001,
      initial_context: { customer_name: 'Ann' },
      gathered_context: { call_disposition: 'user_hangup' },
      transcript: null,
    });
  });

  it('outputs no items if the organization has no runs', async () => {
    past({ agent: simulator.world.agents.globexSurvey });
    const { status, outputs } = await getMany();

    expect(status).toBe('success');
    expect(outputs[0]).toEqual([]);
  });

  it('does not send an API key that was pasted into a filter', async () => {
    const { apiKey } = simulator.world.acme;
    const outcome = await getMany({ filters: { phoneNumber: apiKey, numberFormat: 'any' } });

    expect(shownBy(outcome)).toMatch(/field contains the API key[^]*Remove it from that field/);
    expect(simulator.requests).toHaveLength(0);
  });

  it('uses the filters of each item and pairs each run with its item', async () => {
    past({ phoneNumber: PHONE }, {});
    const { outputs } = await getMany(
      { filters: { phoneNumber: '={{ $json.phone }}' } },
      { items: [{ phone: PHONE }, { phone: '' }] },
    );

    expect(
      outputs[0]?.map(({ json, pairedItem }) => [json['workflow_run_id'], pairedItem]),
    ).toEqual([
      [1001, { item: 0 }],
      [1002, { item: 1 }],
      [1001, { item: 1 }],
    ]);
  });

  describe('reads only the pages that it needs', () => {
    it.each<[string, INodeParameters, number, number]>([
      ['for the default limit of 50', {}, 50, 1],
      ['for a limit below a page', { limit: 3 }, 3, 1],
      ['for a limit of one page', { limit: 100 }, 100, 1],
      ['for a limit across pages', { limit: 101 }, 101, 2],
      ['for a limit above the number of runs', { limit: 1000 }, 250, 3],
      ['for all runs', { returnAll: true }, 250, 3],
    ])('%s', async (_what, fields, count, pages) => {
      many(250);
      const ids = idsOf(await getMany(fields));

      expect(ids).toEqual(Array.from({ length: count }, (_, index) => 1250 - index));
      expect(simulator.requests).toHaveLength(pages);
    });

    it('and outputs each run once, even if new runs start meanwhile', async () => {
      many(250);
      let left = 2;
      const stop = simulator.onRequest(() => {
        if ((left -= 1) >= 0) many(30);
      });
      const ids = idsOf(await getMany({ returnAll: true }));
      stop();

      expect(simulator.requests).toHaveLength(3);
      expect(ids).toEqual(Array.from({ length: 250 }, (_, index) => 1250 - index));
    });
  });

  describe('finds the runs', () => {
    it('of one agent, including an archived one', async () => {
      const { leadQualifier, archived } = simulator.world.agents;
      past({ agent: leadQualifier }, {}, { agent: archived });

      for (const [mode, { uuid }, id] of [
        ['list', leadQualifier, 1001],
        ['agentUuid', archived, 1003],
      ] as const) {
        expect(idsOf(await getMany({ filters: { agent: agentBy(mode, uuid) } }))).toEqual([id]);
      }
      expect(
        idsOf(await getMany({ filters: { agent: leadQualifier.uuid.toUpperCase() } })),
      ).toEqual([1001]);
    });

    it.each<INodeParameters>([
      { phoneNumber: '+1 (415) 555-0101' },
      { phoneNumber: '(415) 555-0101\u200b', defaultCountry: 'US' },
      { phoneNumber: '14155550101', numberFormat: 'any' },
    ])('with the number %j', async (number) => {
      past(
        { phoneNumber: PHONE },
        { phoneNumber: `${PHONE}9` },
        { phoneNumber: PHONE, direction: 'inbound' },
        { phoneNumber: `+4${PHONE.slice(1)}`, direction: 'inbound' },
        { phoneNumber: PHONE },
        {},
      );

      expect(idsOf(await getMany({ filters: number }))).toEqual([1005, 1003, 1001]);
      expect(idsOf(await getMany({ filters: number, limit: 2 }))).toEqual([1005, 1003]);
      expect(idsOf(await getMany({ filters: { ...number, direction: 'inbound' } }))).toEqual([
        1003,
      ]);
      expect(idsOf(await getMany({ filters: { ...number, direction: 'outbound' } }))).toEqual([
        1005, 1001,
      ]);
    });

    it('or fails like Trigger Call if the number is not complete', async () => {
      expect(shownBy(await getMany({ filters: { phoneNumber: '(415) 555-0101' } }))).toMatch(
        /Phone Number "\(415\) 555-0101" has no country code[^]*Default Country/,
      );
      expect(simulator.requests).toHaveLength(0);
    });

    it('of one direction', async () => {
      past({}, { direction: 'inbound' });

      expect(idsOf(await getMany({ filters: { direction: 'inbound' } }))).toEqual([1002]);
      expect(idsOf(await getMany({ filters: { direction: 'outbound' } }))).toEqual([1001]);
    });

    it('with one of the dispositions', async () => {
      const mapped = { disposition: 'busy', mappedDisposition: 'LINE_BUSY' };
      past({ ending: mapped }, { ending: { disposition: 'busy' } }, {}, { endedAt: null });
      const shown = await getMany({ simplify: false });

      expect(shown.outputs[0]?.map(({ json }) => json['disposition'])).toContain('LINE_BUSY');
      expect(idsOf(await getMany({ filters: { disposition: ' line_busy ' } }))).toEqual([1001]);
      expect(idsOf(await getMany({ filters: { disposition: 'BUSY' } }))).toEqual([1002, 1001]);
    });

    it.each<[string, INodeParameters, number[]]>([
      ['from', { startDate: '2026-08-01T01:00:00Z' }, [1003, 1002]],
      ['until', { endDate: '2026-08-01T03:00:00+02:00' }, [1002, 1001]],
      [
        'at',
        { startDate: '2026-08-01T01:00:00.000Z', endDate: '2026-08-01T01:00:00.000Z' },
        [1002],
      ],
      ['far in the future from', { startDate: '2030-01-01' }, []],
      ['without', { startDate: ' ', endDate: ' ' }, [1003, 1002, 1001]],
      // n8n's date field. The default time zone of a workflow is New York.
      ['from a time of New York on, at', { startDate: '2026-07-31T21:00:00' }, [1003, 1002]],
    ])('%s a time', async (_what, filters, ids) => {
      many(3);

      expect(idsOf(await getMany({ filters }))).toEqual(ids);
    });

    it('that match all filters, on any page', async () => {
      past({ phoneNumber: PHONE, ending: { disposition: 'busy' } });
      many(150);
      const filters = { phoneNumber: PHONE, disposition: 'busy', endDate: '2026-08-02' };

      expect(idsOf(await getMany({ filters }))).toEqual([1001]);
      expect(idsOf(await getMany({ filters: { disposition: 'busy' } }))).toEqual([1001]);
    });
  });

  describe('says before any request that', () => {
    it.each<[string, INodeParameters, RegExp]>([
      ['0 is no limit', { limit: 0 }, /Limit must be a whole number of results, not "0"/],
      ['-1 is no limit', { limit: -1 }, /Limit must be a whole number of results, not "-1"/],
      ['1.5 is no limit', { limit: 1.5 }, /Limit must be a whole number of results, not "1\.5"/],
      [
        'a word is no date',
        { filters: { startDate: 'soon' } },
        /Start Date must be .*, not "soon"/,
      ],
      [
        '13 is no month',
        { filters: { endDate: '2026-13-01' } },
        /End Date must be .*, not "2026-13-01"/,
      ],
      [
        'the dates are reversed',
        { filters: { startDate: '2026-08-02', endDate: '2026-08-01' } },
        /Start Date is after End Date[^]*Enter the earlier date in the filter Start Date/,
      ],
      [
        'a direction is invalid',
        { filters: { direction: 'sideways' } },
        /Direction must be inbound or outbound, not "sideways"/,
      ],
      [
        'an agent is invalid',
        { filters: { agent: agentBy('agentUuid', '101') } },
        /"101" is not an Agent UUID/,
      ],
    ])('%s', async (_what, fields, sentence) => {
      expect(shownBy(await getMany(fields))).toMatch(sentence);
      expect(simulator.requests).toHaveLength(0);
    });
  });

  it('says that an agent does not exist', async () => {
    const { uuid } = simulator.world.agents.globexSurvey;
    const outcome = await getMany({ filters: { agent: agentBy('agentUuid', uuid) } });

    expect(shownBy(outcome)).toMatch(/There is no agent .* in the organization of this API key/);
  });

  it('rejects a list whose pages repeat', async () => {
    many(100);
    const [page] = (await listOf(simulator)) as [unknown];
    const fault = { kind: 'off-contract', callPlaced: true, body: page } as const;
    simulator.faults.add({ on: 'runs', fault, times: Infinity });

    expect(shownBy(await getMany({ returnAll: true }))).toMatch(/has an unexpected format/);
    expect(simulator.requests.length).toBeLessThan(5);
  });

  it('continues after a page that failed once', async () => {
    many(150);
    const fault = { kind: 'status', callPlaced: false, status: 503 } as const;
    simulator.faults.add({ on: 'runs', fault });

    expect(idsOf(await getMany({ returnAll: true }))).toHaveLength(150);
  });

  it('stops when the execution is stopped', async () => {
    many(250);
    simulator.faults.add({ on: 'runs', fault: { kind: 'silence', callPlaced: false } });
    const asked = new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (simulator.requests.length === 0) return;
        clearInterval(look);
        resolve();
      }, 5);
    });
    const { status } = await getMany({ returnAll: true }, { stopWhen: asked });

    expect(status).toBe('canceled');
    expect(simulator.requests).toHaveLength(1);
  });

  it('shows the key nowhere', async () => {
    const { apiKey } = simulator.world.acme;
    past({ initialContext: { note: `the key is ${apiKey}` } });
    const { outputs } = await getMany({ simplify: false });

    expect(JSON.stringify(outputs)).toContain('the key is [API key]');
    expect(JSON.stringify(outputs)).not.toContain(apiKey);
  });
});

function idsOf({ outputs, error }: NodeOutcome): unknown[] {
  if (error !== undefined) throw error;
  return (outputs[0] ?? []).map(({ json }) => json['workflow_run_id']);
}

/** The first full page of Dograh's response, with another number of pages. */
async function listOf({ url, world }: Simulator): Promise<unknown[]> {
  const response = await fetch(`${url}/api/v1/organizations/usage/runs?limit=100`, {
    headers: { 'X-API-Key': world.acme.apiKey },
  });
  return [{ ...((await response.json()) as object), total_pages: 3 }];
}
