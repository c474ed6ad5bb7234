import { judge, writeGoal, type Figure, type Goal } from '../../../tools/bench/figure';

function figure(change: Partial<Figure> = {}): Figure {
  return {
    what: 'Size',
    unit: 'MB',
    ours: 750_000,
    rival: { name: 'a bare one', value: 500_000 },
    ratio: 1.5,
    goal: { of: 'ours', is: 'at most', limit: 1_000_000 },
    note: 'Built twice.',
    ...change,
  };
}

describe('a goal of the benchmarks', () => {
  it.each<[Goal['is'], number, boolean]>([
    ['under', 14.9, true],
    ['under', 15, false],
    ['at most', 15, true],
    ['at most', 15.1, false],
    ['at least', 15, true],
    ['at least', 14.9, false],
  ])('%s 15 is checked for %d: %s', (is, ours, isMet) => {
    expect(judge(figure({ ours, goal: { of: 'ours', is, limit: 15 } })).isMet).toBe(isMet);
  });

  it('can apply to the ratio instead of our value', () => {
    const goal: Goal = { of: 'ratio', is: 'at most', limit: 1.5 };

    expect(judge(figure({ goal, ratio: 1.5, ours: 9e9 })).isMet).toBe(true);
    expect(judge(figure({ goal, ratio: 1.51, ours: 0 })).isMet).toBe(false);
  });

  it.each<[string, Partial<Figure>]>([
    ['ours', { ours: NaN }],
    ['the rival’s', { rival: { name: 'a bare one', value: NaN } }],
    ['the ratio', { ratio: 1 / 0 }],
  ])('is not checked if %s was not measured', (_what, change) => {
    expect(() => judge(figure(change))).toThrow(/^The measured value of Size is (NaN|Infinity)\.$/);
  });

  it('may be missing, and then the figure has no result', () => {
    const { goal, rival, ratio, ...alone } = figure();

    expect(judge(alone).isMet).toBeUndefined();
    expect(() => judge({ ...alone, ours: NaN })).toThrow('The measured value of Size is NaN.');
    expect(() => judge({ ...alone, goal: { of: 'ratio', is: 'under', limit: 1 } })).toThrow(
      'Size has a goal for its ratio, but no ratio.',
    );
    expect([goal, rival, ratio].every((part) => part !== undefined)).toBe(true);
  });

  it('is shown in the unit of the figure, or as a ratio', () => {
    expect(writeGoal(figure())).toBe('at most 1.000 MB');
    expect(writeGoal({ unit: 'ms', goal: { of: 'ours', is: 'under', limit: 15 } })).toBe(
      'under 15.0 ms',
    );
    expect(writeGoal(figure({ goal: { of: 'ratio', is: 'at least', limit: 2 } }))).toBe(
      'at least 2.00 ×',
    );
  });
});
