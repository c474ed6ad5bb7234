import { DateTime } from 'luxon';
import { N8nServer, withClock } from '../../tools/n8n-server/n8n-server';
import { webhook, type NewNode } from '../../tools/n8n-server/workflow-nodes';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { dograh, workflowOf } from './workflows';

/** A Friday. It is 10:30 in New York, 7:30 in Los Angeles, 15:30 in London, 21:00 in Delhi, and Saturday in Sydney. */
const FRIDAY = '2026-12-04T15:30:00Z';
const HOUR_MS = 3_600_000;
const HOLIDAY = '2026-12-07';
const OPTIONS = {
  attempts: { values: { maximumCalls: 3, withinHours: 168 } },
  callingHours: {
    values: {
      days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      from: '09:00',
      to: '20:00',
      datesWithoutCalls: HOLIDAY,
    },
  },
  concurrency: 5,
  doNotCall: "={{ $('List').all().map((item) => item.json.phones) }}",
  doNotCallIfAsked: 'do_not_call',
  minimumHoursBetween: 24,
};

const NEW_YORK = numbers('+121255501', 13);
const LOS_ANGELES = numbers('+141555501', 10);
const LONDON = numbers('+4420794600', 10);
const DELHI = numbers('+9111234567', 8);
const SYDNEY = numbers('+612555000', 7);
/** An Australian mobile phone. It may be in nine time zones. */
const MOBILE = '+61491570006';
const TOLL_FREE = '+18005550199';
const ALL = [...NEW_YORK, ...LOS_ANGELES, ...LONDON, ...DELHI, ...SYDNEY, MOBILE, TOLL_FREE];

/** The numbers as they are in the list of another node. */
const DO_NOT_CALL = [
  'tel:+1-212-555-0113',
  '+1 (415) 555-0110',
  '+44 20 7946 0010',
  '+91 11 2345 6708',
  '+61 (2) 5550 0007',
];
const ON_LIST = ['+12125550113', '+14155550110', '+442079460010', '+911123456708', '+61255500007'];
const OPTED_OUT = {
  inWordOfDograh: '+12125550112',
  inOwnCode: '+12125550111',
  /** The organization's code for it is another word. */
  inAgentsWord: '+442079460009',
};
const CALLED_YESTERDAY = { newYork: '+12125550110', losAngeles: '+14155550109' };
const CALLED_THREE_TIMES = '+442079460008';

/** Numbers as people type them. */
const TYPED: Readonly<Record<string, string>> = {
  '+12125550101': 'tel:+12125550101',
  '+12125550102': ' +1 (212) 555-0102 ',
  '+14155550101': '+1.415.555.0101',
  '+442079460001': '+44 20 7946 0001',
  '+442079460009': '+44 (0)20 7946 0009',
  '+911123456708': 'tel:+91-11-2345-6708',
};

describe('calling rules in a real n8n server', () => {
  let simulator: Simulator;
  let n8n: N8nServer;
  let credentialId: string;
  let offsetMs = 0;

  beforeAll(async () => {
    setClock(FRIDAY);
    simulator = await startSimulator({
      ringMs: 50,
      callDurationMs: 200,
      clockOffsetMs: () => offsetMs,
    });
    n8n = await N8nServer.start(withClock(offsetMs));
    credentialId = await n8n.rest.createCredential('dograhApi', 'Dograh', {
      apiKey: simulator.world.acme.apiKey,
      baseUrl: simulator.url,
    });
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
  });
  afterAll(async () => {
    await n8n.stop();
    await simulator.stop();
  });

  function setClock(time: string): void {
    offsetMs = Date.parse(time) - Date.now();
  }

  const dialed = (): string[] => simulator.calls.map(({ phoneNumber }) => phoneNumber);
  const calledBefore = (
    phoneNumber: string,
    hoursAgo: number,
    disposition?: string,
    code?: string,
  ) =>
    simulator.addRun({
      agent: simulator.world.agents.leadQualifier,
      phoneNumber,
      // Half a minute earlier, because Dograh tells the time in whole seconds, and the node rounds up to a minute.
      createdAt: new Date(Date.parse(FRIDAY) - hoursAgo * HOUR_MS - 30_000).toISOString(),
      ending: {
        ...(disposition !== undefined && { disposition }),
        ...(code !== undefined && { mappedDisposition: code }),
      },
    });
  /** Calls the rows of a request. @returns the output */
  async function call(
    path: string,
    phones: readonly string[],
    options: Parameters<typeof dograh>[1],
  ): Promise<Record<string, unknown>[]> {
    const file = workflowOf(path, [webhook(path), ...FROM_REQUEST, dograh(credentialId, options)], {
      Webhook: [['List']],
      List: [['Request']],
      Request: [['Rows']],
      Rows: [['Dograh']],
    });
    const stored = await n8n.rest.createWorkflow(file);
    await n8n.rest.activate(stored);
    const rows = phones.map((phone, index) => ({ phone, id: `lead-${index}` }));
    const answer = await n8n.rest.webhook(path, { phones: DO_NOT_CALL, rows });
    const [execution] = await n8n.rest.executionsOf(stored.id);
    expect([answer.status, execution?.status]).toEqual([200, 'success']);
    return answer.body as Record<string, unknown>[];
  }

  it('decide for each of 50 people in four countries whether they are called', async () => {
    calledBefore(OPTED_OUT.inWordOfDograh, 5_000, 'do_not_call');
    calledBefore(OPTED_OUT.inOwnCode, 2_000, 'said_stop', 'DO-NOT-CALL');
    calledBefore(OPTED_OUT.inAgentsWord, 1_000, 'do_not_call', 'X17');
    calledBefore(CALLED_YESTERDAY.newYork, 20, 'no-answer');
    calledBefore(CALLED_YESTERDAY.losAngeles, 20, 'busy');
    for (const hoursAgo of [150, 100, 50]) calledBefore(CALLED_THREE_TIMES, hoursAgo, 'no-answer');
    calledBefore('+12125550103', 30, 'user_hangup');

    const mixed = ALL.map((_, index) => ALL[(index * 17) % ALL.length] ?? '');
    const output = await call(
      'fifty',
      mixed.map((number) => TYPED[number] ?? number),
      {
        contextMode: 'pairs',
        contextPairs: { pair: [{ name: 'lead', value: '={{ $json.id }}' }] },
        options: OPTIONS,
      },
    );

    const refused = ALL.filter((number) => refusalOf(number) !== undefined);
    const called = ALL.filter((number) => refusalOf(number) === undefined);
    expect(new Set(mixed).size).toBe(50);
    expect([called.length, refused.length]).toEqual([16, 34]);
    expect(dialed().toSorted()).toEqual(called.toSorted());
    expect(output.map(({ phone_number: number }) => number)).toEqual(mixed);
    for (const [index, number] of mixed.entries()) {
      const item = output[index] ?? {};
      const refusal = refusalOf(number);
      expect({ number, ...pick(item), lead: item['initial_context'] }).toEqual({
        number,
        ...(refusal === undefined
          ? { skipped: false, skip_reason: null, callable_at: null, status: 'initiated', run: true }
          : { ...refusal, skipped: true, status: 'skipped', run: false }),
        lead: expect.objectContaining({ lead: `lead-${index}` }),
      });
    }
  });

  it('read the earlier calls of a number at most once', async () => {
    // A call that waits for a free slot is checked again before its next attempt.
    simulator.world.acme.concurrentCallLimit = 50;
    await call('requests', ALL, { options: OPTIONS });
    const asked = simulator.requests.filter(({ path }) => path.includes('/usage/runs'));

    expect(asked).toHaveLength(ALL.length - ON_LIST.length);
  });

  it('let other items go on while one waits for its calling hours', async () => {
    const opening = '2026-12-04T14:00:00Z';
    setClock('2026-12-04T13:59:45Z');
    await n8n.restart(withClock(offsetMs));
    const [newYork = '', london = ''] = [NEW_YORK[0], LONDON[0]];
    const output = await call('wait', [newYork, london], {
      options: { ...OPTIONS, concurrency: 1, onRule: 'wait' },
    });

    expect(dialed()).toEqual([london, newYork]);
    expect(output.map(pick)).toMatchObject([{ skipped: false }, { skipped: false }]);
    const [first, second] = simulator.runs.map(({ createdAt }) => Date.parse(createdAt));
    expect(first).toBeLessThan(Date.parse(opening));
    expect(second).toBeGreaterThanOrEqual(Date.parse(opening));
  });
});

/** Nodes that make the list and the rows from a request. */
const FROM_REQUEST: readonly NewNode[] = [
  {
    name: 'List',
    type: 'n8n-nodes-base.splitOut',
    typeVersion: 1,
    parameters: {
      fieldToSplitOut: 'body.phones',
      options: { destinationFieldName: 'phones' },
    },
  },
  {
    name: 'Request',
    type: 'n8n-nodes-base.set',
    typeVersion: 3.4,
    executeOnce: true,
    parameters: { mode: 'raw', jsonOutput: "={{ $('Webhook').first().json.body }}", options: {} },
  },
  {
    name: 'Rows',
    type: 'n8n-nodes-base.splitOut',
    typeVersion: 1,
    parameters: { fieldToSplitOut: 'rows', options: {} },
  },
];

/** What the rules say about a number on that Friday. Undefined: it is called. */
function refusalOf(
  number: string,
): { skip_reason: string; callable_at: string | null } | undefined {
  const never = { skip_reason: 'do_not_call', callable_at: null };
  if (ON_LIST.includes(number) || Object.values(OPTED_OUT).includes(number)) return never;
  const tooMany = (time: string, zone: string) => ({
    skip_reason: 'too_many_attempts',
    callable_at: iso(time, zone),
  });
  if (number === CALLED_YESTERDAY.newYork) return tooMany('2026-12-04T14:30', 'America/New_York');
  if (number === CALLED_YESTERDAY.losAngeles)
    return tooMany('2026-12-04T11:30', 'America/Los_Angeles');
  // The fourth call would be allowed on Saturday.
  if (number === CALLED_THREE_TIMES) return tooMany('2026-12-08T09:00', 'Europe/London');
  const outside = (callable_at: string | null) => ({
    skip_reason: 'outside_calling_hours',
    callable_at,
  });
  if (LOS_ANGELES.includes(number)) return outside(iso('2026-12-04T09:00', 'America/Los_Angeles'));
  // Monday is the holiday.
  if (DELHI.includes(number)) return outside(iso('2026-12-08T09:00', 'Asia/Kolkata'));
  if (SYDNEY.includes(number)) return outside(iso('2026-12-08T09:00', 'Australia/Sydney'));
  if (number === MOBILE) {
    // Its last zone to reach 9:00. The time is written by the clock of the first zone.
    const last = DateTime.fromISO('2026-12-08T09:00', { zone: 'Indian/Cocos' });
    return outside(last.setZone('Australia/Adelaide').toISO({ suppressMilliseconds: true }));
  }
  return number === TOLL_FREE ? outside(null) : undefined;
}

function iso(time: string, zone: string): string | null {
  return DateTime.fromISO(time, { zone }).toISO({ suppressMilliseconds: true });
}

function pick(item: Record<string, unknown>) {
  const { skipped, skip_reason, callable_at, status, workflow_run_id: run } = item;
  return { skipped, skip_reason, callable_at, status, run: run !== null };
}

/** @returns the numbers that begin with the prefix, and end with 01, 02 and so on */
function numbers(prefix: string, count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `${prefix}${String(index + 1).padStart(2, '0')}`,
  );
}
