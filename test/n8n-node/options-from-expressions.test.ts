import type { INodeParameters } from 'n8n-workflow';
import { askedIn } from '../behaviour/call-requests';
import { hurryWaits, timeLimits } from '../support/host-time';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeOutcome, type NodeRun } from '../../tools/hosts/n8n/engine';
import { shownBy } from '../../tools/hosts/n8n/host';
import { ActiveTrigger } from './active-trigger';

hurryWaits();

/** What a mapped value often is when an earlier step has no such field. */
const BLANK_WITHOUT_ITEM = ['undefined', 'null', '""', '"  "', '"\\u200b"'];
const BLANK = [...BLANK_WITHOUT_ITEM, '$json.missing'];
const NO_NUMBERS = ['"soon"', '"0x10"', '"1e3"', '"5 hours"', '"1,5"', '"1.000"', 'true', 'NaN'];
const NEITHER_YES_NOR_NO = ['"maybe"', '2', '"true false"', '[true]', '{ a: 1 }'];
const BAD_LISTS = ['{ busy: true }', 'true', '[["busy"]]', '[{ name: "busy" }]', '"[\\"busy\\"]"'];

/** n8n passes on what an expression gives. It does not convert it to the type of the field. */
describe('an option that comes from an expression', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: 1 });
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
  });
  afterAll(() => simulator.stop());

  const run = (parameters: INodeParameters, node: Partial<NodeRun> = {}): Promise<NodeOutcome> =>
    runDograhNode({ parameters, credentials: credentialsFor(simulator), ...node });
  const call = (options: INodeParameters, node: Partial<NodeRun> = {}): Promise<NodeOutcome> =>
    run(callForm({ options }), node);
  const callAndWait = (fields: INodeParameters): Promise<NodeOutcome> =>
    run(callForm({ operation: 'triggerAndWait', ...fields }));
  const getMany = (fields: INodeParameters): Promise<NodeOutcome> =>
    run({ resource: 'run', operation: 'getAll', ...fields });
  const pastRuns = (count: number, ...dispositions: string[]): void => {
    for (let index = 0; index < count; index += 1) {
      const disposition = dispositions[index % dispositions.length] ?? 'user_hangup';
      simulator.addRun({ ending: { disposition } });
    }
  };

  describe('for Return All and Limit', () => {
    it.each<[string, string, number]>([
      ['true', '50', 120],
      ['"true"', '50', 120],
      ['" Yes\\u200b"', '50', 120],
      ['1', '50', 120],
      ['"false"', '7', 7],
      ['"no"', '"7"', 7],
      ['false', '" 7 "', 7],
      ...BLANK.map((blank): [string, string, number] => [blank, '7', 7]),
      ...BLANK.map((blank): [string, string, number] => ['false', blank, 50]),
    ])('lists, with %s and %s, %i runs', async (returnAll, limit, count) => {
      pastRuns(120);

      expect(itemsOf(await getMany(from({ returnAll, limit })))).toHaveLength(count);
    });

    it('also applies to agents', async () => {
      const fields = { resource: 'agent', operation: 'getAll', ...from({ returnAll: '"false"' }) };
      const { acme, agents } = simulator.world;
      const active = Object.values(agents).filter(
        ({ organizationId, status }) => organizationId === acme.id && status === 'active',
      );

      expect(itemsOf(await run({ ...fields, ...from({ limit: '"2"' }) }))).toHaveLength(2);
      expect(itemsOf(await run({ ...fields, ...from({ returnAll: '"true"' }) }))).toHaveLength(
        active.length,
      );
    });

    it.each(['0', '"0"', '-1', '"-5"', '1.5', '"1.5"', 'Infinity', '[5]', ...NO_NUMBERS])(
      'refuses the limit %s before any request',
      async (limit) => {
        expectRefusal(
          await getMany(from({ limit })),
          /^Limit must be a whole number of results, not /,
        );
      },
    );

    it.each(NEITHER_YES_NOR_NO)('does not guess from %s', async (returnAll) => {
      const shown = expectRefusal(
        await getMany(from({ returnAll })),
        /^Return All must be yes or no, not /,
      );
      expect(shown).not.toMatch(/call/);
    });
  });

  describe('for Simplify', () => {
    it.each<[string, boolean]>([
      ['true', true],
      ['"true"', true],
      ['"false"', false],
      ['0', false],
      ...BLANK.map((blank): [string, boolean] => [blank, true]),
    ])('reads %s', async (simplify, isSimple) => {
      pastRuns(1);
      const [item] = itemsOf(await getMany(from({ simplify })));

      expect(item?.json['initial_context'] === undefined).toBe(isSimple);
    });

    it.each(NEITHER_YES_NOR_NO)('does not guess from %s', async (simplify) => {
      expectRefusal(await getMany(from({ simplify })), /^Simplify must be yes or no, not /);
    });
  });

  describe('for Wait for Transcript', () => {
    it.each<[string, boolean]>([
      ['"true"', true],
      ['"no"', false],
      ...BLANK.map((blank): [string, boolean] => [blank, false]),
    ])('reads %s', async (waitForTranscript, isIncluded) => {
      simulator.endNext({ transcript: 'agent: Hello!' });
      const [item] = itemsOf(await callAndWait(from({ waitForTranscript })));

      expect(item?.json['transcript'] !== null).toBe(isIncluded);
    });

    it.each(NEITHER_YES_NOR_NO)('does not guess from %s', async (waitForTranscript) => {
      expectRefusal(
        await callAndWait(from({ waitForTranscript })),
        /^Wait for Transcript must be yes or no, not /,
      );
    });
  });

  describe('for Concurrency', () => {
    it.each(['"5"', '" 5 "', '5', '1', '"100"', ...BLANK])('accepts %s', async (concurrency) => {
      const outcome = await call(from({ concurrency }), { items: [{}, {}, {}] });

      expect(itemsOf(outcome)).toHaveLength(3);
    });

    it.each(['0', '"0"', '-1', '101', '"101"', '1.5', '[5]', ...NO_NUMBERS])(
      'refuses %s',
      async (concurrency) => {
        expectRefusal(
          await call(from({ concurrency })),
          /^Concurrency must be a whole number from 1 to 100, not /,
        );
      },
    );

    it('reads the value for the first item', async () => {
      const outcome = await call(
        { concurrency: '={{ $json.n }}' },
        { items: [{ n: '2' }, { n: 999 }] },
      );

      expect(itemsOf(outcome)).toHaveLength(2);
    });
  });

  describe('for a time', () => {
    const TIMES = [
      ['options.maxWaitMinutes', /^Maximum Queue Time must be a number of minutes, not /, '-1'],
      ['options.timeoutSeconds', /^Request Timeout must be a number of seconds, not /, '601'],
      ['waitTimeoutMinutes', /^Maximum Wait for Result must be a number of minutes, not /, '0'],
      ['pollSeconds', /^Maximum Check Interval must be a number of seconds, not /, '1'],
      [
        'options.skipIfCalledWithin',
        /^Skip If Called Within must be a number of hours, not /,
        '9000',
      ],
    ] as const;
    const withTime = (name: string, value: string): Promise<NodeOutcome> => {
      const [first = '', option] = name.split('.');
      const options = {
        callReference: 'lead-42',
        ...(option === undefined ? {} : from({ [option]: value })),
      };
      return callAndWait({ options, ...(option === undefined ? from({ [first]: value }) : {}) });
    };

    it.each(TIMES)('%s accepts a number as text, and the default if blank', async (name) => {
      for (const value of ['"20"', '" 20\\u00a0"', '20', '"2.5"', ...BLANK]) {
        simulator.reset();
        expect(itemsOf(await withTime(name, value))).toHaveLength(1);
      }
    });

    it.each(TIMES)('%s refuses anything else before any request', async (name, sentence, out) => {
      for (const value of [out, `"${out}"`, '[5]', '{ a: 1 }', ...NO_NUMBERS]) {
        expectRefusal(await withTime(name, value), sentence);
      }
    });

    it('is 30 seconds for a blank Request Timeout, and 7.5 for the text "7.5"', async () => {
      for (const timeoutSeconds of [...BLANK, '"7.5"']) await call(from({ timeoutSeconds }));

      expect(timeLimits.asked).toEqual([...BLANK.map(() => 30_000), 7_500]);
    });

    it.each<[string, number]>([
      ['"24"', 1],
      ['0', 2],
      ['"0"', 2],
      ...BLANK.map((blank): [string, number] => [blank, 2]),
    ])('places, with Skip If Called Within %s, %i of 2 calls', async (hours, calls) => {
      const options = { callReference: 'lead-42', ...from({ skipIfCalledWithin: hours }) };
      await call(options, { items: [{}, {}] });

      expect(simulator.calls).toHaveLength(calls);
    });
  });

  describe('for a list', () => {
    it.each<[string, number]>([
      ['"busy, no-answer"', 20],
      ['"BUSY;no-answer"', 20],
      ['"busy\\nno-answer\\u200b"', 20],
      ['["busy", "no-answer"]', 20],
      ['["busy,no-answer", null, ""]', 20],
      ['"busy"', 10],
      ['["busy"]', 10],
      ['404', 10],
      ['[404, "busy"]', 20],
      ...BLANK.map((blank): [string, number] => [blank, 40]),
      ['[]', 40],
    ])('finds, with the disposition %s, %i runs', async (disposition, count) => {
      pastRuns(40, 'busy', 'no-answer', 'user_hangup', '404');

      expect(itemsOf(await getMany({ filters: from({ disposition }) }))).toHaveLength(count);
    });

    it.each(BAD_LISTS)('does not guess a disposition from %s', async (disposition) => {
      expectRefusal(
        await getMany({ filters: from({ disposition }) }),
        /^Disposition must be a list of texts, not /,
      );
    });

    const pollWith = async (filters: INodeParameters): Promise<unknown[]> => {
      const trigger = new ActiveTrigger({ credentials: credentialsFor(simulator), filters });
      await trigger.activate();
      for (const disposition of ['busy', 'no-answer', 'user_hangup']) {
        simulator.addRun({ ending: { disposition } });
      }
      await trigger.poll();
      if (trigger.errors[0] !== undefined) throw trigger.errors[0];
      return trigger.ids;
    };

    it.each<[string, string, number]>([
      ['dispositions', '"busy, no-answer"', 2],
      ['dispositions', '["busy"]', 1],
      ['outcomes', '"busy,no_answer"', 2],
      ['outcomes', '"Busy"', 1],
      ['outcomes', '["busy", "no_answer"]', 2],
      ['outcomes', '"answered"', 1],
      ...['dispositions', 'outcomes', 'agents'].flatMap((name) =>
        BLANK_WITHOUT_ITEM.map((blank): [string, string, number] => [name, blank, 3]),
      ),
    ])('starts the workflow for %s %s with %i runs', async (name, value, count) => {
      expect(await pollWith(from({ [name]: value }))).toHaveLength(count);
    });

    it('starts it for agents separated by commas', async () => {
      const { leadQualifier, appointmentReminder } = simulator.world.agents;
      const agents = `"${leadQualifier.uuid}, ${appointmentReminder.uuid.toUpperCase()}"`;

      expect(await pollWith(from({ agents }))).toHaveLength(3);
    });

    it.each([
      ['agents', 'Agent Names or IDs'],
      ['dispositions', 'Dispositions'],
      ['outcomes', 'Outcomes'],
    ])('refuses %s that are not a list, by the label of the form', async (name, label) => {
      for (const value of BAD_LISTS) {
        await expect(pollWith(from({ [name]: value }))).rejects.toThrow(
          `${label} must be a list of texts, not `,
        );
      }
    });
  });

  describe('for a field that must have a value', () => {
    const runBy = (operation: string, fields: Record<string, string>): Promise<NodeOutcome> =>
      run({ resource: 'run', operation, runId: '1001', ...fields });
    const FIELDS: readonly (readonly [
      label: string,
      operation: (value: string) => Promise<NodeOutcome>,
    ])[] = [
      ['Run ID', (value) => runBy('get', from({ runId: value }))],
      ['Track', (value) => runBy('downloadRecording', from({ track: value }))],
      ['Agent Version', (value) => run(callForm(from({ environment: value })))],
      ['On Timeout', (value) => callAndWait(from({ onWaitTimeout: value }))],
      ['On Concurrency Limit', (value) => call(from({ onConcurrencyLimit: value }))],
      ['Number Format', (value) => call(from({ numberFormat: value }))],
    ];

    it.each(FIELDS)('says that %s is empty, and what to do', async (label, operation) => {
      for (const blank of BLANK) {
        const shown = expectRefusal(await operation(blank), / must be .+, but is empty\.\n.+\./);
        expect(shown.startsWith(`${label} must be `)).toBe(true);
      }
    });
  });

  it.each(['0', '"0"', '" 0\\u200b"', ...BLANK])(
    'chooses the default of Dograh if an ID is %s',
    async (id) => {
      await call(from({ telephonyConfigurationId: id, fromPhoneNumberId: id }));

      expect(askedIn(simulator.callRequests[0])).toEqual({ phone_number: '+14155550123' });
    },
  );

  it.each(['concurrency', 'timeoutSeconds', 'maxWaitMinutes', 'skipIfCalledWithin'])(
    'does not show an API key that was pasted into %s',
    async (name) => {
      const { apiKey } = simulator.world.acme;
      const shown = shownBy(await call({ callReference: 'lead-42', [name]: apiKey }));

      expect(shown).toMatch(/must be .*, not "\[API key\]"/);
    },
  );

  function expectRefusal(outcome: NodeOutcome, sentence: RegExp): string {
    const shown = shownBy(outcome);
    expect(shown).toMatch(sentence);
    expect(shown).not.toMatch(/undefined|null|\[object/);
    expect(simulator.requests).toEqual([]);
    return shown;
  }
});

function from(expressions: Readonly<Record<string, string>>): Record<string, string> {
  const fields = Object.entries(expressions);
  return Object.fromEntries(fields.map(([name, expression]) => [name, `={{ ${expression} }}`]));
}

function itemsOf({ outputs, error }: NodeOutcome) {
  if (error !== undefined) throw error;
  return outputs[0] ?? [];
}
