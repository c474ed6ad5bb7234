import { cut, quote } from '../../../shared/src/errors/quote';

describe('a quoted value', () => {
  it.each([
    ['Ann', '"Ann"'],
    ['', '""'],
    ['a b', '"a b"'],
    ['say "hi"', '"say \\"hi\\""'],
    ['Größe 😀', '"Größe 😀"'],
    [42, '"42"'],
    [true, '"true"'],
    [undefined, '"undefined"'],
    [null, '"null"'],
    [[1, 2], 'a list'],
    [{ a: 1 }, 'an object'],
  ])('shows %j as %s', (value, shown) => {
    expect(quote(value)).toBe(shown);
  });

  it.each([
    ['the Arabic letter mark', '+49\u061c30', '"+49" U+061C "30"'],
    ['a zero-width space', '\u200b', 'U+200B'],
    ['a direction mark at the start', '\u202a+1415', 'U+202A "+1415"'],
    ['the character NUL', 'a\0b', '"a" U+0000 "b"'],
    ['a no-break space', '+1\u00a0415', '"+1" U+00A0 "415"'],
    ['a tab', 'a\tb', '"a" U+0009 "b"'],
    ['a line break', 'a\r\nb', '"a" U+000D U+000A "b"'],
    ['a line separator', 'a\u2028b', '"a" U+2028 "b"'],
    ['a character beyond 16 bits', 'a\u{e0001}', '"a" U+E0001'],
    ['half of a character', 'a\ud83d!', '"a" U+D83D "!"'],
  ])('names %s', (_, value, shown) => {
    expect(quote(value)).toBe(shown);
  });

  it('is cut after 80 characters', () => {
    expect(quote('x'.repeat(81))).toBe(`"${'x'.repeat(80)}…"`);
  });
});

it('a cut does not leave half of a character', () => {
  expect(cut('ab😀cd', 3)).toBe('ab…');
  expect(cut('ab😀cd', 4)).toBe('ab😀…');
});
