import { inputError } from '../errors/input-error';
import { quote } from '../errors/quote';
import type { DograhError } from '../errors/dograh-error';
import { cleanText, withPlainSigns } from './text';

export const EXAMPLE = '+14155550123';
export const INTERNATIONAL = `Write it in international form: + and the country code, then the number, e.g. ${EXAMPLE}.`;

/** The digits 0 to 9 of Arabic and Persian, which phones and spreadsheets use. */
const OTHER_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/g;
/** The long vowel mark of Japanese keyboards, which looks like a dash. */
const LONG_VOWEL_MARK = /[\u30fc\uff70]/g;

/** The text of a phone number in plain ASCII signs, without `tel:`. */
export function cleanNumberText(text: string): string {
  return withPlainSigns(cleanText(text))
    .replace(OTHER_DIGIT, (digit) => String(digit.charCodeAt(0) % 16))
    .replace(LONG_VOWEL_MARK, '-')
    .replace(/^tel:(\/\/)?/i, '')
    .trim();
}

/**
 * Refuses signs that do not only separate digits. The digits after them are not a part of the number.
 * @throws InvalidInputError with a hint for each kind
 */
export function assertOnlyNumberSigns(text: string): void {
  const mistake = findMistake(text);
  if (mistake === undefined) return;
  const [happened, remedy] = mistake;
  throw numberError(text, happened, remedy);
}

/** @param happened the end of a sentence about the number */
export function numberError(text: string, happened: string, remedy: string): DograhError {
  return inputError(`Phone Number ${quote(text)} ${happened}.`, remedy);
}

type Mistake = readonly [happened: string, remedy: string];

const AS_TEXT = 'In the spreadsheet, format the column as plain text';
const ONE_NUMBER = `Enter one number, e.g. ${EXAMPLE}. For several numbers, place one call for each.`;
const URI = /^(sips?|https?|mailto):/i;
const EXTENSION =
  /\d\s*[,;]?\s*(#|(?<![a-z])(x|e?xtn?|ext|extension|app|dw|durchwahl|poste|anexo|ramal)(?![a-z]))[\s.:=-]*\d{1,8}\D*$/i;
/** A short number with a bracket or a period after it, e.g. `1)` or `2. `. */
const LIST_NUMBER = /^#?\d{1,3}\s?(\)|\.(?!\d))/;

/** A day, with or without a time, or a range of years. */
const DATE =
  /^(\d{4}\s*([-/.])\s*\d{1,2}\s*\2\s*\d{1,2}|\d{1,2}\s*([-/.])\s*\d{1,2}\s*\3\s*(19|20)\d\d|(19|20)\d\d\s?[-/]\s?(19|20)\d\d)(?!\d|\s*[-/.]\s*\d)/;
/** `250.000.000`, `48.137154`, or the two parts of a position: `48.8566 2.3522` */
const AMOUNT =
  /^([1-9]\d{0,2}(\.\d{3})+|[1-9]\d{0,2}\.\d{4,}|[+-]?\d{1,3}\.\d{3,}[\s/]+[+-]?\d{1,3}\.\d{3,})$/;

/** The first one counts, so the more exact ones come first. */
function findMistake(text: string): Mistake | undefined {
  if (/^[+-]?\d+([.,]\d*)?\s*e\s*\+?\d+$/i.test(text)) {
    const again = `${AS_TEXT}, and enter the number again.`;
    return ['was shortened by a spreadsheet, so digits are missing', again];
  }
  if (/^([^.,]*\d[.,](\d{1,2}|0+)|\+?\d{5,}[.,]\d+)$/.test(text)) {
    return ['has a decimal part', `Remove the decimal part. ${AS_TEXT}.`];
  }
  if (DATE.test(text)) return ['is a date', `Enter a phone number, e.g. ${EXAMPLE}.`];
  if (AMOUNT.test(text)) {
    return ['looks like an amount or a position', `If it is a phone number: ${INTERNATIONAL}`];
  }
  const label = URI.test(text) ? undefined : labelIn(text);
  if (label !== undefined && /\d{4}/.test(text)) {
    return [`starts with ${quote(label)}`, `Remove ${quote(label)} and keep only the number.`];
  }
  if (isSeveral(text)) return ['contains more than one number', ONE_NUMBER];
  if (EXTENSION.test(text)) {
    return ['has an extension', 'Remove the extension. Only the number itself can be dialed.'];
  }
  const odd = /[^0-9+\-\s()./]/u.exec(text)?.[0];
  if (odd !== undefined) {
    return [
      `contains ${quote(odd)}, which is not part of a phone number`,
      `${INTERNATIONAL} For a SIP URI or an extension, set Number Format to Any Destination.`,
    ];
  }
  if (/^\D*-/.test(text)) return ['starts with a dash', 'Remove the dash.'];
  const entry = LIST_NUMBER.exec(text)?.[0];
  if (entry !== undefined) {
    return [`starts with ${quote(entry)}, like an entry of a list`, `Remove ${quote(entry)}.`];
  }
  if (/\d.*\+/.test(text)) {
    return ['has a + after its first digit', `Remove what is before the +. ${INTERNATIONAL}`];
  }
  if (!hasBalancedBrackets(text)) {
    return ['has an opening bracket without a closing one, or the other way round', INTERNATIONAL];
  }
  return undefined;
}

/** A word and a sign, e.g. `p:` in an export of leads. */
function labelIn(text: string): string | undefined {
  return /^\p{L}[\p{L} ]{0,15}[:.]/u.exec(text)?.[0];
}

/** Two parts that are long enough for a number, or a second `+`. */
function isSeveral(text: string): boolean {
  if (/\+.*\d.*\+/s.test(text)) return true;
  const parts = text.split(/[\r\n\u2028\u2029;,|&]|\b(?:or|and|oder|und|ou|et|o|y)\b/i);
  return (
    parts.filter((part) => part.replace(/\D/g, '').length >= 5).length > 1 ||
    /[\r\n\u2028\u2029]/.test(text)
  );
}

function hasBalancedBrackets(text: string): boolean {
  return /^([^()]*\([^()]*\))*[^()]*$/.test(text);
}
