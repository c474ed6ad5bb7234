/** Marks that a reader does not see. They come along from web pages, address books and chats. */
const INVISIBLE = /[\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f]/gu;
const SPACE = /[\p{Zs}\t\v\f]/gu;

/**
 * Cleans a text that was pasted: a number, a name, an ID, an address. Removes invisible marks and the
 * space around the text, and makes every kind of space a plain one. Line breaks inside stay.
 *
 * Not for text that the agent says: there, a mark may have a meaning.
 */
export function cleanText(text: string): string {
  return withoutMarks(text).replace(SPACE, ' ').trim().normalize('NFC');
}

/** The cleaned text; any other value unchanged. */
export function cleanValue(value: unknown): unknown {
  return typeof value === 'string' ? cleanText(value) : value;
}

/** The text without the marks that a reader does not see. Spaces stay. */
export function withoutMarks(text: string): string {
  return text.replace(INVISIBLE, '');
}

const FULL_WIDTH_SIGN = /[\uff01-\uff5e]/g;
/** Dashes and minus signs. Not the wave dashes: they mean a range. */
const DASH = /[\u2010-\u2015\u2043\u2212\u058a\ufe58\ufe63]/g;

/** The text with `-` for every dash and with the signs of ASCII for full-width ones, as word processors write them. */
export function withPlainSigns(text: string): string {
  return text
    .replace(FULL_WIDTH_SIGN, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(DASH, '-');
}
