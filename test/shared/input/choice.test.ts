import { parseChoices } from '../../../shared/src/input/choice';
import { refusalOf } from '../../support/refusal';

const KEYS = ['outcome', 'notes', 'run_url'] as const;

describe('several choices', () => {
  it.each<[unknown, readonly string[]]>([
    [
      ['notes', 'outcome'],
      ['outcome', 'notes'],
    ],
    ['notes, outcome', ['outcome', 'notes']],
    [' Run_URL ,\u200b', ['run_url']],
    [['notes', 'notes', ' NOTES'], ['notes']],
    [['notes,run_url'], ['notes', 'run_url']],
    [[], []],
    ['', []],
    [' \u200b', []],
    [null, []],
    [undefined, []],
  ])('are read from %j, in their own order', (value, read) => {
    expect(parseChoices('Fields', value, KEYS)).toEqual(read);
  });

  it.each([['notes', 'Cost'], 'Cost', 'notes; cost', 'constructor'])(
    'are refused in %j, with a list of the possible ones',
    (value) => {
      const refusal = refusalOf(() => parseChoices('Fields', value, KEYS));

      expect(refusal.message).toMatch(/^Fields has no value "(cost|constructor)"\.$/);
      expect(refusal.hint).toBe('Choose from: outcome, notes, run_url.');
    },
  );

  it.each(['["notes"]', [{ notes: true }], { notes: true }, true])(
    'are refused in %j, which is no list of texts',
    (value) => {
      expect(() => parseChoices('Fields', value, KEYS)).toThrow('Fields must be a list of texts');
    },
  );
});
