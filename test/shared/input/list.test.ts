import fc from 'fast-check';
import { parseList } from '../../../shared/src/input/list';
import { refusalOf } from '../../support/refusal';

const list = (value: unknown): string[] => parseList(value, 'Dispositions');

describe('a list field', () => {
  it.each<[unknown, string[]]>([
    ['busy', ['busy']],
    ['Busy, no-answer', ['busy', 'no-answer']],
    ['busy;no-answer\nfailed\r\nxfer', ['busy', 'no-answer', 'failed', 'xfer']],
    [' busy ,, busy,', ['busy']],
    ['\u200bbusy\u00a0', ['busy']],
    ['left a message', ['left a message']],
    [404, ['404']],
    [
      ['busy', 404],
      ['busy', '404'],
    ],
    [
      ['busy,no-answer', 'BUSY'],
      ['busy', 'no-answer'],
    ],
    [['busy', null, undefined, ' '], ['busy']],
  ])('reads %j', (value, texts) => {
    expect(list(value)).toEqual(texts);
  });

  it.each([undefined, null, '', ' ', '\u200b', ' , ; \n', [], [null, '']])(
    'is empty if it is blank: %j',
    (value) => {
      expect(list(value)).toEqual([]);
    },
  );

  it.each<[unknown, string]>([
    [true, '"true"'],
    [NaN, '"NaN"'],
    [{ busy: true }, 'an object'],
    ['{"busy":true}', '"{\\"busy\\":true}"'],
    ['["busy"]', '"[\\"busy\\"]"'],
    ['busy, [object Object]', '"busy, [object Object]"'],
    [[['busy']], 'a list with other values'],
    [['busy', { name: 'busy' }], 'a list with other values'],
    [[true], 'a list with other values'],
  ])('does not guess from %j', (value, described) => {
    expect(refusalOf(() => list(value))).toMatchObject({
      kind: 'InvalidInput',
      message: `Dispositions must be a list of texts, not ${described}.`,
      hint: 'Separate several values by commas, as in: busy, no-answer.',
    });
  });

  it('is the same as an array and as text with any separator', () => {
    const text = fc.stringMatching(/^[a-cX-Z _.\d-]{1,8}$/);
    const separator = fc.constantFrom(',', ';', '\n', ', ', ' ;\r\n');
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), separator, (texts, between) => {
        expect(list(texts.join(between))).toEqual(list(texts));
      }),
      { numRuns: 2_000 },
    );
  });
});
