import { parseLimit } from '../../../shared/src/input/limit';
import { refusalOf } from '../../support/refusal';

describe('the limit of a list of results', () => {
  it.each([undefined, null, '', ' '])('is 50 if it is blank, never all: %j', (blank) => {
    expect(parseLimit({ limit: blank })).toBe(50);
    expect(parseLimit({ returnAll: blank, limit: blank })).toBe(50);
  });

  it.each([
    [7, 7],
    ['7', 7],
    ['7.0', 7],
    [100_000, 100_000],
  ])('is read from %j', (limit, count) => {
    expect(parseLimit({ limit })).toBe(count);
  });

  it('is ignored with Return All', () => {
    expect(parseLimit({ returnAll: 'yes', limit: 'soon' })).toBe(Infinity);
  });

  it.each([0, -1, 1.5, '0', '-5', NaN, Infinity, 'all', 2 ** 60])('is not %j', (limit) => {
    expect(refusalOf(() => parseLimit({ limit }))).toMatchObject({
      message: expect.stringContaining('Limit must be a whole number of results, not '),
      hint: expect.stringContaining('Use 1 or more, or turn on Return All.'),
    });
  });
});
