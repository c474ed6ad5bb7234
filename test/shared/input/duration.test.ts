import { parseMaxWait, parsePollInterval, parseTimeout, parseWaitTimeout } from '@dograh/shared';
import { refusalOf } from '../../support/refusal';

const BLANK = [undefined, null, '', '  ', '\u200b'];

describe('the time limit of a request', () => {
  it.each(BLANK)('is thirty seconds if it is not set: %j', (given) => {
    expect(parseTimeout(given)).toBe(30_000);
  });

  it.each([
    [1, 1_000],
    [0.5, 500],
    [1.0005, 1_001],
    [0.0001, 1],
    ['45', 45_000],
    [600, 600_000],
  ])('can be set to %p seconds', (given, milliseconds) => {
    expect(parseTimeout(given)).toBe(milliseconds);
  });

  it.each([0, -1, 601, NaN, Infinity, 'soon', true, {}])('cannot be set to %p', (given) => {
    expect(refusalOf(() => parseTimeout(given))).toMatchObject({
      kind: 'InvalidInput',
      message: expect.stringContaining('Request Timeout must be a number of seconds, not '),
    });
  });
});

describe('the time to wait', () => {
  it('for a free call slot is given in minutes, and is 10 minutes if it is blank', () => {
    expect([0, 0.5, '10'].map(parseMaxWait)).toEqual([0, 30_000, 600_000]);
    expect(BLANK.map(parseMaxWait)).toEqual(BLANK.map(() => 600_000));
  });

  it('for a result is given in minutes, and is 15 minutes if it is blank', () => {
    expect([0.5, '20'].map(parseWaitTimeout)).toEqual([30_000, 1_200_000]);
    expect(BLANK.map(parseWaitTimeout)).toEqual(BLANK.map(() => 900_000));
  });

  it('between two checks is given in seconds, and is 15 seconds if it is blank', () => {
    expect([2, '3600'].map(parsePollInterval)).toEqual([2_000, 3_600_000]);
    expect(BLANK.map(parsePollInterval)).toEqual(BLANK.map(() => 15_000));
  });
});
