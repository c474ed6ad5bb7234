import type { Search } from 'zapier-platform-core';
import { hurryWaits } from '../support/host-time';
import { startSimulator, type Fault, type Simulator } from '../../tools/simulator';
import { everythingIn, sentenceOf } from '../../tools/hosts/zapier/host';
import { builtApp, runInZapier, type ZapierOutcome } from '../../tools/hosts/zapier/runtime';
import { connectionTo, errorOf, outputOf, runsOf, runStep } from '../../tools/hosts/zapier/step';

type Values = Readonly<Record<string, unknown>>;

const PHONE = '+14155550123';
/** All rules of the sample. */
const RULES = {
  calling_hours_from: '09:00',
  calling_hours_to: '20:00',
  do_not_call: '+14155550199',
  do_not_call_if_asked: 'do_not_call',
  maximum_calls: '3',
  maximum_calls_within: '24',
  minimum_hours_between: '4',
};

hurryWaits();
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-08-03T21:14:05-07:00'));
  simulator.reset();
});
afterEach(() => {
  jest.restoreAllMocks();
  expect(simulator.contractViolations).toEqual([]);
  expect(simulator.callRequests).toEqual([]);
});
afterAll(() => simulator.stop());

function check(
  inputData: Values,
  authData: Readonly<Record<string, string>> = connectionTo(simulator),
): Promise<ZapierOutcome> {
  return runInZapier('searches.check_number.operation.perform', { authData, inputData });
}

async function theCheck(inputData: Values): Promise<Values> {
  const [first, ...more] = runsOf(await check(inputData));
  if (first === undefined || more.length > 0) throw new Error('not exactly one result');
  return first;
}

function sample(): Values {
  const { searches } = builtApp() as unknown as { searches: { check_number: Search } };
  return { ...searches.check_number.operation.sample };
}

describe('Check Number', () => {
  it('returns what its sample shows', async () => {
    for (const [createdAt, disposition] of [
      ['2026-07-14T17:02:11.000Z', 'user_hangup'],
      ['2026-08-03T16:30:05.000Z', 'no-answer'],
    ] as const) {
      simulator.addRun({ phoneNumber: PHONE, createdAt, ending: { disposition } });
    }
    const result = await theCheck({ phone_number: PHONE, ...RULES });

    expect(result).toEqual(sample());
    expect(Object.keys(result)).toEqual(Object.keys(sample()));
  });

  it('returns one result without rules and without earlier calls', async () => {
    expect(await theCheck({ phone_number: '(415) 555-0123', default_country: 'US' })).toMatchObject(
      {
        ...{ id: PHONE, phone_number: PHONE, callable_now: true, skip_reason: null },
        ...{ attempts_in_window: null, last_outcome: null, last_called_at: null, opted_out: false },
        ...{ rules: [], notes: ['Dograh lists no earlier call to this number.'] },
        time_zones: [{ time_zone: 'America/Los_Angeles', within_hours: null }],
      },
    );
  });

  it('returns one result for a number without a time zone', async () => {
    const result = await theCheck({ phone_number: '+18005550123', ...RULES });

    expect(result).toMatchObject({ callable_now: false, callable_at: null, time_zones: [] });
    expect(String(result['notes'])).toContain('The time zone of +18005550123 is not known');
  });

  it('returns one result for any destination', async () => {
    const destination = { phone_number: 'sip:ann@example.com', number_format: 'any' };

    expect(await theCheck(destination)).toMatchObject({ id: 'sip:ann@example.com' });
  });

  it('shows each zone and each rule that refuses', async () => {
    simulator.addRun({
      phoneNumber: PHONE,
      createdAt: '2026-08-04T03:00:00.000Z',
      ending: { disposition: 'do_not_call' },
    });
    const { rules, ...result } = await theCheck({
      ...{ phone_number: PHONE, ...RULES },
      ...{ do_not_call: [PHONE], maximum_calls: '1' },
    });

    expect(result).toMatchObject({ callable_now: false, opted_out: true, callable_at: null });
    expect((rules as readonly Values[]).map(({ allows }) => allows)).toEqual(
      Array.from({ length: 5 }, () => false),
    );
  });

  it('says the same as Trigger Call', async () => {
    const input = { phone_number: PHONE, ...RULES };
    const { skip_reason, callable_at } = await theCheck(input);

    expect(outputOf(await runStep(simulator, { inputData: input }))).toMatchObject({
      ...{ skipped: true, skip_reason, callable_at },
    });
  });

  it('has the fields of the rules and of numbers that Trigger Call has', () => {
    const app = builtApp() as unknown as { searches: { check_number: Search } };
    const { inputFields: ofCheck = [] } = app.searches.check_number.operation;
    const ofCall = builtApp().creates.trigger_call.operation.inputFields ?? [];
    const [, ...shared] = ofCheck;

    expect(shared).toHaveLength(14);
    expect(ofCall).toEqual(expect.arrayContaining(shared));
  });

  it.each<[string, Values, RegExp]>([
    ['an empty number', {}, /Phone Number/],
    ['a number without a country', { phone_number: '(415) 555-0123' }, /has no country code/],
    ['a short number', { phone_number: '+1415' }, /is too short/],
  ])('refuses %s before any request', async (_what, inputData, sentence) => {
    const error = errorOf(await check(inputData));

    expect(error.name).toBe('AppError');
    expect(sentenceOf(error)).toMatch(sentence);
    expect(simulator.requests).toEqual([]);
  });

  it.each<[string, Fault, string]>([
    ['a 503', { kind: 'status', callPlaced: false, status: 503 }, 'ThrottledError'],
    ['a 429', { kind: 'status', callPlaced: false, status: 429 }, 'ThrottledError'],
    ['a web page', { kind: 'not-json', callPlaced: true }, 'AppError'],
    ['a list of another shape', { kind: 'off-contract', callPlaced: true, body: {} }, 'AppError'],
  ])('fails after %s instead of allowing the call', async (_what, fault, name) => {
    simulator.faults.add({ on: 'runs', fault, times: Infinity });

    expect(errorOf(await check({ phone_number: PHONE })).name).toBe(name);
  });

  it('makes Zapier ask to reconnect if Dograh does not accept the API key', async () => {
    const authData = { ...connectionTo(simulator), api_key: 'dg_revoked_key' };

    expect(errorOf(await check({ phone_number: PHONE }, authData)).name).toBe('ExpiredAuthError');
  });

  it('does not show the API key even if it is pasted into the number', async () => {
    const { apiKey } = simulator.world.acme;
    const outcomes = [
      await check({ phone_number: apiKey }),
      await check({ phone_number: `sip:${apiKey}@example.com`, number_format: 'any' }),
    ];

    expect(everythingIn(outcomes)).not.toContain(apiKey);
  });
});
