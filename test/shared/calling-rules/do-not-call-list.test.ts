import type { CallingRulesInput } from '@dograh/shared';
import { rejectionOf } from '../../support/refusal';
import { startWorld, type World } from '../../support/rules';

const US = '+12125550123';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
});
afterAll(() => world.simulator.stop());

interface Call {
  readonly phoneNumber?: string;
  readonly country?: string;
  readonly format?: string;
}

const place = (
  doNotCall: CallingRulesInput['doNotCall'],
  { phoneNumber = US, country, format }: Call = {},
) =>
  world.place(
    { doNotCall },
    { input: { phoneNumber, phoneNumberRules: { defaultCountry: country, format } } },
  );
const isRefused = async (list: unknown, call?: Call): Promise<boolean> => {
  const { skip_reason: reason, callable_at: at } = await place(list, call);
  expect(at).toBeNull();
  expect(world.requests()).toEqual(reason === null ? ['POST'] : []);
  return reason === 'do_not_call';
};

describe('a number is on the Do Not Call List', () => {
  it.each<[string, unknown, Call?]>([
    ['as itself', US],
    ['in an array', ['+33142685300', US]],
    ['as a number of JSON', [12_125_550_123], { country: 'US' }],
    ['with spaces and brackets', '+1 (212) 555-0123'],
    ['with dots', '+1.212.555.0123'],
    ['with dashes of a word processor', '+1\u2013212\u2013555\u20130123'],
    ['with the minus sign', '+1\u2212212\u2212555\u22120123'],
    ['with no-break spaces', '+1\u00a0212\u202f555\u20090123'],
    ['as a link', 'tel:+1-212-555-0123'],
    ['between marks of direction', '\u202a+1 212 555 0123\u202c'],
    ['after a byte order mark', '\ufeff+12125550123'],
    [
      'in full-width digits',
      '\uff0b\uff11\uff12\uff11\uff12\uff15\uff15\uff15\uff10\uff11\uff12\uff13',
    ],
    ['in Arabic digits', '+\u0661\u0662\u0661\u0662\u0665\u0665\u0665\u0660\u0661\u0662\u0663'],
    ['in national form', '(212) 555-0123', { country: 'US' }],
    ['in national form with its prefix', '1 212 555 0123', { country: 'US' }],
    ['with 00', '0012125550123', { country: 'DE' }],
    ['with 011', '011 1 212 555 0123', { country: 'US' }],
    ['with two pluses of two programs', '+1 212-555-0123\n+1 212-555-0199'],
    ['between Windows line breaks', '+33142685300\r\n+12125550123\r\n'],
    ['between empty lines and after a semicolon', '\n\n+33142685300;+12125550123\n \n'],
    ['as JSON that became text', '["+33142685300","+1 212 555 0123"]'],
    ['twice', [US, US]],
  ])('%s', async (_name, list, call = {}) => {
    expect(await isRefused(list, call)).toBe(true);
  });

  it.each<[string, string, string, Call]>([
    ['a British number with its 0', '+44 (0)20 7946 0123', '+442079460123', {}],
    ['an Italian number, which keeps its 0', '06 6982 0123', '+390669820123', { country: 'IT' }],
    ['a SIP address', 'sip:ann@example.com', 'sip:ann@example.com', { format: 'any' }],
    [
      'a SIP address in other case',
      'SIP:ann@EXAMPLE.com',
      'sip:ann@example.com',
      { format: 'any' },
    ],
    [
      'the number in a SIP address',
      '+12125550123',
      'sip:+12125550123@example.com',
      { format: 'any' },
    ],
    ['an extension', '204', '204', { format: 'any' }],
  ])('in the form of its country or system: %s', async (_name, list, phoneNumber, call) => {
    expect(await isRefused([list], { phoneNumber, ...call })).toBe(true);
  });
});

describe('a number is not on the list', () => {
  it.each<[string, unknown, Call?]>([
    ['if the list is empty', []],
    ['if the list contains its digits with another country code', '+441212555012'],
    ['if only its end is the same', '+442079460123'],
  ])('%s', async (_name, list, call = {}) => {
    expect(await isRefused(list, call)).toBe(false);
    expect(world.simulator.calls).toHaveLength(1);
  });
});

describe('an entry that is no number is named, and no call is placed', () => {
  it.each<[string, unknown, RegExp]>([
    ['a name', ['+33142685300', 'Ann Smith'], /contains "Ann Smith" \(entry 2\), which is not a/],
    ['a header of a column', 'phone\n+33142685300', /contains "phone", which is not a phone/],
    ['a national number without a country', '(212) 555-0199', /contains "\(212\) 555-0199"/],
    ['a number that is too short', '+1 212', /contains "\+1 212"/],
    ['two numbers in one line', '+12125550199 +12125550198', /contains "\+12125550199 \+1212/],
    ['an object', [{ phone: US }], /contains an object \(entry 1\)/],
    ['a row as text', '[object Object]', /contains "\[object Object\]"/],
    ['a list in a list', [[US]], /\(entry 1\)/],
    ['yes', [true], /contains "true" \(entry 1\)/],
    ['a number with decimals', [1212555.5], /\(entry 1\)/],
    ['a number in scientific notation', '1.21256E+10', /contains "1\.21256E\+10"/],
    ['a wildcard', '+1212*', /contains "\+1212\*"/],
    ['an object instead of a list', { phone: US }, /Do Not Call List contains/],
  ])('%s', async (_name, list, message) => {
    const error = await rejectionOf(place(list, {}));

    expect(error).toMatchObject({ kind: 'InvalidInput', callPlaced: 'no' });
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(/not placed/);
    expect(world.requests()).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['nothing', [undefined]],
    ['null between numbers', ['+33142685300', null, US]],
    ['an empty text', ['']],
    ['an invisible mark', ['\u200b']],
    ['nothing between two commas', `${US},,+33142685300`],
  ])('an empty entry: %s', async (_name, list) => {
    const error = await rejectionOf(place(list));

    expect(error.message).toMatch(/^Do Not Call List: entry [12] is empty\.$/);
    expect(world.requests()).toEqual([]);
  });
});
