import type {
  ICredentialDataDecryptedObject,
  IDataObject,
  INodeListSearchResult,
  INodeParameters,
} from 'n8n-workflow';
import { parseCsv } from '../../shared/src/input/csv';
import { hurryWaits } from '../support/host-time';
import { CampaignWorld } from '../shared/campaigns/campaign-world';
import type { Simulator } from '../../tools/simulator';
import {
  act,
  contactsFile,
  create,
  launch,
  numberInRow,
} from '../../tools/simulator/campaigns/campaign-caller';
import { agentBy, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { everythingIn, runDograhNode, type NodeRun } from '../../tools/hosts/n8n/engine';
import { shownBy } from '../../tools/hosts/n8n/host';
import { loadOptionsContext } from '../../tools/hosts/n8n/load-options';
import { dograhNodeType } from '../../tools/hosts/n8n/n8n-host';
import { bytesOf } from './binary-files';
import { tool } from './tool-of-agent';

hurryWaits();

const HOUR = 60 * 60_000;

describe('campaigns in n8n', () => {
  let world: CampaignWorld;
  let simulator: Simulator;

  beforeAll(async () => {
    world = await CampaignWorld.start();
    ({ simulator } = world);
  });
  beforeEach(() => {
    world.reset();
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
  });
  afterAll(() => simulator.stop());

  const form = (
    operation: string,
    id?: number | string,
    fields: INodeParameters = {},
  ): INodeParameters => ({
    resource: 'campaign',
    operation,
    ...(id === undefined ? {} : { campaign: agentBy('id', String(id)) }),
    ...fields,
  });
  const run = (
    operation: string,
    id?: number | string,
    fields?: INodeParameters,
    node: Partial<NodeRun> = {},
  ) =>
    runDograhNode({
      parameters: form(operation, id, fields),
      credentials: credentialsFor(simulator),
      ...node,
    });
  const items = async (...given: Parameters<typeof run>): Promise<IDataObject[]> => {
    const { error, outputs } = await run(...given);
    if (error !== undefined) throw error;
    return (outputs[0] ?? []).map(({ json }) => json);
  };

  describe('Get', () => {
    it('counts the contacts of a campaign', async () => {
      const id = await launch(simulator, { csv: contactsFile(12) });
      simulator.runBatch(id);

      expect(await items('get', id)).toMatchObject([
        { campaign_id: id, campaign_name: 'Spring', state: 'running', contacts: 12, called: 10 },
      ]);
    });

    it('reads the campaign of each item', async () => {
      const ids = [await launch(simulator), await launch(simulator)];
      const { outputs } = await run(
        'get',
        undefined,
        { campaign: agentBy('id', '={{ $json.id }}') },
        { items: ids.map((id) => ({ id })) },
      );

      expect(outputs[0]).toMatchObject(
        ids.map((id, item) => ({ json: { campaign_id: id }, pairedItem: { item } })),
      );
    });

    it.each([
      ['={{ $json.nothing }}', 'Campaign '],
      ['spring', 'Campaign must be '],
      ['99', 'There is no campaign 99 in the organization of this API key.'],
    ])('says what is wrong with the campaign %j', async (id, says) => {
      expect(shownBy(await run('get', id))).toContain(says);
    });

    it('gives the counts to an AI agent', async () => {
      const id = await launch(simulator);
      simulator.advance(HOUR);
      const answer = await (await tool(simulator, form('get', id))).invoke({});

      expect(JSON.parse(String(answer))).toMatchObject([{ contacts: 3, called: 3, pending: 0 }]);
    });
  });

  describe('Get Many', () => {
    it('lists campaigns, newest first, up to a limit', async () => {
      for (let count = 0; count < 3; count += 1) await launch(simulator);
      const some = await items('getAll', undefined, { returnAll: false, limit: 2 });
      const all = await items('getAll', undefined, { returnAll: true });

      expect(some.map(({ campaign_id: id }) => id)).toEqual([3, 2]);
      expect(all.map(({ campaign_id: id }) => id)).toEqual([3, 2, 1]);
    });

    it('lists only campaigns in the chosen states', async () => {
      await create(simulator);
      await launch(simulator);
      const listed = await items('getAll', undefined, {
        filters: { state: ['created', 'failed'] },
      });

      expect(listed).toMatchObject([{ campaign_id: 1, state: 'created' }]);
    });
  });

  describe('Pause', () => {
    it('pauses a campaign and says how many contacts may still be called', async () => {
      const id = await launch(simulator, { csv: contactsFile(30) });
      simulator.advance(61_000);
      const [paused] = await items('pause', id);

      expect(simulator.campaigns).toMatchObject([{ state: 'paused' }]);
      expect(paused).toMatchObject({
        state: 'paused',
        may_still_be_dialed: expect.any(Number) as unknown,
      });
      expect(paused?.['notes']).toContainEqual(
        expect.stringMatching(/may still dial|No more numbers/),
      );
    });

    it('can be used by an AI agent, because it only stops calls', async () => {
      const id = await launch(simulator, { csv: contactsFile(30) });
      simulator.advance(61_000);
      const answer = await (await tool(simulator, form('pause', id))).invoke({});

      expect(JSON.parse(String(answer))).toMatchObject([{ state: 'paused' }]);
    });
  });

  describe('Resume', () => {
    it('resumes a paused campaign', async () => {
      const id = await launch(simulator, { csv: contactsFile(30) });
      simulator.advance(61_000);
      await act(simulator, id, 'pause');

      expect(await items('resume', id)).toMatchObject([{ campaign_id: id, state: 'running' }]);
      expect(simulator.campaigns).toMatchObject([{ state: 'running' }]);
    });

    it('cannot be used by an AI agent', async () => {
      const id = await launch(simulator, { csv: contactsFile(30) });
      simulator.advance(61_000);
      await act(simulator, id, 'pause');
      const answer = await (await tool(simulator, form('resume', id))).invoke({}).catch(String);

      expect(answer).toContain('An AI agent cannot use Resume');
      expect(simulator.campaigns).toMatchObject([{ state: 'paused' }]);
    });
  });

  describe('Get Results', () => {
    it('returns one item per contact, joined with its call', async () => {
      const id = await launch(simulator, { csv: contactsFile(60) });
      simulator.runBatch(id);
      simulator.advance(20_000);
      const results = await items('getResults', id);
      const called = results.filter(({ contact_status: status }) => status === 'called');

      expect(results.map(({ phone_number: number }) => number)).toEqual(
        Array.from({ length: 60 }, (_, index) => numberInRow(index + 2)),
      );
      expect(called.length).toBeGreaterThanOrEqual(10);
      for (const contact of called) {
        const name = `Ada ${Number(contact['contact']) + 1}`;
        expect(contact).toMatchObject({ variables: { first_name: name } });
      }
      expect(called).toContainEqual(expect.objectContaining({ outcome: 'answered' }));
      expect(results.filter(({ contact_status: status }) => status === 'pending')).toHaveLength(
        60 - called.length,
      );
    });

    it('pairs each contact with the item that named the campaign', async () => {
      const id = await launch(simulator);
      const { outputs } = await run('getResults', id);

      expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
        [0, 0, 0].map((item) => ({ item })),
      );
    });

    it.each([
      [['pending'], 2],
      [['called'], 10],
      [['called', 'pending'], 12],
      [['never_called'], 0],
    ])('returns only contacts with the status %j', async (status, count) => {
      const id = await launch(simulator, { csv: contactsFile(12) });
      simulator.runBatch(id);

      expect(await items('getResults', id, { filters: { status } })).toHaveLength(count);
    });

    it('names every contact that Dograh lost', async () => {
      const id = await launch(simulator, { csv: contactsFile(12) });
      simulator.breakCampaign({ kind: 'killed-worker', moment: 'before-dialing' });
      simulator.advance(4 * HOUR);
      const lost = await items('getResults', id, { filters: { status: ['never_called'] } });
      const dialed = simulator.runs.map(({ phoneNumber }) => phoneNumber);

      expect(lost.length).toBeGreaterThan(0);
      expect(lost).toHaveLength(12 - dialed.length);
      for (const { phone_number: number, reason } of lost) {
        expect(dialed).not.toContain(number);
        expect(reason).toEqual(expect.stringContaining('without dialing this contact'));
      }
    });

    it('returns all contacts by default, and fewer with a limit', async () => {
      const id = await launch(simulator, { csv: contactsFile(120) });
      simulator.advance(2_000);

      expect(await items('getResults', id)).toHaveLength(120);
      expect(await items('getResults', id, { returnAll: false, limit: 7 })).toHaveLength(7);
    });

    it('returns one item with a file for a spreadsheet', async () => {
      const csv = [
        'phone_number,customer_name,note,reason',
        '+14155552002,Zoë,"a, ""b""\nc",own',
        '+14155552003,=1+1,+1 415,-',
      ].join('\n');
      const { triggerOnlyInDraft } = simulator.world.agents;
      const id = await launch(simulator, { csv, body: { workflow_id: triggerOnlyInDraft.id } });
      simulator.runBatch(id);
      simulator.advance(20_000);
      const { outputs } = await run('getResults', id, { resultFormat: 'csv' });
      const [item] = outputs[0] ?? [];
      const bytes = await bytesOf(item?.binary?.['data']);
      const [names = [], ...rows] = parseCsv(bytes.toString('utf8'));
      const cell = (row: number, name: string): unknown => rows[row]?.[names.indexOf(name)];

      expect(outputs[0]).toHaveLength(1);
      expect(item?.json).toEqual({
        campaign_id: id,
        contacts: 2,
        file_name: `campaign_${id}_results.csv`,
      });
      expect(item?.binary?.['data']).toMatchObject({ mimeType: 'text/csv', fileExtension: 'csv' });
      expect(rows.filter((row) => row.length > 1)).toHaveLength(2);
      expect(names).toEqual(expect.arrayContaining(['contact', 'phone_number', 'outcome']));
      expect(cell(0, 'phone_number')).toBe('+14155552002');
      expect(cell(0, 'customer_name')).toBe('Zoë');
      expect(cell(0, 'note')).toBe('a, "b"\nc');
      // A column of the user does not replace a value of the result.
      expect(cell(0, 'variables.reason')).toBe('own');
      expect(cell(0, 'reason')).toBe('');
      // A spreadsheet would run it.
      expect(cell(1, 'customer_name')).toBe("'=1+1");
      expect(cell(1, 'note')).toBe('+1 415');
      expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    });

    it('sends no API key to the storage host', async () => {
      const id = await launch(simulator);
      const before = simulator.storageRequests.length;
      await items('getResults', id);
      const requests = simulator.storageRequests.slice(before);

      expect(requests.length).toBeGreaterThan(0);
      expect(everythingIn(requests)).not.toContain(simulator.world.acme.apiKey);
    });
  });

  describe('Redial', () => {
    const BUSY = '+14155550191';
    const csv = contactsFile(2) + `\n${BUSY},Bob,bob@example.com`;
    const finished = async (): Promise<number> => {
      const retries = { enabled: false, max_retries: 0 };
      const id = await launch(simulator, { csv, body: { retry_config: retries } });
      simulator.advance(3 * HOUR);
      return id;
    };

    it('calls contacts with the chosen outcomes again, in a new campaign', async () => {
      const id = await finished();
      const [again] = await items('redial', id, { outcomes: ['busy'] });
      simulator.advance(HOUR);

      expect(again).toMatchObject({
        campaign_name: 'Spring (Redial)',
        contacts: 1,
        skipped: false,
        skipped_contacts: [],
      });
      expect(again).not.toHaveProperty('contact_indexes');
      expect(simulator.runs.filter(({ phoneNumber }) => phoneNumber === BUSY)).toHaveLength(2);
      expect(simulator.runs).toHaveLength(4);
    });

    it('is done once per reference, also if several items name the campaign', async () => {
      const id = await finished();
      const fields = {
        campaign: agentBy('id', '={{ $json.id }}'),
        outcomes: ['busy'],
        options: { campaignName: 'Second try', campaignReference: 'second' },
      };
      const { outputs } = await run('redial', undefined, fields, { items: [{ id }, { id }] });

      expect(outputs[0]).toMatchObject([
        { json: { campaign_name: 'Second try', skipped: false }, pairedItem: { item: 0 } },
        { json: { campaign_name: 'Second try', skipped: true }, pairedItem: { item: 1 } },
      ]);
      expect(simulator.campaigns).toHaveLength(2);
    });

    it('leaves out contacts that a calling rule does not allow', async () => {
      const id = await finished();
      const options = { doNotCall: numberInRow(2), startNow: false };
      const outcomes = ['busy', 'answered'];

      expect(await items('redial', id, { outcomes, options })).toMatchObject([
        { state: 'created', contacts: 2, skipped_contacts: [{ reason: 'do_not_call' }] },
      ]);
    });

    it.each<[string, INodeParameters]>([
      ['Outcomes is empty', { outcomes: '={{ [] }}' }],
      ['Start Now is empty', { outcomes: ['busy'], options: { startNow: '={{ null }}' } }],
    ])('calls nobody if %s', async (says, fields) => {
      const id = await finished();

      expect(shownBy(await run('redial', id, fields))).toContain(says);
      expect(simulator.campaigns).toHaveLength(1);
    });

    it('cannot be used by an AI agent', async () => {
      const id = await finished();
      const parameters = form('redial', id, { outcomes: ['busy'] });
      const answer = await (await tool(simulator, parameters)).invoke({}).catch(String);

      expect(answer).toContain('An AI agent cannot use Redial');
      expect(simulator.campaigns).toHaveLength(1);
    });
  });

  it('downloads the report of Dograh as it is', async () => {
    const id = await launch(simulator);
    simulator.advance(HOUR);
    const { outputs } = await run('downloadReport', id, { binaryPropertyName: 'report' });
    const [item] = outputs[0] ?? [];
    const text = (await bytesOf(item?.binary?.['report'])).toString('utf8');

    expect(item?.json).toEqual({ campaign_id: id, file_name: `campaign_${id}_report.csv` });
    expect(parseCsv(text.trim())).toHaveLength(4);
  });

  describe('the list of campaigns in the form', () => {
    const search = async (typed?: string, page?: string): Promise<INodeListSearchResult> => {
      const credentials: ICredentialDataDecryptedObject = credentialsFor(simulator);
      const context = await loadOptionsContext('parameters.campaign', form('get', ''), credentials);
      const method = (await dograhNodeType()).methods?.listSearch?.['searchCampaigns'];
      if (method === undefined) throw new Error('The node has no such method.');
      return method.call(context, typed, page);
    };

    it('shows the newest campaigns first, with their state', async () => {
      await create(simulator, { body: { name: 'Spring list' } });
      await create(simulator, { body: { name: 'Autumn list' } });
      const { results } = await search();

      expect(results).toMatchObject([
        { name: expect.stringMatching(/^Autumn list \(created, /) as unknown, value: 2 },
        { name: expect.stringMatching(/^Spring list \(created, /) as unknown, value: 1 },
      ]);
    });

    it.each([' spring ', 'SPRING', '\u200bspring'])('finds a campaign by %j', async (typed) => {
      await create(simulator, { body: { name: 'Spring list' } });
      await create(simulator, { body: { name: 'Autumn list' } });

      expect((await search(typed)).results.map(({ value }) => value)).toEqual([1]);
    });

    it('gives a value that the operations accept', async () => {
      await create(simulator);
      const [{ value } = { value: '' }] = (await search()).results;
      const campaign = { __rl: true, mode: 'list', value };

      expect(await items('get', undefined, { campaign })).toMatchObject([{ campaign_id: 1 }]);
    });
  });
});
