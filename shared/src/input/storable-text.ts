import { inputError } from '../errors/input-error';
import { quote } from '../errors/quote';

const HALF_OF_CHARACTER = /\p{Cs}/u;
/** What JavaScript and the date libraries of both hosts write if they cannot convert a value. */
const FAILED_DATE = /Invalid DateTime|^\s*Invalid (?:date|duration|interval)\s*$/i;
const FAILED_OBJECT = /\[object [A-Z]\w*\]/;

/**
 * Refuses a text that Dograh must not get. It would store a lone surrogate or NUL, but could not read it again:
 * from then on, every list filtered by a number fails for the whole organization.
 * @param field its label, or the name of the variable, as the beginning of a sentence
 * @throws InvalidInputError
 */
export function assertStorableText(text: string, field: string): void {
  const [half] = HALF_OF_CHARACTER.exec(text) ?? [];
  if (half !== undefined) {
    throw inputError(
      `${field} contains half of a character (${quote(half)}).`,
      "A text was probably cut in the middle of an emoji. In an expression, cut it with Array.from(text).slice(0, 5).join('').",
    );
  }
  if (!text.includes('\0')) return;
  throw inputError(
    `${field} contains the invisible character NUL (U+0000).`,
    "Remove it in the step before. In an expression, use text.replaceAll('\\0', '').",
  );
}

/** Refuses a text that is left by a failed conversion. The agent would say it. @throws InvalidInputError */
export function assertConvertedText(text: string, field: string): void {
  const [failedDate] = FAILED_DATE.exec(text) ?? [];
  if (failedDate !== undefined) {
    throw inputError(
      `${field} contains ${quote(failedDate.trim())} instead of a date.`,
      'A date in an earlier step is empty or has an unknown format. Check it there, and leave the field empty if there is no date.',
    );
  }
  const [failedObject] = FAILED_OBJECT.exec(text) ?? [];
  if (failedObject === undefined) return;
  throw inputError(
    `${field} contains ${quote(failedObject)} instead of a value.`,
    'An expression turned an object into text. Use one field of the object, or JSON.stringify(object).',
  );
}
