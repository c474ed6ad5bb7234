import { parseMaxWait, parseTimeout } from '@dograh/shared';
import { DEFAULT_TIMEOUT_MS } from '../../../shared/src/input/duration';
import { refusalOf } from '../../support/refusal';

describe('the time limit of a request', () => {
  it.each([undefined, null, ''])('is thirty seconds if it is not set: %p', (given) => {
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
  ])('can be set to %p seconds', (given, milliseconds) => {
    expect(parseTimeout(given)).toBe(milliseconds);
  });

  it.each([0, -1, 601, NaN, Infinity, 'soon', '  ', true, {}])('cannot be set to %p', (given) => {
    expect(refusalOf(() => parseTimeout(given))).toMatchObject({
      kind: 'InvalidInput',
      message: expect.stringContaining('Request Timeout must be a number of seconds, not '),
    });
  });
});

describe('the time to wait for a free call slot', () => {
  it('is given in minutes', () => {
    expect([0, 0.5, '10'].map(parseMaxWait)).toEqual([0, 30_000, 600_000]);
  });
});
