import type { Judged } from '../../../tools/bench/figure';
import { formatPage, formatTable, type Section } from '../../../tools/bench/table';

const IMPORT: Judged = {
  what: 'Import',
  unit: 'ms',
  ours: 17.76,
  rival: { name: 'core alone', value: 400 },
  ratio: 1.0444,
  goal: { of: 'ours', is: 'under', limit: 15 },
  isMet: false,
  note: 'Seven processes.',
};
const SIZE: Judged = {
  what: 'Size of the zip',
  unit: 'MB',
  ours: 726_403,
  rival: { name: 'bare app', value: 619_532 },
  ratio: 1.1725,
  goal: { of: 'ratio', is: 'at most', limit: 1.5 },
  isMet: true,
  note: 'Built twice.',
};
const ALONE: Judged = {
  what: 'Looks',
  unit: 'requests',
  ours: 2,
  isMet: undefined,
  note: 'Counted.',
};
const SECTIONS: Section[] = [
  { name: 'the app', about: 'Of one build.', figures: [IMPORT, SIZE] },
  { name: 'waiting', about: 'By the way.', figures: [ALONE] },
];

it('the table has one aligned row for each figure and marks a missed goal', () => {
  expect(formatTable(SECTIONS, false)).toBe(
    [
      'what             ours        rival                  ratio   goal            met?',
      '---------------  ----------  ---------------------  ------  --------------  ----',
      'Import           17.8 ms     400.0 ms (core alone)  1.04 ×  under 15.0 ms   NO',
      'Size of the zip  0.726 MB    0.620 MB (bare app)    1.17 ×  at most 1.50 ×  yes',
      'Looks            2 requests',
      '',
    ].join('\n'),
  );
});

it('the table lists how each figure was measured on request', () => {
  expect(formatTable(SECTIONS, true)).toBe(
    [
      'what                 ours        rival                  ratio   goal            met?',
      '-------------------  ----------  ---------------------  ------  --------------  ----',
      'Import [1]           17.8 ms     400.0 ms (core alone)  1.04 ×  under 15.0 ms   NO',
      'Size of the zip [2]  0.726 MB    0.620 MB (bare app)    1.17 ×  at most 1.50 ×  yes',
      'Looks [3]            2 requests',
      '',
      'The app: Of one build.',
      'Waiting: By the way.',
      '',
      '[1] Seven processes.',
      '[2] Built twice.',
      '[3] Counted.',
      '',
    ].join('\n'),
  );
});

it('the page has the machine, and a table of four columns for each benchmark', () => {
  const page = formatPage(SECTIONS, ['Two cores', 'Node 24']);

  expect(page).toContain('- Two cores\n- Node 24\n');
  expect(page).toContain(
    [
      '## The app',
      '',
      'Of one build.',
      '',
      '|  | Ours | Other | Ratio, goal |',
      '| --- | --- | --- | --- |',
      '| Import | 17.8 ms | 400.0 ms (core alone) | 1.04 ×, under 15.0 ms, **missed** |',
      '| Size of the zip | 0.726 MB | 0.620 MB (bare app) | 1.17 ×, at most 1.50 × |',
    ].join('\n'),
  );
  expect(page).toContain('|  | Ours (requests) | Other | Ratio |');
  expect(page).toContain('| Looks | 2 |  |  |');
  expect(page).not.toContain('Seven processes.');
});

it('the page names once what all rows share, and leaves out details', () => {
  const figures = [SIZE, { ...SIZE, what: 'Size of the app' }, { ...ALONE, isDetail: true }];
  const page = formatPage([{ name: 'size', about: 'Of one build.', figures }], []);

  expect(page).toContain('|  | Ours (MB) | bare app | Ratio, goal: at most 1.50 × |');
  expect(page).toContain('| Size of the app | 0.726 | 0.620 | 1.17 × |');
  expect(page).not.toContain('Looks');
});
