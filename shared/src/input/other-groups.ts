import { quote } from '../errors/quote';
import { digitsIn, hasPlus, hasPrefix, isUsualFormat, readNumber } from './number-readings';
import type { Country, PhoneNumber } from './number-readings';
import { numberError } from './phone-number-text';

/** A text divided at one of its signs. */
interface Parts {
  readonly before: string;
  readonly sign: string;
  readonly after: string;
}

/**
 * Refuses a group of digits that stands beside a whole number. It is an extension, the number of a list entry, or a
 * second number. In the usual format of a country, no group is doubtful.
 * @param whole the number with all groups, if it is valid
 * @throws InvalidInputError that shows the number with and without the group
 */
export function assertNoOtherGroup(
  text: string,
  country: Country,
  whole: PhoneNumber | undefined,
): void {
  const found = partsOf(text).find(
    (parts) =>
      containsTwo(parts, country, whole) ||
      endsWithGroup(parts, country, whole) ||
      startsWithGroup(parts, country, whole),
  );
  if (found === undefined) return;
  const isUsual =
    whole !== undefined && !isSetApart(found) && isUsualFormat(text, found.sign, whole);
  if (!isUsual) throw groupError(text, found, country, whole);
}

function groupError(text: string, parts: Parts, country: Country, whole: PhoneNumber | undefined) {
  const { before, after } = parts;
  const first = readNumber(before, country)?.number;
  const second = readNumber(after, country)?.number;
  if (first !== undefined && second !== undefined) {
    return numberError(text, 'contains more than one number', `Enter only one, e.g. ${first}.`);
  }
  const [place, group, number] =
    first === undefined ? ['starts', before, second] : ['ends', after, first];
  const withGroup = whole === undefined ? '' : ` If it is, write ${whole.number}.`;
  return numberError(
    text,
    `${place} with ${quote(digitsIn(group))}, which may not be part of the number`,
    `If it is not, write ${number}.${withGroup}`,
  );
}

/** Two whole numbers. The shortest numbers have five digits. */
function containsTwo({ before, after }: Parts, country: Country, whole?: PhoneNumber): boolean {
  return (
    digitsIn(before).length >= 5 &&
    digitsIn(after).length >= 7 &&
    isNumber(before, country, whole) &&
    isNumber(after, country, whole) &&
    (whole === undefined || hasPrefix(after, country))
  );
}

/** In Germany, `-0` is the switchboard of a company, and a part of the number. */
function endsWithGroup(parts: Parts, country: Country, whole?: PhoneNumber): boolean {
  const { before, sign, after } = parts;
  const digits = digitsIn(after);
  const isDoubtful =
    isSetApart(parts) ||
    (digits.length === 1 && `${sign}${digits}` !== '-0') ||
    isAsLongAsLastGroup(digits, before);
  return isDoubtful && isNumber(before, country, whole);
}

/** A second number without its prefix: `030 123456 123457`. */
function isAsLongAsLastGroup(digits: string, before: string): boolean {
  return digits.length >= 5 && /\d+$/.exec(before)?.[0].length === digits.length;
}

/** `1 030 123456`, `(1) 6641234567` or `1 - 664 1234567`. Not `030 - 123456`: that has the national prefix. */
function startsWithGroup(parts: Parts, country: Country, whole?: PhoneNumber): boolean {
  const { before, sign, after } = parts;
  if (digitsIn(before).length > 3 || hasPlus(before)) return false;
  const isLikeInList = sign === '.' && /\d[^\d.]+\d/.test(after) && !after.includes('.');
  const isDoubtful =
    hasPrefix(after, country) ||
    ((isSetApart(parts) || isLikeInList || before.startsWith('(')) &&
      !hasPrefix(`${before}${sign}${after}`, country));
  return isDoubtful && isNumber(after, country, whole);
}

/** Whether a part is a valid number, and another one than the whole. */
function isNumber(part: string, country: Country, whole: PhoneNumber | undefined): boolean {
  const number = readNumber(part, country);
  return number !== undefined && number.number !== whole?.number;
}

/** Whether more than a space or a plain sign is between two groups: `(2`, ` - 2`, `/2`. */
function isSetApart({ sign }: Parts): boolean {
  return /[/(]| [-.]|[-.] /.test(sign);
}

function partsOf(text: string): Parts[] {
  return [...text.matchAll(/(?<=\d)\D+(?=\d)/g)].map(({ 0: sign, index }) => ({
    before: text.slice(0, index),
    sign,
    after: text.slice(index + sign.length),
  }));
}
