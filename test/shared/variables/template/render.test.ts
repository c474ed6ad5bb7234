import { render } from '../../../../shared/src/variables/template/render';
import { GRAMMAR, NOW } from './grammar';

/** Every expected text comes from Dograh's own renderer. */
describe('rendering a text as Dograh does', () => {
  describe.each(Object.entries(GRAMMAR))('%s', (_what, cases) => {
    it.each(cases)('renders %j with %j', (text, context, rendered) => {
      expect(render(text, context, NOW)).toBe(rendered);
    });
  });

  it('has at least 40 cases', () => {
    expect(Object.values(GRAMMAR).flat().length).toBeGreaterThanOrEqual(40);
  });

  it.each([
    ['{{'.repeat(50_000)],
    [`${'{{'.repeat(50_000)}}}`],
    [`{{a|${' '.repeat(100_000)}x`],
    [`{{a${' '.repeat(100_000)}}}`],
    [`${'{{a | b'.repeat(20_000)}}}`],
    [`${'{{a|'.repeat(20_000)}:}}`],
    ['{{a}}'.repeat(20_000)],
  ])(
    'is fast for a text of a hundred thousand braces and spaces',
    (text) => {
      expect(typeof render(text, {}, NOW)).toBe('string');
    },
    5_000,
  );

  it.each([
    ['Europe/Dublin', 'GMT'],
    ['Europe/Berlin', 'CET'],
    ['America/New_York', 'EST'],
    ['Asia/Jerusalem', 'IST'],
    ['Australia/Sydney', 'AEDT'],
  ])('uses the winter abbreviation in %s', (zone, abbreviation) => {
    const january = Date.UTC(2026, 0, 15);

    expect(render(`{{current_time_${zone}}}`, {}, january)).toMatch(new RegExp(`${abbreviation}$`));
  });
});
