import { formatTable } from './table';

describe('the table of the benchmarks', () => {
  it('has one aligned row per figure, says what is missed, and puts the notes below', () => {
    const table = formatTable([
      {
        what: 'Import',
        unit: 'ms',
        ours: 17.76,
        rival: { name: 'core alone', value: 400 },
        ratio: 1.0444,
        goal: { of: 'ours', is: 'under', limit: 15 },
        isMet: false,
        note: 'Seven processes.',
      },
      {
        what: 'Size of the zip',
        unit: 'MB',
        ours: 726_403,
        rival: { name: 'bare app', value: 619_532 },
        ratio: 1.1725,
        goal: { of: 'ratio', is: 'at most', limit: 1.5 },
        isMet: true,
        note: 'Built twice.',
      },
    ]);

    expect(table).toBe(
      [
        'what                 ours      rival                  ratio   goal            met?',
        '-------------------  --------  ---------------------  ------  --------------  ----',
        'Import [1]           17.8 ms   400.0 ms (core alone)  1.04 ×  under 15.0 ms   NO',
        'Size of the zip [2]  0.726 MB  0.620 MB (bare app)    1.17 ×  at most 1.50 ×  yes',
        '',
        '[1] Seven processes.',
        '[2] Built twice.',
        '',
      ].join('\n'),
    );
  });
});
