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

it('the table of the benchmarks has one aligned row per figure, says what is missed, and puts what is to be known of it below', () => {
  expect(formatTable(SECTIONS)).toBe(
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

it('the page of the benchmarks has the machine, and for each benchmark what is to be known of it, a table and its notes', () => {
  const page = formatPage(SECTIONS, ['Two cores', 'Node 24']);

  expect(page).toContain('- Two cores\n- Node 24\n');
  expect(page).toContain(
    [
      '## The app',
      '',
      'Of one build.',
      '',
      '| what | ours | rival | ratio | goal | met? |',
      '| --- | --- | --- | --- | --- | --- |',
      '| Import | 17.8 ms | 400.0 ms (core alone) | 1.04 × | under 15.0 ms | NO |',
      '| Size of the zip | 0.726 MB | 0.620 MB (bare app) | 1.17 × | at most 1.50 × | yes |',
    ].join('\n'),
  );
  expect(page).toContain('- **Import**: Seven processes.\n- **Size of the zip**: Built twice.');
  expect(page).toContain('| Looks | 2 requests |  |  |  |  |');
});
