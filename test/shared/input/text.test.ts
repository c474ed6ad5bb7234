import { isBlank } from '../../../shared/src/input/blank';
import { cleanText } from '../../../shared/src/input/text';

describe('pasted text', () => {
  it.each([
    ['\ufefflead-42\u200b', 'lead-42'],
    ['\u202alead\u2011\u00ad42\u202c', 'lead\u201142'],
    ['lead\u202f42', 'lead 42'],
    ['lead\u2007\u200942', 'lead  42'],
    ['\u3000lead\t42\u00a0', 'lead 42'],
    ['lead\ufe0f\u3164\u034f', 'lead'],
    ['Zoe\u0308', 'Zo\u00eb'],
    ['one\r\ntwo\n', 'one\r\ntwo'],
  ])('is cleaned: %j becomes %j', (pasted, cleaned) => {
    expect(cleanText(pasted)).toBe(cleaned);
    expect(cleanText(cleaned)).toBe(cleaned);
  });

  it.each(['', ' ', '\u200b', '\u00a0\u200e\t', '\u2060\n', null, undefined])(
    'is blank if a reader sees nothing: %j',
    (value) => {
      expect(isBlank(value)).toBe(true);
    },
  );

  it.each(['0', 0, false, '-', []])('is not blank: %j', (value) => {
    expect(isBlank(value)).toBe(false);
  });
});
