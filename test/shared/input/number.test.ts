import fc from 'fast-check';
import { parseNumber } from '@dograh/shared';
import { refusalOf } from '../../support/refusal';

const FIELD = {
  label: 'Delay',
  must: 'a number of hours',
  accepts: (value: number) => value >= 0 && value <= 2_000,
  hint: 'Use at most 2000.',
  whenBlank: 24,
};

describe('a number field', () => {
  it.each<[unknown, number]>([
    [5, 5],
    [0, 0],
    [1.25, 1.25],
    [0.125, 0.125],
    ['5', 5],
    ['+5', 5],
    ['007', 7],
    ['1.5', 1.5],
    ['0.125', 0.125],
    ['1234.567', 1234.567],
    [' 5\u00a0', 5],
    ['\u200b5\ufeff', 5],
  ])('reads %j', (value, number) => {
    expect(parseNumber(value, FIELD)).toBe(number);
  });

  it.each([undefined, null, '', '  ', '\t\n', '\u200b', '\u00a0'])(
    'has its default if it is blank: %j',
    (value) => {
      expect(parseNumber(value, FIELD)).toBe(24);
    },
  );

  it.each([
    ...['5 hours', 'soon', '0x10', '1e3', '1E3', 'Infinity', 'NaN', '5-6', '1 000', '.5', '5.'],
    ...['--5', '1_000', '٥', '½', '5 5'],
    ...[NaN, Infinity, true, false, [], [5], {}, { value: 5 }, new Date(0)],
  ])('does not read %p, and says how to write a number', (value) => {
    expect(refusalOf(() => parseNumber(value, FIELD))).toMatchObject({
      kind: 'InvalidInput',
      message: expect.stringMatching(/^Delay must be a number of hours, not .+\.$/),
      hint: 'Enter only digits, without a unit. Use at most 2000.',
    });
  });

  it.each(['1,5', '1.000', '12.345', '1,000', "1'000", '1.234.567'])(
    'does not guess what separates the digits of %p',
    (value) => {
      expect(refusalOf(() => parseNumber(value, FIELD)).hint).toBe(
        'Write decimals with a point, as in 1.5, and thousands without a separator, as in 1000. Use at most 2000.',
      );
    },
  );

  it.each([-1, '-1', 2001, '2001'])('says which numbers it accepts instead of %j', (value) => {
    expect(refusalOf(() => parseNumber(value, FIELD))).toMatchObject({
      message: `Delay must be a number of hours, not "${value}".`,
      hint: 'Use at most 2000.',
    });
  });

  it('reads any other text as blank, as the number that it shows, or not at all', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.stringMatching(/^[019.,+eEx _\u200b\u00a0-]{0,8}$/),
    );
    fc.assert(
      fc.property(text, (given) => {
        const field = { ...FIELD, accepts: () => true, whenBlank: NaN };
        const number = numberOrRefusal(given, field);
        if (number === undefined || Number.isNaN(number)) return;
        const shown = given.replace(/[^\d.-]/g, '');
        expect(number).toBe(Number(shown));
      }),
      { numRuns: 20_000 },
    );
  });

  it('reads every number that JavaScript writes without an exponent, also as text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.double({ noNaN: true })), (given) => {
        const text = Object.is(given, -0) ? '-0' : String(given);
        fc.pre(/^-?\d+(\.\d+)?$/.test(text) && !/^-?[1-9]\d{0,2}\.\d{3}$/.test(text));
        const field = { ...FIELD, accepts: () => true };
        expect(parseNumber(text, field)).toBe(parseNumber(given, field));
      }),
      { numRuns: 5_000 },
    );
  });
});

function numberOrRefusal(value: unknown, field: typeof FIELD): number | undefined {
  try {
    return parseNumber(value, field);
  } catch {
    return undefined;
  }
}
