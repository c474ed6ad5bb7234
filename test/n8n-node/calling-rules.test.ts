import type { INodeParameters } from 'n8n-workflow';
import { followsCallingRules } from '../behaviour/calling-rules';
import { setDate, type HostDate } from '../support/host-date';
import { callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeOutcome, type NodeRun } from '../../tools/hosts/n8n/engine';
import { n8n, shownBy } from '../../tools/hosts/n8n/host';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { tool, type Execution } from './tool-of-agent';

followsCallingRules(n8n);

const BERLIN = '+4930123456';
const PARIS = '+33142685300';
const LONDON = '+442079460123';
const NEW_YORK = '+12125550123';
/** 08:30 in New York, 14:30 in Berlin. */
const MORNING = '2026-12-01T13:30:00Z';
const HOURS = { callingHours: { values: { from: '09:00', to: '20:00' } } };

describe('the calling rules of many items in n8n', () => {
  let simulator: Simulator;
  let date: HostDate;

  beforeAll(async () => {
    simulator = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: 1 });
  });
  beforeEach(() => {
    simulator.reset();
    date = setDate(MORNING);
  });
  afterEach(() => {
    date.restore();
    expect(simulator.contractViolations).toEqual([]);
  });
  afterAll(() => simulator.stop());

  const run = (
    options: INodeParameters,
    phones: readonly string[],
    node: Partial<NodeRun> = {},
    operation = 'trigger',
  ): Promise<NodeOutcome> =>
    runDograhNode({
      parameters: callForm({ operation, phoneNumber: '={{ $json.phone }}', options }),
      credentials: credentialsFor(simulator),
      items: phones.map((phone) => ({ phone })),
      ...node,
    });
  const called = (): string[] => simulator.calls.map(({ phoneNumber }) => phoneNumber);
  const output = ({ outputs }: NodeOutcome, index = 0) =>
    (outputs[index] ?? []).map(({ json }) => json);
  /** Settles when this many calls were placed. */
  const placed = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const stop = simulator.onRequest(() => {
        if (simulator.calls.length < count) return;
        stop();
        resolve();
      });
    });

  describe('with On Calling Rule: Fail', () => {
    const options = { ...HOURS, onRule: 'fail' };

    it('stop the node, and the message says why and when', async () => {
      const { error, ...outcome } = await run(options, [NEW_YORK, BERLIN]);

      expect(shownBy({ error, ...outcome })).toMatch(
        /because of the rule Calling Hours.*not dialed.*2026-12-01T09:00:00-05:00/s,
      );
      expect(called()).toEqual([]);
    });

    it('give the details of each item, with On Error: Continue', async () => {
      const settings = { onError: 'continueErrorOutput' } as const;
      const outcome = await run(options, [NEW_YORK, BERLIN], { settings });

      expect(output(outcome, 1)).toMatchObject([
        {
          details: {
            kind: 'CallingRule',
            callPlaced: 'no',
            skip_reason: 'outside_calling_hours',
            callable_at: '2026-12-01T09:00:00-05:00',
          },
        },
      ]);
      expect(output(outcome)).toMatchObject([{ phone_number: BERLIN }]);
      expect(called()).toEqual([BERLIN]);
    });
  });

  describe('with On Calling Rule: Wait', () => {
    const options = { ...HOURS, onRule: 'wait', maxWaitMinutes: 40, concurrency: 1 };

    it.each([1, 2])(
      'call other items while one waits, and keep the order of the output (Concurrency %i)',
      async (concurrency) => {
        date.holdWaitsUntil(placed(3));
        const phones = [NEW_YORK, BERLIN, PARIS, LONDON];
        const outcome = await run({ ...options, concurrency }, phones);

        expect(called().slice(-1)).toEqual([NEW_YORK]);
        expect([...called()].sort()).toEqual([...phones].sort());
        expect(output(outcome).map((json) => json['phone_number'])).toEqual(phones);
        expect(outcome.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
          phones.map((_, item) => ({ item })),
        );
      },
    );

    it('wait together if all items wait', async () => {
      const phones = [NEW_YORK, '+12125550124', '+12125550125'];
      const outcome = await run(options, phones);

      expect(output(outcome).map((json) => json['phone_number'])).toEqual(phones);
      expect(called().sort()).toEqual(phones);
    });

    it('skip an item whose hours begin after Maximum Queue Time', async () => {
      const outcome = await run({ ...options, maxWaitMinutes: 29 }, [NEW_YORK, BERLIN]);

      expect(output(outcome)).toMatchObject([
        { skip_reason: 'outside_calling_hours', callable_at: '2026-12-01T09:00:00-05:00' },
        { phone_number: BERLIN, skipped: false },
      ]);
      expect(date.waits()).toBe(0);
      expect(called()).toEqual([BERLIN]);
    });

    it.each([
      ['the last item', [NEW_YORK, BERLIN, '+1415'], [BERLIN]],
      ['an item before others', [NEW_YORK, '+1415', BERLIN, PARIS], []],
      [
        'an item while two wait',
        [NEW_YORK, '+12125550124', BERLIN, '+1415', PARIS, LONDON],
        [BERLIN],
      ],
    ])('end the waits without a call if %s stops the node', async (_name, phones, before) => {
      date.holdWaitsUntil(new Promise(() => undefined));
      const { error, ...outcome } = await run(options, phones);

      expect(shownBy({ error, ...outcome })).toMatch(/"\+1415" is too short/);
      expect(called()).toEqual(before);
    });

    it('end without a call if another item stops the node before they get a slot again', async () => {
      const arrived = new Promise<void>((resolve) => {
        const stop = simulator.onChange(() => {
          stop();
          resolve();
        });
      });
      date.holdWaitsUntil(arrived);
      const fault = { kind: 'latency', callPlaced: true, ms: 100, delayed: 'answer' } as const;
      simulator.faults.add({ on: 'call', fault });
      const { error, ...outcome } = await run(options, [NEW_YORK, BERLIN, '+1415', PARIS]);

      expect(shownBy({ error, ...outcome })).toMatch(/"\+1415" is too short/);
      expect(called()).toEqual([BERLIN]);
    });

    it('end without a call if the execution is stopped', async () => {
      date.holdWaitsUntil(new Promise(() => undefined));
      const outcome = await run(options, [NEW_YORK, BERLIN], { stopWhen: placed(1) });

      expect(outcome.status).toBe('canceled');
      expect(called()).toEqual([BERLIN]);
    });
  });

  describe('an added rule without a value', () => {
    it.each<[string, INodeParameters]>([
      ['Do Not Call List', { doNotCall: '' }],
      ['Do Not Call List', { doNotCall: '={{ $json.nothing }}' }],
      ['Do Not Call If They Asked', { doNotCallIfAsked: ' ' }],
      ['Minimum Hours Between Calls', { minimumHoursBetween: '={{ null }}' }],
      ['Call Attempts', { attempts: {} }],
      ['Maximum Calls', { attempts: { values: { maximumCalls: '', withinHours: 24 } } }],
      ['Maximum Calls Within', { attempts: { values: { maximumCalls: 3, withinHours: '' } } }],
      ['Calling Hours', { callingHours: {} }],
      ['Calling Hours From', { callingHours: { values: { from: '', to: '20:00' } } }],
      ['Dates Without Calls', datesFrom('={{ $json.nothing }}')],
    ])('is refused before any request: %s in %j', async (label, options) => {
      const { error, ...outcome } = await run(options, [BERLIN]);

      expect(shownBy({ error, ...outcome })).toContain(label);
      expect(outcome.status).toBe('error');
      expect(simulator.requests).toEqual([]);
    });

    it('is fine for a list without entries and for no dates', async () => {
      await run({ doNotCall: '={{ [] }}' }, [BERLIN]);
      await run(datesFrom(''), [PARIS]);

      expect(called()).toEqual([BERLIN, PARIS]);
    });
  });

  it('refuse a list that is only one row of another node', async () => {
    const doNotCall = "={{ $('Items').item.json.phone }}";
    const outcome = await run({ doNotCall }, [BERLIN]);

    expect(shownBy(outcome)).toContain('takes one row of another node');
    expect(shownBy(outcome)).toContain('.all().map(row => row.json.phone)');
    expect(simulator.requests).toEqual([]);
  });

  it('accept the lists of expressions', async () => {
    const doNotCall = "={{ $('Items').all().map(row => row.json.phone) }}";
    const dates = datesFrom("={{ [$now.toISODate(), '2026-12-25'] }}");
    const list = await run({ doNotCall }, [BERLIN, PARIS]);
    const holidays = await run(dates, [LONDON]);

    expect([...output(list), ...output(holidays)].map((json) => json['skip_reason'])).toEqual([
      'do_not_call',
      'do_not_call',
      'outside_calling_hours',
    ]);
    expect(simulator.requests).toEqual([]);
  });

  it.each([
    ['preview', 'calling_rules'],
    ['checkNumber', 'notes'],
  ])('are only shown by the operation %s', async (operation, key) => {
    const options = { ...HOURS, doNotCallIfAsked: 'do_not_call', minimumHoursBetween: 24 };
    const outcome = await run(options, [BERLIN, NEW_YORK], {}, operation);

    expect(output(outcome)).toMatchObject([
      { phone_number: BERLIN, [key]: expect.anything() as unknown },
      { phone_number: NEW_YORK, [key]: expect.anything() as unknown },
    ]);
    expect(JSON.stringify(output(outcome))).toContain('2026-12-01T09:00:00-05:00');
    expect(simulator.callRequests).toEqual([]);
  });

  it('show the reason and the time of a refused call in the first columns of a table', async () => {
    const outcome = await run(HOURS, [NEW_YORK]);

    expect(Object.keys(outcome.outputs[0]?.[0]?.json ?? {}).slice(0, 6)).toEqual([
      ...['phone_number', 'status', 'skipped', 'skip_reason', 'callable_at', 'notes'],
    ]);
  });

  it('are explained first in the notes of Check Number', async () => {
    const outcome = await run(HOURS, [NEW_YORK], {}, 'checkNumber');

    expect(output(outcome)).toMatchObject([
      {
        callable_now: false,
        notes: [
          expect.stringMatching(/^Not callable because of the rule Calling Hours\. It is /),
          'Dograh lists no earlier call to this number.',
        ],
      },
    ]);
  });

  describe('of a tool', () => {
    const invoke = async (options: INodeParameters, execution?: Execution): Promise<string> => {
      const form = callForm({ phoneNumber: "={{ $fromAI('phone') }}", options });
      const dograh = await tool(simulator, form, {}, execution);
      const answer: unknown = await dograh
        .invoke({
          phone: BERLIN,
          list: '+4930999999',
          days: 'monday',
        })
        .catch((error: unknown) => (error instanceof Error ? error.message : error));
      return String(answer);
    };

    it.each<[string, INodeParameters]>([
      ['$fromAI', { doNotCall: "={{ $fromAI('list') }}" }],
      ['$json', { doNotCall: '={{ $json.list }}' }],
      ['$input', { doNotCallIfAsked: '={{ $input.first().json.list }}' }],
      ['$fromAI', { minimumHoursBetween: "={{ Number($fromAI('list')) }}" }],
      ['$fromAI', { callingHours: { values: { from: "={{ $fromAI('days') }}", to: '20:00' } } }],
      ['$json', { attempts: { values: { maximumCalls: '={{ $json.list }}', withinHours: 1 } } }],
      ['$fromAI', { doNotCall: '+4930999999', defaultCountry: "={{ $fromAI('list') }}" }],
      ['$fromAI', { ...HOURS, onRule: "={{ $fromAI('list') }}" }],
    ])('are refused if the model could change them with %s: %j', async (used, options) => {
      expect(await invoke(options)).toContain(
        `uses ${used}, so the model of an AI agent could loosen the rule`,
      );
      expect(simulator.requests).toEqual([]);
    });

    it('are followed if they are fixed', async () => {
      const answer = await invoke({ doNotCall: BERLIN });

      expect(JSON.parse(answer)).toMatchObject([{ skipped: true, skip_reason: 'do_not_call' }]);
      expect(simulator.callRequests).toEqual([]);
    });

    it('can use the output of another node', async () => {
      const options = { doNotCall: "={{ $('Read list').all().map(row => row.json.phone) }}" };
      const listed = (phone: string) => ({ before: { name: 'Read list', items: [{ phone }] } });

      expect(await invoke(options, listed(BERLIN))).toContain('do_not_call');
      expect(called()).toEqual([]);
      expect(await invoke(options, listed(PARIS))).toContain('initiated');
      expect(called()).toEqual([BERLIN]);
    });
  });
});

function datesFrom(datesWithoutCalls: string): INodeParameters {
  return { callingHours: { values: { from: '09:00', to: '20:00', datesWithoutCalls } } };
}
