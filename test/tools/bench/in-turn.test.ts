import { inTurn, median, range } from '../../../tools/bench/in-turn';

describe('samples taken in turn', () => {
  it('alternate between the two, and leave out the first of each', async () => {
    const taken: string[] = [];
    const take = (name: string) => (): Promise<string> => {
      taken.push(`${name}${taken.length}`);
      return Promise.resolve(`${name}${taken.length - 1}`);
    };

    const { ours, rival } = await inTurn({ ours: take('A'), rival: take('B') });

    expect(taken.join(' ')).toMatch(/^A0 B1 (A\d+ B\d+ ?){7}$/);
    expect(ours).toEqual(['A2', 'A4', 'A6', 'A8', 'A10', 'A12', 'A14']);
    expect(rival).toEqual(['B3', 'B5', 'B7', 'B9', 'B11', 'B13', 'B15']);
  });

  it('fail if one of them fails', async () => {
    const broken = (): Promise<number> => Promise.reject(new Error('It did not start.'));

    await expect(inTurn({ ours: () => Promise.resolve(1), rival: broken })).rejects.toThrow(
      'It did not start.',
    );
  });
});

describe('the median', () => {
  it.each([
    [[3], 3],
    [[100, 9, 10], 10],
    [[4, 1, 3, 2], 2.5],
  ])('of %j is %d, in numeric order', (samples, expected) => {
    expect(median(samples)).toBe(expected);
  });

  it('does not change the samples', () => {
    const samples = [3, 1, 2];
    median(samples);

    expect(samples).toEqual([3, 1, 2]);
  });

  it('of no samples is an error', () => {
    expect(() => median([])).toThrow('There are no samples.');
  });
});

it('the range is the minimum and the maximum', () => {
  expect(range([2, 1, 3])).toEqual([1, 3]);
});
