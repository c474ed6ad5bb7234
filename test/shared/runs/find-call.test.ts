import type { RunResult } from '@dograh/shared';
import type { CallSearchInput } from '../../../shared/src/runs/find-call';
import { startSimulator, type PastRun, type Run, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { rejectionOf } from '../../support/refusal';

const PHONE = '+14155550101';
const START = Date.UTC(2026, 7, 1);
const HOUR = 3_600_000;

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ resultsAfterMs: 0, artifactsAfterMs: 0 });
});
beforeEach(() => {
  simulator.reset();
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  expect(simulator.callRequests).toEqual([]);
});
afterAll(() => simulator.stop());

function find(search: CallSearchInput): Promise<RunResult | undefined> {
  return clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey }).findCall(search);
}

async function idOf(search: CallSearchInput): Promise<number | undefined> {
  return (await find(search))?.workflow_run_id;
}

/** The last one is the newest. */
function past(run: PastRun = {}): Run {
  const createdAt = new Date(START + simulator.runs.length * HOUR).toISOString();
  return simulator.addRun({ createdAt, ...run });
}

function nationally(phoneNumber: unknown, defaultCountry = 'US'): CallSearchInput {
  return { phoneNumber, phoneNumberRules: { defaultCountry } };
}

const withReference = (reference: unknown): PastRun => ({
  initialContext: { call_reference: reference },
});

describe('a call is found', () => {
  it.each([(id: number) => id, (id: number) => ` ${id} `])(
    'by its run ID, with all its data',
    async (typed) => {
      const { runId } = past();
      past();
      const call = await find({ runId: typed(runId) });

      expect(call).toMatchObject({
        workflow_run_id: runId,
        agent_name: 'Appointment Reminder',
        status: 'completed',
        cost: 7.5,
        recording_url: expect.stringContaining('/public/download/'),
      });
      expect(simulator.requests).toHaveLength(3);
    },
  );

  it('while it is running', async () => {
    const { runId } = past({ endedAt: null });

    expect(await find({ runId })).toMatchObject({ status: 'in_progress', outcome: null });
  });

  it('after it was completed without results', async () => {
    const slow = await startSimulator({ resultsAfterMs: 600_000 });
    const { runId } = slow.addRun({ endedAt: null });
    slow.finish(runId);
    const call = await clientTo(slow.url, { apiKey: slow.world.acme.apiKey }).findCall({ runId });
    await slow.stop();

    expect(call).toMatchObject({ status: 'completed', outcome: 'unknown' });
  });

  it.each<[string, CallSearchInput]>([
    ['in international form', { phoneNumber: '+1 (415) 555-0101' }],
    ['with a default country', nationally('(415) 555-0101', '\u200bus\u00a0')],
    ['as a number', nationally(4155550101)],
    ['as any destination', { phoneNumber: '1 415 555 0101', phoneNumberRules: { format: 'any' } }],
    ['with invisible marks', { phoneNumber: '\u202a+1\u00a0415\u202f555\u20090101\u202c' }],
  ])('by its number, written %s: the newest one', async (_how, search) => {
    past({ phoneNumber: PHONE });
    const called = past({ phoneNumber: PHONE });
    past({ phoneNumber: `${PHONE}9` });
    expect(await idOf(search)).toBe(called.runId);
    const calling = past({ phoneNumber: PHONE, direction: 'inbound' });

    expect(await idOf(search)).toBe(calling.runId);
  });

  it.each(['+1 415 555-0101', '14155550101', '001 415 555 0101', 'tel:+1-415-555-0101'])(
    'by its number, which another program stored as %s',
    async (phoneNumber) => {
      const { runId } = past({ phoneNumber });

      expect(await idOf({ phoneNumber: PHONE })).toBe(runId);
    },
  );

  it.each(['204', 'sip:a%_n@example.com', 'sip:a\\n@example.com', '100%'])(
    'by the destination %s, and not another one like it',
    async (destination) => {
      const search = { phoneNumber: destination, phoneNumberRules: { format: 'any' } };
      past({ phoneNumber: '+14155552041' });
      past({ phoneNumber: 'sip:ann@example.com' });
      expect(await find(search)).toBeUndefined();
      const { runId } = past({ phoneNumber: destination });
      past({ phoneNumber: 'sip:ann@example.com' });

      expect(await idOf(search)).toBe(runId);
    },
  );

  it.each([
    ['the same', 'lead-42', 'lead-42'],
    ['with blanks around it', 'lead-42', '  lead-42\t'],
    ['with invisible marks', 'lead-42', '\ufefflead\u00ad-42\u200b'],
    ['stored with an invisible mark', 'lead-42\u200b', 'lead-42'],
    ['stored with another dash', 'lead\u201342', 'lead-42'],
    ['with another dash', 'lead-42', 'lead\u201142'],
    ['written in another form of Unicode', 'Zo\u00eb', 'Zoe\u0308'],
    ['that is a number', 42, '42'],
  ])('by its reference, %s', async (_what, given, searched) => {
    past(withReference(given));
    const { runId } = past(withReference(given));
    past(withReference('lead-43'));
    past();

    expect(await idOf({ callReference: searched })).toBe(runId);
  });

  it('by its agent, even an archived one', async () => {
    const { leadQualifier, archived } = simulator.world.agents;
    const [one, other] = [past({ agent: leadQualifier }), past({ agent: archived })];
    past();

    expect(await idOf({ agentUuid: leadQualifier.uuid })).toBe(one.runId);
    expect(await idOf({ agentUuid: archived.uuid.toUpperCase() })).toBe(other.runId);
  });

  it('by all fields at once, but only if all match', async () => {
    const { leadQualifier: agent } = simulator.world.agents;
    const { runId } = past({ phoneNumber: PHONE, agent, ...withReference('a') });
    past({ phoneNumber: PHONE, agent, ...withReference('b') });
    past({ phoneNumber: PHONE, ...withReference('a') });
    past({ agent, ...withReference('a') });
    const search = { phoneNumber: PHONE, agentUuid: agent.uuid, callReference: 'a' };

    expect(await idOf(search)).toBe(runId);
    expect(await idOf({ ...search, runId })).toBe(runId);
    expect(await idOf({ ...search, runId, callReference: 'b' })).toBeUndefined();
    expect(await idOf({ runId, phoneNumber: '+14155550102' })).toBeUndefined();
    expect(await idOf({ ...search, runId: runId + 2 })).toBeUndefined();
  });
});

describe('no call is found', () => {
  it.each<[string, CallSearchInput]>([
    ['run ID', { runId: 999_999 }],
    ['number', { phoneNumber: '+14155550999' }],
    ['reference', { callReference: 'nobody' }],
  ])('by a %s that no call has', async (_what, search) => {
    past();

    expect(await find(search)).toBeUndefined();
  });

  it('of another organization', async () => {
    const { runId } = past({ agent: simulator.world.agents.globexSurvey });

    expect(await find({ runId })).toBeUndefined();
  });
});

describe('a search is rejected before any request if it contains', () => {
  it.each<[string, CallSearchInput, RegExp]>([
    ['nothing', {}, /^Run ID, Phone Number, Call Reference and Agent are all empty/],
    [
      'blanks',
      { runId: '', phoneNumber: ' ', callReference: null, agentUuid: '' },
      /are all empty/,
    ],
    ['a name as run ID', { runId: 'WR-API-1' }, /Run ID must be .*, not "WR-API-1"/],
    ['zero as run ID', { runId: 0 }, /Run ID must be .*, not "0"/],
    [
      'a long reference',
      { callReference: 'x'.repeat(201) },
      /^Call Reference must be a text or a whole number/,
    ],
    ['a name as agent', { agentUuid: 'Ann' }, /"Ann" is not an Agent UUID/],
    ['invisible marks', { phoneNumber: '\u200b', callReference: '\ufeff' }, /are all empty/],
    [
      'a number without a country',
      { phoneNumber: '415 555 0101' },
      /^Phone Number "415 555 0101" has no country code/,
    ],
    ['a number with letters', { phoneNumber: '+1 415 555 O101' }, /^Phone Number .*"O"/],
    [
      'a country that does not exist',
      nationally('415 555 0101', 'United'),
      /^Default Country must be .*, not "United"/,
    ],
    [
      'another number format',
      { phoneNumber: PHONE, phoneNumberRules: { format: 'E164' } },
      /^Number Format must be .*, not "E164"/,
    ],
  ])('%s', async (_what, search, sentence) => {
    const error = await rejectionOf(find(search));

    expect(error).toMatchObject({
      kind: 'InvalidInput',
      message: expect.stringMatching(sentence) as string,
    });
    expect(simulator.requests).toHaveLength(0);
  });

  it.each([
    (key: string) => key,
    (key: string) => `+1 ${key.toUpperCase()} "x"`,
    (key: string) => `${key.slice(0, 6)}\u200b${key.slice(6)}`,
  ])('the API key as a destination, because it would be in a URL', async (pasted) => {
    const { apiKey } = simulator.world.acme;
    const search = { phoneNumber: pasted(apiKey), phoneNumberRules: { format: 'any' } };
    const error = await rejectionOf(find(search));

    expect(error).toMatchObject({ kind: 'InvalidInput', retryable: false });
    expect(error.message).toContain('contains the API key');
    expect(JSON.stringify(error)).not.toContain(apiKey);
    expect(simulator.requests).toHaveLength(0);
  });

  it('a key with characters that are escaped in a URL', async () => {
    const apiKey = `dg_"it's"(~!*)?&=+%`;
    const error = await rejectionOf(
      clientTo(simulator.url, { apiKey }).findCall({
        phoneNumber: apiKey,
        phoneNumberRules: { format: 'any' },
      }),
    );

    expect(error.message).toContain('contains the API key');
    expect(simulator.requests).toHaveLength(0);
  });

  it('the agent of another organization', async () => {
    const agentUuid = simulator.world.agents.globexSurvey.uuid;

    expect(await rejectionOf(find({ agentUuid }))).toMatchObject({ kind: 'NotFound' });
  });
});

describe('a call reference is searched in the newest 2,000 calls', () => {
  it('or in the newest 2,000 calls of a number', async () => {
    const oldest = past({ phoneNumber: PHONE, ...withReference('a') });
    for (let count = 0; count < 2_000; count += 1) past();

    expect(await find({ callReference: 'a' })).toBeUndefined();
    expect(simulator.requests).toHaveLength(20);
    expect(await idOf({ callReference: 'a', phoneNumber: PHONE })).toBe(oldest.runId);
  });
});
