import { hideRuns } from '../behaviour/call-requests';
import { hurryWaits, timeLimits } from '../support/host-time';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { everythingIn, sentenceOf } from '../../tools/hosts/zapier/host';
import { builtApp, runInZapier, type ZapierOutcome } from '../../tools/hosts/zapier/runtime';
import { connectionTo, errorOf, outputOf, runStep } from '../../tools/hosts/zapier/step';

type Input = Readonly<Record<string, unknown>>;

/** In San Francisco, whose area code is 415. */
const MONDAY_21_14 = '2026-08-03T21:14:05-07:00';
const PHONE = '+14155550123';
const ALL_DAY = { calling_hours_from: '0:00', calling_hours_to: '24:00' };
const DAYTIME = { calling_hours_from: '09:00', calling_hours_to: '20:00' };

hurryWaits();
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  timeIs(MONDAY_21_14);
  simulator.reset();
});
afterEach(() => {
  jest.restoreAllMocks();
  expect(simulator.contractViolations).toEqual([]);
});
afterAll(() => simulator.stop());

function timeIs(time: string): void {
  jest.spyOn(Date, 'now').mockReturnValue(Date.parse(time));
}

/** A call at noon, almost 12 hours ago. The person did not want to be called again. */
function addEarlierCall(): void {
  simulator.addRun({
    phoneNumber: PHONE,
    createdAt: '2026-08-03T16:30:05.000Z',
    ending: { disposition: 'do_not_call' },
  });
}

function call(inputData: Input, inputDataRaw: Input = {}): Promise<ZapierOutcome> {
  return runStep(simulator, { inputData, inputDataRaw });
}

function check(inputData: Input, inputDataRaw: Input = {}): Promise<ZapierOutcome> {
  return runInZapier('searches.check_number.operation.perform', {
    authData: connectionTo(simulator),
    inputData: { phone_number: PHONE, ...inputData },
    inputDataRaw,
  });
}

const RULES: readonly {
  rule: string;
  refuses: Input;
  allows: Input;
  skip_reason: string;
  callable_at: string | null;
}[] = [
  {
    rule: 'Calling Hours',
    refuses: DAYTIME,
    allows: { calling_hours_from: '9 am', calling_hours_to: '9:30 pm' },
    skip_reason: 'outside_calling_hours',
    callable_at: '2026-08-04T09:00:00-07:00',
  },
  {
    rule: 'Calling Days',
    refuses: { ...ALL_DAY, calling_days: ['wednesday', 'saturday'] },
    allows: { ...ALL_DAY, calling_days: ['monday', 'saturday'] },
    skip_reason: 'outside_calling_hours',
    callable_at: '2026-08-05T00:00:00-07:00',
  },
  {
    rule: 'Second Hours',
    refuses: { ...DAYTIME, second_hours_from: '22:00', second_hours_to: '23:00' },
    allows: { ...DAYTIME, second_hours_from: '21:00', second_hours_to: '22:00' },
    skip_reason: 'outside_calling_hours',
    callable_at: '2026-08-03T22:00:00-07:00',
  },
  {
    rule: 'Dates Without Calls',
    refuses: { ...ALL_DAY, dates_without_calls: '2026-12-25\n2026-08-03' },
    allows: { ...ALL_DAY, dates_without_calls: '2026-12-25\n2026-08-04' },
    skip_reason: 'outside_calling_hours',
    callable_at: '2026-08-04T00:00:00-07:00',
  },
  {
    rule: 'Time Zone',
    refuses: { ...DAYTIME, time_zone: 'America/New_York' },
    allows: { ...DAYTIME, time_zone: 'Asia/Tokyo' },
    skip_reason: 'outside_calling_hours',
    callable_at: '2026-08-04T09:00:00-04:00',
  },
  {
    rule: 'Do Not Call List',
    refuses: { do_not_call: '+14155550199\n+1 (415) 555-0123' },
    allows: { do_not_call: '+14155550199' },
    skip_reason: 'do_not_call',
    callable_at: null,
  },
  {
    rule: 'Do Not Call If They Asked',
    refuses: { do_not_call_if_asked: 'wrong_number, Do_Not_Call' },
    allows: { do_not_call_if_asked: 'wrong_number' },
    skip_reason: 'do_not_call',
    callable_at: null,
  },
  {
    rule: 'Maximum Calls',
    refuses: { maximum_calls: '1', maximum_calls_within: '24' },
    allows: { maximum_calls: '2', maximum_calls_within: '24' },
    skip_reason: 'too_many_attempts',
    callable_at: '2026-08-04T16:31:00Z',
  },
  {
    rule: 'Minimum Hours Between Calls',
    refuses: { minimum_hours_between: '12' },
    allows: { minimum_hours_between: '11.5' },
    skip_reason: 'too_many_attempts',
    callable_at: '2026-08-04T04:31:00Z',
  },
];

describe('a call that a rule refuses', () => {
  it.each(RULES)('is skipped and not an error: $rule', async ({ refuses, ...expected }) => {
    addEarlierCall();
    const output = outputOf(await call(refuses));

    const { skip_reason, callable_at } = expected;
    expect(output).toMatchObject({
      ...{ id: null, workflow_run_id: null, status: 'skipped', phone_number: PHONE },
      ...{ skipped: true, skip_reason, callable_at },
    });
    expect(simulator.callRequests).toEqual([]);
  });

  it.each(RULES)('is placed if the value allows it: $rule', async ({ allows }) => {
    addEarlierCall();

    expect(outputOf(await call(allows))).toMatchObject({ skipped: false, callable_at: null });
    expect(simulator.calls).toHaveLength(1);
  });

  it('has the keys of the sample, so that later steps find their values', async () => {
    const output = outputOf(await call(DAYTIME));
    const { sample = {} } = builtApp().creates.trigger_call.operation;

    expect(Object.keys(output).toSorted()).toEqual(Object.keys(sample).toSorted());
  });

  it('says why in its notes', async () => {
    const { notes } = outputOf(await call(DAYTIME));

    expect(notes).toEqual([
      'Not called because of the rule Calling Hours. It is Mon 21:14 in America/Los_Angeles, outside the calling hours.',
      'The calling rules allow this call from 2026-08-04T09:00:00-07:00.',
    ]);
  });

  it('is placed when the same step runs at Callable At', async () => {
    const { callable_at } = outputOf(await call(DAYTIME));
    timeIs(String(callable_at));

    expect(outputOf(await call(DAYTIME))).toMatchObject({ skipped: false });
    expect(simulator.calls).toHaveLength(1);
  });
});

it.each([undefined, null, '', [], ['']])(
  'calls are allowed from Monday to Friday if Calling Days is %j',
  async (calling_days) => {
    timeIs('2026-08-01T12:00:00-07:00');
    const onSaturday = outputOf(await call({ ...DAYTIME, calling_days }));
    timeIs('2026-07-31T12:00:00-07:00');
    const onFriday = outputOf(await call({ ...DAYTIME, calling_days }));

    expect(onSaturday).toMatchObject({ callable_at: '2026-08-03T09:00:00-07:00' });
    expect(onFriday).toMatchObject({ skipped: false });
  },
);

it('empty fields are no rules', async () => {
  addEarlierCall();
  const blank = Object.fromEntries(
    fieldsOfRules().map(({ key }, index) => [key, [' ', '', null][index % 3]]),
  );
  outputOf(await call(blank));

  expect(simulator.calls).toHaveLength(1);
  expect(simulator.requests).toHaveLength(1);
});

describe('the Do Not Call List', () => {
  it.each<[string, unknown]>([
    ['a list of an earlier step', ['+14155550199', '+1 415 555 0123']],
    ['numbers of an earlier step', [14155550199, 14155550123]],
    ['text with commas', '+14155550199, (415) 555-0123'],
  ])('can be %s', async (_what, do_not_call) => {
    const output = outputOf(await call({ do_not_call, default_country: 'US' }));

    expect(output).toMatchObject({ skipped: true, skip_reason: 'do_not_call' });
    expect(simulator.requests).toEqual([]);
  });

  it('may be an empty list of an earlier step', async () => {
    outputOf(await call({ do_not_call: [] }));

    expect(simulator.calls).toHaveLength(1);
  });
});

describe('a rule with a wrong value fails the step before any request', () => {
  const wrong: readonly [label: string, input: Input, sentence: RegExp][] = [
    ['Calling Hours From', { ...DAYTIME, calling_hours_from: 'nine' }, /a time of day, not "nine"/],
    ['Calling Hours From', { calling_hours_to: '20:00' }, /a time of day, but is empty/],
    ['Calling Hours To', { ...DAYTIME, calling_hours_to: '25:00' }, /a time of day, not "25:00"/],
    ['Calling Hours To', { calling_hours_from: '9' }, /a time of day, but is empty/],
    ['Calling Hours To', { ...DAYTIME, calling_hours_to: '08:00' }, /after Calling Hours From/],
    ['Calling Days', { ...DAYTIME, calling_days: ['someday'] }, /no value "someday"/],
    ['Second Hours From', { ...DAYTIME, second_hours_to: '23:00' }, /but is empty/],
    ['Second Hours To', { ...DAYTIME, second_hours_from: '21:00' }, /but is empty/],
    ['Dates Without Calls', { ...DAYTIME, dates_without_calls: 'Christmas' }, /"Christmas"/],
    ['Dates Without Calls', { ...DAYTIME, dates_without_calls: '2026-02-30' }, /not a date/],
    ['Time Zone', { ...DAYTIME, time_zone: 'EST' }, /a time zone with region and city, not "EST"/],
    ['Do Not Call List', { do_not_call: '+14155550199\nAnn' }, /"Ann", which is not a phone/],
    ['Do Not Call List', { do_not_call: ['+14155550199', ''] }, /entry 2 is empty/],
    ['Do Not Call If They Asked', { do_not_call_if_asked: ' , ' }, /contains no disposition/],
    ['Maximum Calls', { maximum_calls: 'many', maximum_calls_within: '24' }, /not "many"/],
    ['Maximum Calls', { maximum_calls: '0', maximum_calls_within: '24' }, /from 1 to 100, not "0"/],
    ['Maximum Calls Within', { maximum_calls: '3' }, /is empty, but Maximum Calls is filled in/],
    ['Maximum Calls Within', { maximum_calls: '3', maximum_calls_within: 'day' }, /not "day"/],
    ['Minimum Hours Between Calls', { minimum_hours_between: '1,5' }, /of hours, not "1,5"/],
  ];

  it.each(wrong)('%s: %j', async (label, input, sentence) => {
    for (const step of [call, check]) {
      const error = errorOf(await step(input));

      expect(error.name).toBe('AppError');
      expect(sentenceOf(error)).toMatch(sentence);
      expect(sentenceOf(error)).toContain(label);
      expect(simulator.requests).toEqual([]);
    }
  });

  it('has an example for each field', () => {
    const labels = fieldsOfRules().map(({ label }) => label.replace(' (Hours)', ''));

    expect(new Set(wrong.map(([label]) => label))).toEqual(new Set(labels));
  });
});

it.each<[string, Input]>([
  ['Calling Days', { calling_days: ['monday'] }],
  ['Second Hours From', { second_hours_from: '14:00', second_hours_to: '18:00' }],
  ['Second Hours To', { second_hours_to: '18:00' }],
  ['Dates Without Calls', { dates_without_calls: '2026-12-25' }],
  ['Time Zone', { time_zone: 'Europe/Berlin' }],
])(
  '%s without calling hours fails the step, because the rule would be off',
  async (label, input) => {
    const error = errorOf(await call({ calling_hours_from: ' ', calling_hours_to: '', ...input }));

    expect(error.name).toBe('AppError');
    expect(sentenceOf(error)).toBe(
      `${label} is filled in, but Calling Hours From and Calling Hours To are empty. No number was dialed. Fill in both times, or clear ${label}.`,
    );
    expect(simulator.requests).toEqual([]);
  },
);

describe('a rule that gets an empty value from an earlier step', () => {
  const OFF = fieldsOfRules().filter(({ key }) => !/second_hours|time_zone/.test(key));

  it.each(OFF)('fails the step, because it would be off: $label', async ({ key, label }) => {
    const others = key.startsWith('calling_hours') ? {} : DAYTIME;
    const raw = key === 'calling_days' ? ['{{123__day}}'] : '{{123__value}}';
    const empty = key === 'calling_days' ? [] : '';
    const error = errorOf(await call({ ...others, [key]: empty }, { ...others, [key]: raw }));

    expect(sentenceOf(error)).toContain(
      `${label} uses a value of an earlier step, which is empty.`,
    );
    expect(simulator.requests).toEqual([]);
  });

  it.each(['second_hours_from', 'second_hours_to', 'time_zone'])(
    'is ignored if it would not allow more calls: %s',
    async (key) => {
      const input = { ...DAYTIME, second_hours_from: '', second_hours_to: '', time_zone: '' };
      const output = outputOf(await call(input, { ...input, [key]: '{{123__value}}' }));

      expect(output).toMatchObject({ skip_reason: 'outside_calling_hours' });
    },
  );

  it('works with a fixed value beside the empty one', async () => {
    const raw = { do_not_call: '{{123__numbers}}\n+14155550199' };
    outputOf(await call({ do_not_call: '\n+14155550199' }, raw));

    expect(simulator.calls).toHaveLength(1);
  });
});

describe('earlier calls that cannot be read', () => {
  const needsHistory = RULES.filter(({ rule }) => /Asked|Maximum|Minimum/.test(rule));

  it.each(needsHistory)('make Zapier run the step again later: $rule', async ({ allows }) => {
    hideRuns(simulator);
    const error = errorOf(await call(allows));

    expect(error.name).toBe('ThrottledError');
    expect(sentenceOf(error)).toContain('This number was not dialed.');
    expect(simulator.callRequests).toEqual([]);
  });

  it('make Zapier run the step again later if Dograh does not respond in time', async () => {
    simulator.faults.add({
      on: 'runs',
      fault: { kind: 'silence', callPlaced: false },
      times: Infinity,
    });
    timeLimits.passWhileWaitingFor(simulator);
    const error = errorOf(await call({ minimum_hours_between: '24' }));

    expect(error.name).toBe('ThrottledError');
    expect(simulator.callRequests).toEqual([]);
  });

  it('do not matter if no rule needs them', async () => {
    hideRuns(simulator);
    outputOf(await call({ ...ALL_DAY, do_not_call: '+14155550199' }));

    expect(simulator.calls).toHaveLength(1);
    expect(simulator.requests).toHaveLength(1);
  });
});

describe('a preview', () => {
  it.each(RULES)(
    'shows what the rules say: $rule',
    async ({ refuses, skip_reason, callable_at }) => {
      addEarlierCall();
      const output = outputOf(await call({ ...refuses, preview_only: 'yes' }));

      expect(output).toMatchObject({
        id: null,
        calling_rules: { callable_now: false, callable_at, skip_reason },
      });
      expect(simulator.callRequests).toEqual([]);
    },
  );

  it('is shown even if the rules cannot be checked', async () => {
    hideRuns(simulator);
    const output = outputOf(await call({ minimum_hours_between: '24', preview_only: 'yes' }));

    expect(output).toMatchObject({ calling_rules: null });
    expect(JSON.stringify(output['notes'])).toContain('the call would not be placed now');
  });
});

it.each(fieldsOfRules())('the API key in $label is not shown', async ({ key }) => {
  const { apiKey } = simulator.world.acme;
  addEarlierCall();
  const input = { ...DAYTIME, maximum_calls: '3', maximum_calls_within: '24', [key]: apiKey };
  const outcomes = [
    await call(input),
    await call({ ...input, preview_only: 'yes' }),
    await check(input),
    await check(input, { [key]: `{{1__value}}${apiKey}` }),
  ];

  expect(everythingIn(outcomes)).not.toContain(apiKey);
});

function fieldsOfRules(): readonly { readonly key: string; readonly label: string }[] {
  const fields = builtApp().creates.trigger_call.operation.inputFields as readonly {
    readonly key: string;
    readonly label: string;
    readonly group?: string;
  }[];
  return fields.filter(({ group }) => group === 'calling_rules');
}
