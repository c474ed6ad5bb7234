import type { ContactResult, DograhClient } from '@dograh/shared';
import {
  act,
  contactsFile,
  launch,
  numberInRow,
  request,
} from '../../../tools/simulator/campaigns/campaign-caller';
import type { CampaignDefect } from '../../../tools/simulator';
import { rejectionOf } from '../../support/refusal';
import { CampaignWorld, contactsOf, HOUR, MINUTE, SECOND, VERSIONS } from './campaign-world';

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
const UNREACHABLE = '+14155550199';

function csvOf(...numbers: string[]): string {
  return ['phone_number,first_name,email', ...numbers.map((one) => `${one},Ada,a@b.c`)].join('\n');
}

function numbersOf(contacts: readonly ContactResult[]): (string | null)[] {
  return contacts.map(({ phone_number: number }) => number);
}

/** The numbers of the file that the simulator did not dial. */
function notDialed(id: number): unknown[] {
  const dialed = new Set(world.simulator.calls.map(({ phoneNumber }) => phoneNumber));
  return world
    .campaign(id)
    .rows.map(({ context }) => context['phone_number'])
    .filter((number) => !dialed.has(String(number)));
}

describe('the contacts of a campaign', () => {
  it('are in the order of the file, each with its call', async () => {
    const id = await launch(world.simulator, { csv: contactsFile(12) });
    world.simulator.advance(5 * MINUTE);
    const contacts = await contactsOf(client, id);

    expect(numbersOf(contacts)).toEqual(
      Array.from({ length: 12 }, (_, row) => numberInRow(row + 2)),
    );
    const run = world.simulator.calls.find(({ phoneNumber }) => phoneNumber === numberInRow(3));
    expect(contacts[1]).toMatchObject({
      campaign_id: id,
      contact: 2,
      phone_number: numberInRow(3),
      contact_status: 'called',
      reason: null,
      calls: 1,
      variables: { first_name: 'Ada 3', email: 'ada@example.com' },
      status: 'completed',
      outcome: 'answered',
      disposition: 'user_hangup',
      workflow_run_id: run?.runId,
      duration_seconds: 5,
      environment: 'production',
      initial_context: { first_name: 'Ada 3', campaign_id: id },
      run_url: `http://localhost:3010/workflow/102/run/${String(run?.runId)}`,
      notes: [],
    });
    expect(Object.keys(contacts[1] ?? {}).slice(0, 9)).toEqual([
      ...['campaign_id', 'contact', 'phone_number', 'contact_status', 'reason'],
      ...['status', 'outcome', 'disposition', 'calls'],
    ]);
  });

  it('have their last call, and the number of their calls', async () => {
    const id = await launch(world.simulator, { csv: csvOf(BUSY) });
    world.simulator.endNext({ disposition: 'busy' });
    world.simulator.endNext({ disposition: 'user_hangup', durationSeconds: 7 });
    world.simulator.advance(10 * MINUTE);

    expect(await contactsOf(client, id)).toMatchObject([
      { calls: 2, outcome: 'answered', initial_context: { retry_reason: 'busy' } },
    ]);
  });

  it('are pending before their call', async () => {
    const id = await launch(world.simulator, { csv: contactsFile(2) });
    const [contact] = await contactsOf(client, id);

    expect(contact).toMatchObject({
      contact: 1,
      phone_number: numberInRow(2),
      contact_status: 'pending',
      status: 'pending',
      reason: null,
      calls: 0,
      outcome: null,
      workflow_run_id: null,
      workflow_id: 102,
      agent_name: 'Lead Qualifier',
      variables: { first_name: 'Ada 2' },
      initial_context: { first_name: 'Ada 2' },
      run_url: null,
      skipped: false,
    });
  });

  it('are in progress during their call, and until its result is written', async () => {
    const id = await launch(world.simulator, { csv: contactsFile(1) });
    world.simulator.advance(2 * SECOND);
    const status = async (): Promise<string | undefined> =>
      (await contactsOf(client, id))[0]?.status;

    expect(await status()).toBe('in_progress');
    // The call has ended 8.3 seconds after its start, and its results come half a second later.
    world.simulator.advance(7.2 * SECOND);
    expect(world.simulator.calls[0]).toMatchObject({ resultsAt: null });
    expect(await status()).toBe('in_progress');
    world.simulator.advance(MINUTE);
    expect(await status()).toBe('completed');
  });

  it('are completed although Dograh never writes a result', async () => {
    const id = await launch(world.simulator, { csv: contactsFile(1) });
    world.simulator.advance(5 * MINUTE);
    for (const run of world.simulator.runs) {
      Object.assign(run, { gatheredContext: { provider: 'twilio' }, resultsAt: null });
      run.durationSeconds = 0;
    }

    expect(await contactsOf(client, id)).toMatchObject([
      { contact_status: 'called', status: 'completed', outcome: 'unknown' },
    ]);
  });

  it('do not mix with those of another campaign with the same file', async () => {
    const first = await launch(world.simulator, { csv: contactsFile(3) });
    world.simulator.advance(5 * MINUTE);
    const { sourceId } = world.campaign(first);
    const second = await launch(world.simulator, { body: { source_id: sourceId } });

    expect((await contactsOf(client, second)).map(({ calls }) => calls)).toEqual([0, 0, 0]);
    expect((await contactsOf(client, first)).map(({ calls }) => calls)).toEqual([1, 1, 1]);
  });

  it('can be filtered by their status', async () => {
    const id = await launch(world.simulator, { csv: contactsFile(12) });
    world.simulator.advance(4 * SECOND);

    expect(await contactsOf(client, id, 'called')).toHaveLength(4);
    expect(await contactsOf(client, id, ['pending'])).toHaveLength(8);
    expect(await contactsOf(client, id, 'called,pending')).toHaveLength(12);
    expect(await contactsOf(client, id, '')).toHaveLength(12);
    expect(await rejectionOf(contactsOf(client, id, 'lost'))).toMatchObject({
      kind: 'InvalidInput',
      message: 'Contact Status has no value "lost".',
    });
  });

  it('are found by their number if the file was replaced, and none is missing', async () => {
    const id = await launch(world.simulator, { csv: contactsFile(3) });
    world.simulator.advance(5 * MINUTE);
    for (const run of world.simulator.runs) {
      if (run.phoneNumber === numberInRow(2)) delete run.initialContext['source_uuid'];
      if (run.phoneNumber === numberInRow(4)) run.initialContext['called_number'] = '+14155559999';
    }
    const contacts = await contactsOf(client, id, 'called');

    expect(numbersOf(contacts)).toEqual([numberInRow(2), numberInRow(3), '+14155559999']);
    expect(contacts.map(({ contact }) => contact)).toEqual([1, 2, 4]);
  });

  it('are read without the API key at the storage', async () => {
    const id = await launch(world.simulator);
    await contactsOf(client, id);

    expect(world.simulator.storageRequests.filter(({ method }) => method === 'GET')).toHaveLength(
      1,
    );
    for (const { headers, path, query } of world.simulator.storageRequests) {
      expect(JSON.stringify([headers, path, query])).not.toContain(
        world.simulator.world.acme.apiKey,
      );
    }
  });
});

describe('a contact that was never called', () => {
  it('has the words of Dograh if the call could not be placed, also while the campaign runs', async () => {
    const id = await launch(world.simulator, { csv: csvOf(UNREACHABLE, numberInRow(2)) });
    world.simulator.advance(MINUTE);

    expect(world.campaign(id).state).toBe('running');
    expect(await contactsOf(client, id)).toMatchObject([
      {
        contact_status: 'never_called',
        reason: `Dograh could not place the call: Invalid 'To' Phone Number: ${UNREACHABLE}.`,
        status: 'failed',
        outcome: 'failed',
        calls: 1,
      },
      { contact_status: 'called' },
    ]);
    expect(await client.getCampaign(id)).toMatchObject({ called: 1, pending: 0, never_called: 1 });
  });

  it('has the reason if there was no credit', async () => {
    const id = await launch(world.simulator, { csv: contactsFile(2) });
    world.simulator.world.acme.quotaExhausted = 'No credits left.';
    world.simulator.advance(MINUTE);

    expect(await contactsOf(client, id, 'never_called')).toMatchObject([
      { reason: 'Dograh could not place the call: No credits left.' },
      { reason: 'Dograh could not place the call: No credits left.' },
    ]);
  });

  it('is one that may have been called, if the reason is no proof', async () => {
    const id = await launch(world.simulator, { csv: csvOf(UNREACHABLE) });
    world.simulator.advance(MINUTE);
    for (const run of world.simulator.runs) run.gatheredContext = { error: 'Server disconnected' };

    expect(await contactsOf(client, id)).toMatchObject([
      { contact_status: 'called', reason: null, status: 'completed', outcome: 'unknown' },
    ]);
    expect(await client.getCampaign(id)).toMatchObject({ called: 1, never_called: 0 });
  });

  it.each(VERSIONS)('is named if its campaign failed (Dograh %s)', async (version) => {
    world.reset(version);
    world.simulator.breakCampaign({ kind: 'failed-campaign', afterRows: 5, message: 'Disk full' });
    const id = await launch(world.simulator, { csv: contactsFile(12) });
    world.simulator.advance(5 * MINUTE);
    const atOnce = await contactsOf(client, id);
    expect(world.campaign(id).state).toBe('failed');
    expect(atOnce.filter(({ contact_status: status }) => status === 'called')).toHaveLength(5);
    // Another batch of the same campaign may be under way, which Dograh does not stop.
    expect(atOnce.find(({ calls }) => calls === 0)).toMatchObject({
      contact_status: 'pending',
      notes: [expect.stringMatching(/^Dograh may still dial contacts of its last batch\./)],
    });

    world.simulator.advance(30 * MINUTE);
    const lost = await contactsOf(client, id, 'never_called');
    expect(numbersOf(lost)).toEqual(notDialed(id));
    expect(lost).toHaveLength(7);
    expect(lost[0]).toMatchObject({
      status: 'never_called',
      reason: 'The campaign failed before Dograh dialed this contact: Disk full.',
      workflow_run_id: null,
      notes: [],
    });
  });

  it.each(VERSIONS)('is named if Dograh could not read the file (Dograh %s)', async (version) => {
    world.reset(version);
    const id = await launch(world.simulator, { csv: contactsFile(2) });
    const { sourceId } = world.campaign(id);
    Reflect.set(world.campaign(id), 'sourceId', 'campaigns/1/gone.csv');
    world.simulator.advance(MINUTE);
    Reflect.set(world.campaign(id), 'sourceId', sourceId);

    expect(await client.getCampaign(id)).toMatchObject({
      ...{ state: 'failed', contacts: 2, called: 0, pending: 0, never_called: 2, notes: [] },
    });
    expect((await contactsOf(client, id, 'never_called'))[1]?.reason).toMatch(
      /^The campaign failed before Dograh dialed this contact: Source sync failed: /,
    );
  });

  const losses: [string, CampaignDefect, number][] = [
    ['loses rows', { kind: 'lost-rows', afterRows: 1, rows: 2 }, 2],
    ['kills its worker', { kind: 'killed-worker', afterRows: 4, moment: 'before-dialing' }, 6],
    ['kills its worker after a call', { kind: 'killed-worker', moment: 'after-dialing' }, 9],
  ];

  it.each(VERSIONS.flatMap((version) => losses.map((loss) => [version, ...loss] as const)))(
    'is named if Dograh %s %s',
    async (version, _name, defect, count) => {
      world.reset(version);
      world.simulator.breakCampaign(defect);
      const id = await launch(world.simulator, { csv: contactsFile(12) });
      world.simulator.advance(3 * HOUR);
      const lost = await contactsOf(client, id, 'never_called');

      expect(world.campaign(id).state).toBe('completed');
      expect(numbersOf(lost)).toEqual(notDialed(id));
      expect(lost).toHaveLength(count);
      expect(lost[0]?.reason).toMatch(
        /^Dograh completed the campaign without dialing this contact\. Dograh 1\.45 loses/,
      );
      expect(await client.getCampaign(id)).toMatchObject({
        ...{ called: 12 - count, pending: 0, never_called: count },
      });
    },
  );

  it('is named if two campaigns at once lost it', async () => {
    const first = await launch(world.simulator, { csv: contactsFile(5) });
    const csv = csvOf('+14155557001', '+14155557002', '+14155557003', '+14155557004');
    const second = await launch(world.simulator, { csv });
    world.simulator.advance(3 * HOUR);
    const lost = [
      ...(await contactsOf(client, first, 'never_called')),
      ...(await contactsOf(client, second, 'never_called')),
    ];

    expect(lost.length).toBeGreaterThan(0);
    expect(numbersOf(lost)).toEqual([...notDialed(first), ...notDialed(second)]);
  });
});

describe('a campaign that redials another one', () => {
  const NO_ANSWER = '+14155550192';
  const VOICEMAIL = '+14155550193';
  const body = { retry_config: { enabled: false } };

  async function redialed(
    numbers: readonly string[],
    choice: Record<string, boolean> = {},
  ): Promise<number> {
    const parent = await launch(world.simulator, { csv: csvOf(...numbers), body });
    world.simulator.advance(3 * HOUR);
    const path = `/campaign/${String(parent)}/redial`;
    const response = await request(world.simulator, 'POST', path, choice);
    expect(response.status).toBe(200);
    return (response.body as { id: number }).id;
  }

  it('has only those contacts of the file that it calls again', async () => {
    const voicemails = [VOICEMAIL, numberInRow(4), numberInRow(5)];
    for (const number of voicemails) {
      world.simulator.world.endings[number] = { disposition: 'voicemail_detected' };
    }
    const numbers = [numberInRow(2), BUSY, numberInRow(3), NO_ANSWER, ...voicemails];
    const id = await redialed(numbers, { retry_on_voicemail: false });

    expect(await contactsOf(client, id)).toMatchObject([
      { contact: 2, phone_number: BUSY, contact_status: 'pending', calls: 0, notes: [] },
      { contact: 4, phone_number: NO_ANSWER, contact_status: 'pending' },
    ]);
    expect(await client.getCampaign(id)).toMatchObject({
      ...{ contacts: 2, called: 0, pending: 2, parent_campaign_id: 1 },
    });
    await act(world.simulator, id, 'start');
    world.simulator.advance(2 * HOUR);
    const called = await contactsOf(client, id, 'called');
    expect(numbersOf(called)).toEqual([BUSY, NO_ANSWER]);
    expect(called[0]).toMatchObject({ calls: 1, notes: [] });
  });

  it('says so if it is not known who they are, until they are called', async () => {
    const id = await redialed([BUSY, NO_ANSWER, numberInRow(2)], {
      retry_on_voicemail: false,
      retry_on_busy: false,
    });
    // One busy number and one without an answer: Dograh does not say which one is called again.
    expect(await contactsOf(client, id)).toMatchObject([
      {
        contact: null,
        phone_number: null,
        contact_status: 'pending',
        notes: [expect.stringMatching(/^This campaign calls some contacts of campaign 1 again\./)],
      },
    ]);
    expect(await client.getCampaign(id)).toMatchObject({ contacts: 1, pending: 1 });

    await act(world.simulator, id, 'start');
    world.simulator.advance(2 * HOUR);
    expect(await contactsOf(client, id)).toMatchObject([
      { contact: 2, phone_number: NO_ANSWER, contact_status: 'called', notes: [] },
    ]);
  });
});
