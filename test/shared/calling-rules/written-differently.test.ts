import { startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { rejectionOf } from '../../support/refusal';

/** The same number on the list, in Dograh, and in the form, but written in another way. */

const NUMBER = '+14155550123';
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  simulator.reset();
});
afterEach(() => {
  expect(simulator.calls).toEqual([]);
});
afterAll(() => simulator.stop());

const ANY = { format: 'any' };

function check(
  phoneNumber: string,
  callingRules: object,
  phoneNumberRules: object = {},
): Promise<{ skip_reason: unknown; attempts_in_window: unknown }> {
  const client = clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey });
  return client.checkNumber({ phoneNumber, phoneNumberRules, callingRules });
}

async function reasonFor(...given: Parameters<typeof check>): Promise<unknown> {
  return (await check(...given)).skip_reason;
}

describe('a number on the list is not called with Any Destination as', () => {
  it.each([
    '+14155550123x5',
    '+14155550123#',
    '+14155550123,,5',
    '+14155550123;ext=5',
    'tel:+14155550123;ext=5',
    '+14155550123 (home)',
    '+14155550123@t.com',
    'sip:%2B14155550123@t.com',
    'sip:+14155550123:secret@t.com',
    'sip:+14155550123;ext=1@t.com',
    '<sip:+14155550123@t.com>',
    'h323:+14155550123',
    '*674155550123',
    '4155550123',
    '914155550123',
  ])('%s', async (dialed) => {
    expect(await reasonFor(dialed, { doNotCall: [NUMBER] }, ANY)).toBe('do_not_call');
  });

  it.each([
    ['sip:+14155550123@a.com', NUMBER],
    ['sip:bob@a.com', 'sip:bob@a.com:5060;transport=udp'],
    ['sip:bob@a.com', 'sips:bob@A.com'],
    ['204', '204'],
  ])('%s on the list, dialed as %s', async (listed, dialed) => {
    expect(await reasonFor(dialed, { doNotCall: [listed] }, ANY)).toBe('do_not_call');
  });

  it.each(['+14155550124', '+494155550123', 'sip:bob@b.com', '205', '+1415555012'])(
    '%s is another destination',
    async (dialed) => {
      const doNotCall = [NUMBER, 'sip:bob@a.com', '204'];

      expect(await reasonFor(dialed, { doNotCall }, ANY)).toBeNull();
    },
  );
});

describe('an entry without a country code may be of another country than the Default Country:', () => {
  it.each([
    ['9175550151', 'IN', '+19175550151'],
    ['8165550151', 'IN', '+18165550151'],
    ['07911 123456', 'DE', '+447911123456'],
  ])('%s with %s protects %s', async (listed, defaultCountry, dialed) => {
    expect(await reasonFor(dialed, { doNotCall: listed }, { defaultCountry })).toBe('do_not_call');
  });

  it('but an entry with + is exactly that number', async () => {
    const doNotCall = '+449175550151';

    expect(await reasonFor('+19175550151', { doNotCall })).toBeNull();
  });
});

describe('an earlier call counts if Dograh stored its number as', () => {
  it.each([
    ['4155550123', NUMBER],
    ['(415) 555-0123', NUMBER],
    ['01114155550123', NUMBER],
    ['0014155550123', NUMBER],
    ['+14155550123x5', NUMBER],
    ['sip:+14155550123@t.com', NUMBER],
    ['+44 (0)20 7946 0018', '+442079460018'],
    ['0612345678', '+33612345678'],
  ])('%s, for %s', async (stored, dialed) => {
    simulator.addRun({ phoneNumber: stored, ending: { disposition: 'do_not_call' } });

    expect(await reasonFor(dialed, { doNotCallIfAsked: 'do_not_call' })).toBe('do_not_call');
    expect(await reasonFor(dialed, { attempts: { minimumHoursBetween: 24 } })).toBe(
      'too_many_attempts',
    );
  });

  it.each([
    ['+494155550123', NUMBER],
    ['+14155550124', NUMBER],
    ['50123', NUMBER],
  ])('but not as %s, for %s', async (stored, dialed) => {
    simulator.addRun({ phoneNumber: stored, ending: { disposition: 'do_not_call' } });

    expect(await reasonFor(dialed, { doNotCallIfAsked: 'do_not_call' })).toBeNull();
  });

  it.each(['sip:+14155550123@t.com', '+14155550123#'])('%s is dialed', async (dialed) => {
    simulator.addRun({ phoneNumber: NUMBER, ending: { disposition: 'do_not_call' } });

    expect(await reasonFor(dialed, { doNotCallIfAsked: 'do_not_call' }, ANY)).toBe('do_not_call');
  });
});

describe('a person asked not to be called if the disposition is', () => {
  it.each([
    ['do_not_call', 'Do Not Call'],
    ['do_not_call', 'DO-NOT-CALL.'],
    ['do\u2011not\u2011call', 'do_not_call'],
    ['do_not_call', '"do_not_call"'],
    ['do_not_call', 'do_not_call/user_hangup'],
    ['do_not_call', 'do_not_call | angry'],
    ['do_not_call', 'do__not__call'],
    ["don't_call", 'don\u2019t_call'],
    ['no more calls, do_not_call', 'No-More-Calls'],
  ])('with the rule %s: %s', async (rule, disposition) => {
    simulator.addRun({ phoneNumber: NUMBER, ending: { disposition } });

    expect(await reasonFor(NUMBER, { doNotCallIfAsked: rule })).toBe('do_not_call');
  });

  it.each(['do_not_call_back_before_noon', 'call', 'do_not'])(
    'but not for %s',
    async (disposition) => {
      simulator.addRun({ phoneNumber: NUMBER, ending: { disposition } });

      expect(await reasonFor(NUMBER, { doNotCallIfAsked: 'do_not_call' })).toBeNull();
    },
  );
});

describe('a list with a gap is refused', () => {
  it.each([
    [',', 'entry 1 is empty'],
    [', ', 'entry 1 is empty'],
    [';;', 'entry 1 is empty'],
    ['+14155550100,,+14155550101', 'entry 2 is empty'],
    [[null], 'entry 1 is empty'],
    [['+14155550100', ''], 'entry 2 is empty'],
    ['+14155550100\nn/a', 'contains "n/a", which is not a phone number'],
    [{ phone: NUMBER }, 'contains an object, which is not a phone number'],
  ])('%j', async (doNotCall, problem) => {
    const error = await rejectionOf(check(NUMBER, { doNotCall }));

    expect(error).toMatchObject({ kind: 'InvalidInput', callPlaced: 'no' });
    expect(error.message).toContain(
      `Do Not Call List${problem.startsWith('e') ? ': ' : ' '}${problem}`,
    );
  });

  it.each(['+14155550100,\n+14155550101,\n', '\n\n+14155550100\n\n', []])(
    '%j has none',
    async (doNotCall) => {
      expect(await reasonFor(NUMBER, { doNotCall })).toBeNull();
    },
  );

  it.each([
    ['2026-12-24T23:00:00.000Z'],
    ['25.12.2026'],
    ['2026-02-30'],
    [','],
    [['2026-12-25', null]],
  ])('also one of dates: %j', async (datesWithoutCalls) => {
    const callingHours = { from: '09:00', to: '20:00', datesWithoutCalls };
    const error = await rejectionOf(check(NUMBER, { callingHours }));

    expect(error.message).toMatch(/^Dates Without Calls/);
  });
});
