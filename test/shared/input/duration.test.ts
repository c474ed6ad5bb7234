import { parseMaxWait, parseTimeout } from '@dograh/shared';
import { DEFAULT_TIMEOUT_MS } from '../../../shared/src/input/duration';
import { refusalOf } from '../../support/refusal';

describe('design 5: every request has a time limit', () => {
  it.each([undefined, null, ''])('of thirty seconds where none is given: %p', (given) => {
    expect(parseTimeout(given)).toBe(30_000);
    expect(DEFAULT_TIMEOUT_MS).toBe(30_000);
  });

  it.each([
    [1, 1_000],
    [0.5, 500],
    [1.0005, 1_001],
    [0.0001, 1],
    ['45', 45_000],
    [600, 600_000],
  ])('that can be chosen: %p seconds', (given, milliseconds) => {
    expect(parseTimeout(given)).toBe(milliseconds);
  });

  it.each([0, -1, 601, NaN, Infinity, 'soon', '  ', true, {}])('that is none: %p', (given) => {
    expect(refusalOf(() => parseTimeout(given))).toMatchObject({
      kind: 'InvalidInput',
      message: expect.stringContaining('is not a number of seconds to wait for an answer'),
    });
  });
});

describe('design 5: how long to wait for a free place', () => {
  it('is given in minutes', () => {
    expect([0, 0.5, '10'].map(parseMaxWait)).toEqual([0, 30_000, 600_000]);
  });
});
