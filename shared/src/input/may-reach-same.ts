import { cleanNumberText } from './phone-number-text';
import { isSameNumber, normalizedNumber, searchTerm } from './same-number';

/** The shortest local numbers that people store. */
const MIN_DIGITS = 7;
/** If one of two numbers lacks its country code, or begins with digits for the telephone system. */
const COMPARED_DIGITS = 10;
const LENGTHS = [7, 8, 9, 10];
/** Also the same for a short national number and its international form. */
const TURN_DIGITS = 9;

interface WrittenNumber {
  readonly digits: string;
  readonly hasPlus: boolean;
}

/**
 * Whether two destinations may reach the same person: numbers in any form, also inside a SIP URI or with an extension.
 * If one of them lacks its country code, the last digits decide. Only for rules that prevent calls: two people can have
 * the same last digits.
 */
export function mayReachSame(one: string, other: string): boolean {
  if (isSameNumber(one, other) || isSameSipUser(one, other)) return true;
  const others = numbersIn(other);
  return numbersIn(one).some((number) => others.some((candidate) => mayBeSame(number, candidate)));
}

/** The text by which to search for earlier calls to a destination. Dograh finds every destination that contains it. */
export function searchTermFor(destination: string): string {
  const [number] = numbersIn(destination);
  return number === undefined ? searchTerm(destination) : number.digits.slice(-4);
}

/** The same text for all ways to write a number. Few other numbers have it, too. */
export function turnOf(destination: string): string {
  const [number] = numbersIn(destination);
  return number === undefined
    ? normalizedNumber(destination)
    : withoutZeros(number).slice(-TURN_DIGITS);
}

/**
 * The last digits of the numbers in a destination. Two destinations that {@link mayReachSame} have one of them in
 * common, unless they are SIP URIs without a number. For the comparison of many numbers with many others.
 */
export function endsOf(destination: string): readonly string[] {
  return numbersIn(destination).map(({ digits }) => digits.slice(-MIN_DIGITS));
}

/** The last digits of the numbers in a text that lack their country code, for {@link hasLastDigits}. */
export function lastDigitsWithoutPlus(text: string): readonly string[] {
  return numbersIn(text)
    .filter(({ hasPlus }) => !hasPlus)
    .map((number) => withoutZeros(number).slice(-COMPARED_DIGITS));
}

/** Whether a destination ends with one of these last digits. The same as {@link mayReachSame}, for long lists. */
export function hasLastDigits(destination: string, lastDigits: ReadonlySet<string>): boolean {
  return numbersIn(destination).some(({ digits }) =>
    LENGTHS.some((length) => lastDigits.has(digits.slice(-length))),
  );
}

function mayBeSame(one: WrittenNumber, other: WrittenNumber): boolean {
  if (one.hasPlus && other.hasPlus) return one.digits === other.digits;
  const [first, second] = [withoutZeros(one), withoutZeros(other)];
  const length = Math.min(first.length, second.length, COMPARED_DIGITS);
  return length >= MIN_DIGITS && first.slice(-length) === second.slice(-length);
}

/** Without the zeros that are dialed before a number. */
function withoutZeros({ digits }: WrittenNumber): string {
  return digits.replace(/^0+/, '');
}

/** The numbers in a text. What follows a comma, a letter or another sign is an extension, or the host of a SIP URI. */
function numbersIn(text: string): readonly WrittenNumber[] {
  const [user = ''] = cleanNumberText(decoded(text)).split('@');
  // As in +44 (0) 20, where the 0 is dialed only within the country.
  const matches = user.replace(/(\+[^(]*)\(0\)/, '$1').match(/\+?\d[\d\s().\-/]*/g) ?? [];
  return matches
    .map((match) => ({ digits: match.replace(/\D/g, ''), hasPlus: match.startsWith('+') }))
    .filter(({ digits }) => digits.length >= MIN_DIGITS);
}

/** Without scheme, port and parameters. */
function isSameSipUser(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) =>
    /^<?(?:sips?:)?([^@\s]+@[^:;?>\s]+)/i.exec(decoded(text).trim())?.[1]?.toLowerCase(),
  );
  return first !== undefined && first === second;
}

/** In a URI, `%2B` is a plus. */
function decoded(text: string): string {
  return text.replaceAll(/%2b/gi, '+');
}
