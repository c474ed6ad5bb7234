import { parsePhoneNumber } from '../../../shared/src/input/phone-number';
import { refusalOf } from '../../support/refusal';

describe('the phone number', () => {
  it.each([
    ['+14155550123', '+14155550123'],
    [' +1 (415) 555-0123 ', '+14155550123'],
    ['+44 (0)20 7183 8750', '+442071838750'],
    ['+49 30/901820', '+4930901820'],
    ['\u202a+1\u00a0415\u00a0555\u20110123\u202c', '+14155550123'],
  ])('reads %j as %s', (text, dialed) => {
    expect(parsePhoneNumber(text)).toBe(dialed);
  });

  it.each([
    ['4155550123', 'US', '+14155550123'],
    [4155550123, 'us', '+14155550123'],
    ['020 7183 8750', 'GB', '+442071838750'],
    ['+442071838750', 'US', '+442071838750'],
    ['011 44 20 7183 8750', 'US', '+442071838750'],
  ])('reads the national number %j with the default country %s', (text, defaultCountry, dialed) => {
    expect(parsePhoneNumber(text, { defaultCountry })).toBe(dialed);
  });

  it.each([
    ['', /^Phone Number is empty\.$/],
    [undefined, /^Phone Number is empty\.$/],
    [null, /^Phone Number is empty\.$/],
    [' \u200b', /^Phone Number is empty\.$/],
    [{}, /^Phone Number must be one phone number, not an object\.$/],
    [['+14155550123'], /^Phone Number must be one phone number, not a list\.$/],
    ['+1415CALLNOW', /contains "C"/],
    ['sip:ann@example.com', /contains "s"/],
    ['+14155550123 ext. 5', /contains "e"/],
    ['+14155550123, +14155550124', /contains ","/],
    ['+49\u061c30901820', /^Phone Number "\+49" U\+061C "30901820" contains U\+061C, which is not/],
    ['+1415', /is too short/],
    ['+4930123456789012345', /is too long/],
    ['+999123456789', /country code that does not exist/],
    ['+15550100123', /does not exist in the numbering plan/],
    ['(415) 555-0123', /has no country code/],
    [14155550123, /has no country code/],
    ['00442071838750', /has no country code/],
    ['+', /is not a phone number/],
    ['+1415+5550123', /is not a phone number/],
    [-14155550123, /is not one complete number/],
    ['+49 30 1234567 / 68', /is not one complete number/],
  ])('refuses %j and says what to change', (text, says) => {
    const refusal = refusalOf(() => parsePhoneNumber(text));
    expect(refusal).toMatchObject({ kind: 'InvalidInput', callPlaced: 'no' });
    expect(refusal.message).toMatch(says);
    expect(refusal.hint).toMatch(/\+14155550123/);
  });

  it.each([['4915112345678', 'DE', '+494915112345678', '+4915112345678']])(
    'refuses %j, which in %s can be read with and without the country code',
    (text, defaultCountry, national, international) => {
      const refusal = refusalOf(() => parsePhoneNumber(text, { defaultCountry }));
      expect(refusal.message).toContain(`as ${national} and as ${international}.`);
    },
  );

  it.each([
    ['14155550123', 'US', '+14155550123'],
    ['447911123456', 'GB', '+447911123456'],
    ['030/1234567', 'DE', '+49301234567'],
  ])('reads %j in %s if there is only one way to read it', (text, defaultCountry, dialed) => {
    expect(parsePhoneNumber(text, { defaultCountry })).toBe(dialed);
  });

  it('says what to do with 00', () => {
    expect(refusalOf(() => parsePhoneNumber('00442071838750')).hint).toMatch(
      /Write \+ instead of the leading 00/,
    );
  });

  it.each([
    ['XX', '"XX"'],
    [['US'], 'a list'],
  ])('refuses a default country that does not exist: %j', (defaultCountry, named) => {
    const refusal = refusalOf(() => parsePhoneNumber('5', { defaultCountry }));

    expect(refusal.message).toBe(
      `Default Country must be the two-letter code of a country, not ${named}.`,
    );
    expect(refusal.hint).toMatch(/US, GB or DE/);
  });

  it.each([undefined, null, '', ' '])('reads %j as no format and no default country', (blank) => {
    const rules = { format: blank, defaultCountry: blank };

    expect(parsePhoneNumber('+14155550123', rules)).toBe('+14155550123');
    expect(refusalOf(() => parsePhoneNumber('5', rules)).message).toMatch(/has no country code/);
  });

  it.each(['sip:ann@example.com', '1001', 'call me', '+1415'])(
    'the format "any" passes %j as it is',
    (text) => {
      expect(parsePhoneNumber(` ${text} `, { format: 'any' })).toBe(text);
    },
  );

  it.each([
    ['', 'is empty'],
    ['a\nb', 'must be one line of at most 255 characters, not "a" U+000A "b"'],
    ['x'.repeat(256), 'must be one line of at most 255 characters'],
  ])('the format "any" still refuses %j', (text, says) => {
    const refusal = refusalOf(() => parsePhoneNumber(text, { format: 'any' }));

    expect(refusal).toMatchObject({ kind: 'InvalidInput', message: expect.stringContaining(says) });
  });

  it('refuses a format that does not exist', () => {
    const refusal = refusalOf(() => parsePhoneNumber('+14155550123', { format: 'E164' }));

    expect(refusal.message).toBe(
      'Number Format must be Phone Number or Any Destination, not "E164".',
    );
    expect(refusal.hint).toMatch(/"any"/);
  });
});
