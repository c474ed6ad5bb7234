import { parsePhoneNumber } from '../../../shared/src/input/phone-number';
import { refusalOf } from '../../support/refusal';

describe('the phone number', () => {
  it.each([
    ['+14155550123', '+14155550123'],
    [' +1 (415) 555-0123 ', '+14155550123'],
    ['+1.415.555.0123', '+14155550123'],
    ['+44 (0)20 7183 8750', '+442071838750'],
    ['+49 30/901820', '+4930901820'],
    ['\u202a+1\u00a0415\u00a0555\u20110123\u202c', '+14155550123'],
    ['(+1) 415 555 0123', '+14155550123'],
    ['+(1) 415 555 0123', '+14155550123'],
    ['(+44) (0) 20 7183 8750', '+442071838750'],
    ['tel:+1-415-555-0123', '+14155550123'],
    ['TEL://+14155550123', '+14155550123'],
    [
      '\uff0b\uff11 \uff08\uff14\uff11\uff15\uff09 \uff15\uff15\uff15\uff0d\uff10\uff11\uff12\uff13',
      '+14155550123',
    ],
    ['+\u0661 \u06f4\u0661\u0665 \u0665\u0665\u0665 \u0660\u0661\u0662\u0663', '+14155550123'],
    ['+1\u202f415\u2007555\u20090123', '+14155550123'],
    ['+1\t415\u3000555\u20140123', '+14155550123'],
    ['+1 415 555\u22120123\u200b\u061c', '+14155550123'],
    // A 0 that belongs to the number in Italy, and a 0 that does not.
    ['+39 (0)6 12345678', '+390612345678'],
    ['+39 (0) 347 1234567', '+393471234567'],
    // A German extension after a plain dash is a part of the number.
    ['+49 30 12345-67', '+49301234567'],
    ['+49 30 901820-0', '+49309018200'],
  ])('reads %j as %s', (text, dialed) => {
    expect(parsePhoneNumber(text)).toBe(dialed);
  });

  it.each([
    ['4155550123', 'US', '+14155550123'],
    [4155550123, 'us', '+14155550123'],
    ['1 415 555 0123', 'US', '+14155550123'],
    ['(1) 415 555 0123', 'US', '+14155550123'],
    ['14155550123', 'US', '+14155550123'],
    ['14155550123', 'CA', '+14155550123'],
    ['020 7183 8750', 'GB', '+442071838750'],
    ['447911123456', 'GB', '+447911123456'],
    ['+442071838750', 'US', '+442071838750'],
    ['011 44 20 7183 8750', 'US', '+442071838750'],
    ['0044 20 7183 8750', 'DE', '+442071838750'],
    ['030/1234567', 'DE', '+49301234567'],
    ['(030) 1234567', 'DE', '+49301234567'],
    ['030 - 1234567', 'DE', '+49301234567'],
    ['+49 171 / 1234567', 'DE', '+491711234567'],
    ['02161 / 12345', 'DE', '+49216112345'],
    ['01.23.45.67.89', 'FR', '+33123456789'],
    ['030.1234567', 'DE', '+49301234567'],
    ['011 4930-1234', 'AR', '+541149301234'],
    // The national prefix stands apart, so it is no country code.
    ['8 (495) 123-45-67', 'RU', '+74951234567'],
    ['1 475 555 0123', 'US', '+14755550123'],
    ['030 1234567', '\u200bde\u00a0', '+49301234567'],
  ])('reads the national number %j with the default country %s', (text, defaultCountry, dialed) => {
    expect(parsePhoneNumber(text, { defaultCountry })).toBe(dialed);
  });

  it.each([
    ['', /^Phone Number is empty\.$/],
    [undefined, /^Phone Number is empty\.$/],
    [null, /^Phone Number is empty\.$/],
    [' \u200b', /^Phone Number is empty\.$/],
    [{}, /^Phone Number must be one phone number, not an object\.$/],
    [true, /^Phone Number must be one phone number, not "true"\.$/],
    [['+14155550123'], /^Phone Number must be one phone number, not a list\.$/],
    ['+1415CALLNOW', /contains "C"/],
    ['sip:ann@example.com', /contains "s"/],
    ['+49\ufffc30901820', /contains "\ufffc", which is not/],
    ['+1415', /is too short/],
    ['+4930123456789012345', /is too long/],
    ['+999123456789', /country code that does not exist/],
    ['+15550100123', /does not exist in the numbering plan/],
    ['+491030123456', /does not exist in the numbering plan/],
    ['(415) 555-0123', /has no country code/],
    [14155550123, /has no country code/],
    ['+', /is not a phone number/],
    ['49 +30 901820', /has a \+ after its first digit/],
    ['+49 30 901820)', /has an opening bracket without a closing one/],
  ])('refuses %j and says what to change', (text, says) => {
    const refusal = refusalOf(() => parsePhoneNumber(text));
    expect(refusal).toMatchObject({ kind: 'InvalidInput', callPlaced: 'no' });
    expect(refusal.message).toMatch(says);
    expect(refusal.hint).toMatch(/\+14155550123/);
  });

  it.each([
    // Decimals of a spreadsheet.
    ['+4930123456.0', /has a decimal part/, /Remove the decimal part.*plain text/],
    ['4930123456,00', /has a decimal part/, /plain text/],
    ['+4930123456.000', /has a decimal part/, /plain text/],
    [4930123456.5, /has a decimal part/, /Pass it as a text/],
    ['4930123456.523', /has a decimal part/, /plain text/],
    ['4.9E+11', /shortened by a spreadsheet/, /enter the number again/],
    ['1.41E10', /shortened by a spreadsheet/, /enter the number again/],
    ['49e9', /shortened by a spreadsheet/, /enter the number again/],
    [2 ** 60, /has too many digits/, /Pass it as a text/],
    // Extensions.
    ['+14155550123 ext. 5', /has an extension/, /Remove the extension/],
    ['+1 415 555 0123x5', /has an extension/, /Remove the extension/],
    ['+49 30 901820 Durchwahl 12', /has an extension/, /Remove the extension/],
    ['+49 30 901820 #12', /has an extension/, /Remove the extension/],
    ['tel:+14155550123;ext=5', /has an extension/, /Remove the extension/],
    // A group that may not be a part of the number.
    ['+49 30 123456 (2)', /ends with "2"/, /write \+4930123456\. .*write \+49301234562\./],
    ['+49 30 123456 - 2', /ends with "2"/, /write \+4930123456\. /],
    ['+49 30 123456 \u2013 21', /ends with "21"/, /write \+4930123456\. /],
    ['+49 30 123456-2', /ends with "2"/, /write \+4930123456\. /],
    ['+49 30 123456 2', /ends with "2"/, /write \+4930123456\. /],
    ['+49 30 1234567 / 68', /ends with "68"/, /write \+49301234567\. /],
    ['+1 415 555 0123 (2)', /ends with "2"/, /write \+14155550123\.$/],
    // List numbers.
    ['1) +49 30 123456', /starts with "1\)"/, /Remove "1\)"/],
    ['1) 030 123456', /starts with "1\)", like an entry of a list/, /Remove "1\)"/],
    ['12. 030 123456', /starts with "12\.", like an entry of a list/, /Remove/],
    ['- +49 30 123456', /starts with a dash/, /Remove the dash/],
    [-14155550123, /starts with a dash/, /Remove the dash/],
    // Labels.
    ['p:+14155550123', /starts with "p:"/, /Remove "p:"/],
    ['Phone: +14155550123', /starts with "Phone:"/, /Remove "Phone:"/],
    // Two numbers.
    ['+14155550123, +14155550124', /contains more than one number/, /Enter one number/],
    ['+1415+5550123', /contains more than one number/, /Enter one number/],
    ['+49 30 123456 oder 0171 1234567', /contains more than one number/, /Enter one number/],
    ['+49 30 123456\n+49 30 654321', /contains more than one number/, /Enter one number/],
    // Prefixes that people dial.
    ['0011 47 92 34 56 78', /has 0011 instead of \+/, /Write \+ instead of the leading 0011/],
    ['+11 47 92 34 56 78', /does not exist/, /Write it in international form/],
    ['0014155550123', /has 00 instead of \+/, /Write \+ instead of the leading 00/],
    ['01114155550123', /has 011 instead of \+/, /Write \+ instead of the leading 011/],
    ['+52 1 55 1234 5678', /is too long/, /no longer have a 1 after \+52: write \+525512345678/],
    [14155550123, /has no country code/, /If the country code is 1, write \+14155550123/],
  ])('refuses %j with a hint of its own', (text, says, hint) => {
    const refusal = refusalOf(() => parsePhoneNumber(text));
    expect(refusal.message).toMatch(says);
    expect(refusal.hint).toMatch(hint);
  });

  it.each([
    ['4915112345678', 'DE', ['+494915112345678', '+4915112345678']],
    ['4755550123', 'US', ['+14755550123', '+4755550123']],
    ['84951234567', 'RU', ['+74951234567', '+84951234567']],
    // The prefix of another country.
    ['0011 47 92 34 56 78', 'NO', ['+14792345678', '+4792345678']],
    ['0011-65-6234-5678', 'SG', ['+16562345678', '+6562345678']],
    ['0011 354 611 1234', 'IS', ['+13546111234', '+3546111234']],
    ['011 248 2 510 123', 'SC', ['+12482510123', '+2482510123']],
    // A zero of 0049 is missing.
    ['049 151 23456789', 'DE', ['+494915123456789', '+4915123456789']],
    ['(049) 151 23456789', 'DE', ['+494915123456789', '+4915123456789']],
    ['0 49 151/23456789', 'DE', ['+494915123456789', '+4915123456789']],
    ['04915123456789', 'DE', ['+494915123456789', '+4915123456789']],
    ['13012345678', 'CN', ['+8613012345678', '+13012345678']],
    ['+49 30 12345 (0)', undefined, ['+493012345', '+4930123450']],
  ])('refuses %j, which in %s can be read in two ways', (text, defaultCountry, readings) => {
    const refusal = refusalOf(() => parsePhoneNumber(text, { defaultCountry }));
    const named = readings.filter(
      (one) => refusal.message.includes(one) || refusal.hint.includes(one),
    );
    expect(named.length).toBeGreaterThan(1);
  });

  it.each([
    ['14155550123', 'DE', '+14155550123'],
    ['0014155550123', 'US', '+14155550123'],
    ['442071838750', 'FR', '+442071838750'],
  ])('refuses %j, which in %s is no number, but may be %s', (text, defaultCountry, other) => {
    const refusal = refusalOf(() => parsePhoneNumber(text, { defaultCountry }));
    expect(refusal.message).toContain(
      `is not a number of the default country, but can be read as ${other}.`,
    );
  });

  it.each([
    ['(1) 030 123456', 'DE', /starts with "1"/],
    ['1 - 030 123456', 'DE', /starts with "1"/],
    ['1 0664 1234567', 'AT', /starts with "1"/],
    ['1 - 664 1234567', 'AT', /starts with "1"/],
    ['(4) 31741766', 'AT', /starts with "4"/],
    ['030 123456 030 654321', 'DE', /contains more than one number/],
    ['4155550123 4155550124', 'US', /contains more than one number/],
    ['030 123456 / 7', 'DE', /ends with "7"/],
    ['030 123456 / 030 654321', 'DE', /contains more than one number/],
    ['030 123456 123457', 'DE', /ends with "123457"/],
    ['2026-11-29', 'DE', /is a date/],
    ['2026-11-29 1030', 'DE', /is a date/],
    ['29.11.2026', 'DK', /is a date/],
    ['15 / 07 / 2024', 'AT', /is a date/],
    ['15.07. 2024', 'AT', /is a date/],
    ['2024. 7. 15.', 'DE', /is a date/],
    ['+48.8566 2.3522', undefined, /looks like an amount or a position/],
    ['52.5200 / 13.4050', 'DE', /looks like an amount or a position/],
    ['1.664 1234567', 'AT', /starts with "1"/],
    ['2.151 23456789', 'DE', /starts with "2"/],
    ['352099001761481', 'DE', /is too long/],
    ['20240715143000', 'DE', /is too long/],
    ['5/1/2026', 'IT', /is a date/],
    ['2025-2026', 'DE', /is a date/],
    ['250.000.000', 'FR', /looks like an amount/],
    ['48.137154', 'DE', /looks like an amount/],
    ['1 '.repeat(20_000), 'US', /is too long/],
    ['1'.repeat(100_000), 'US', /is too long/],
    ['415-555-2671 x12', 'US', /has an extension/],
    ['415-555-2671 ext12', 'US', /has an extension/],
    ['\u202e2102555212', 'US', /reverses its digits/],
  ])('refuses %j with the default country %s', (text, defaultCountry, says) => {
    expect(refusalOf(() => parsePhoneNumber(text, { defaultCountry })).message).toMatch(says);
  });

  it.each([
    ['0491 512345', 'DE', '+49491512345'],
    ['04921 12345', 'DE', '+49492112345'],
    ['011 4930-1234', 'AR', '+541149301234'],
    ['011 2345 6789', 'IN', '+911123456789'],
    ['0113 496 0000', 'GB', '+441134960000'],
    ['0011 44 20 7183 8750', 'AU', '+442071838750'],
    ['+1 1 415 555 0123', undefined, '+14155550123'],
    ['01.23.45.67.89', 'FR', '+33123456789'],
    ['1.415.555.2671', 'US', '+14155552671'],
  ])(
    'reads %j with the default country %s, whose first digits only look like a prefix',
    (text, defaultCountry, number) => {
      expect(parsePhoneNumber(text, { defaultCountry })).toBe(number);
    },
  );

  it.each(['000', '001 62 812 3456 7890'])(
    'gives no hint that leads to another number: %s',
    (text) => {
      expect(refusalOf(() => parsePhoneNumber(text)).hint).not.toMatch(/instead of the leading/);
    },
  );

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

  it.each(['+49 171 123 45 67', '+\uff14\uff19 171-1234567'])(
    'the format "any" writes the valid number %j in one way',
    (text) => {
      expect(parsePhoneNumber(text, { format: 'any' })).toBe('+491711234567');
    },
  );

  it('reads a pasted format', () => {
    expect(parsePhoneNumber('204', { format: '\u200bany ' })).toBe('204');
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
    [1.5, 'has a decimal part'],
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
