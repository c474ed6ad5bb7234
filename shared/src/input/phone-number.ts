import {
  getCountryCallingCode,
  isSupportedCountry,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import { InvalidInputError } from '../errors/dograh-error';
import { inputError } from '../errors/input-error';
import { quote } from '../errors/quote';
import { isBlank } from './blank';
import {
  afterPrefixes,
  digitsIn,
  hasPlus,
  otherReadings,
  readNumber,
  type Country,
} from './number-readings';
import { assertNoOtherGroup } from './other-groups';
import {
  assertOnlyNumberSigns,
  cleanNumberText,
  EXAMPLE,
  INTERNATIONAL,
  numberError,
} from './phone-number-text';
import { cleanText, cleanValue } from './text';

/**
 * `e164`: the number is checked. `any`: every destination passes, for example a SIP URI or an extension. Only a valid
 * number with + becomes E.164.
 */
export type NumberFormat = 'e164' | 'any';

/** The user's choices, not yet checked. */
export interface PhoneNumberRules {
  /** A {@link NumberFormat}; default `e164`. */
  readonly format?: unknown;
  /** ISO 3166-1 alpha-2 code of the country that national numbers belong to, e.g. `US`. */
  readonly defaultCountry?: unknown;
}

const MAX_DESTINATION_LENGTH = 255;
/** The limit of E.164. */
const MAX_DIGITS = 15;

/**
 * The destination exactly as it will be dialed. A number is accepted only if it can mean nothing else.
 * @throws InvalidInputError that says what to change
 */
export function parsePhoneNumber(value: unknown, rules: PhoneNumberRules = {}): string {
  const format = parseFormat(rules.format);
  const country = parseCountry(rules.defaultCountry);
  const text = textOf(value);
  if (text === '') {
    throw inputError('Phone Number is empty.', `Enter the number to call, e.g. ${EXAMPLE}.`);
  }
  // Before all patterns: some take very long for a long text.
  if (format === 'e164' && text.length > MAX_DESTINATION_LENGTH) {
    throw numberError(text, 'is too long', INTERNATIONAL);
  }
  const number = cleanNumberText(text);
  if (format === 'e164') return e164(number, country);
  const destination = anyDestination(/^[\d\s+().\-/*#]+$/.test(number) ? number : text);
  return (hasPlus(number) ? certainNumber(number) : undefined) ?? destination;
}

/**
 * Every destination that an entry of a list can mean. Empty if it is not a number. To call a number, it must have only
 * one meaning. To call none of a list, all meanings count.
 * @throws InvalidInputError if the rules are wrong
 */
export function possibleNumbers(value: unknown, rules: PhoneNumberRules = {}): readonly string[] {
  const format = parseFormat(rules.format);
  const country = parseCountry(rules.defaultCountry);
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  const text = cleanNumberText(cleanText(String(value)));
  if (text.length > MAX_DESTINATION_LENGTH) return [];
  if (format === 'any' && (SIP_URI.test(text) || EXTENSION_ONLY.test(text))) return [text];
  const written = readNumber(text, country);
  try {
    assertOnlyNumberSigns(text);
    assertNoOtherGroup(text, country, written);
  } catch (error) {
    if (error instanceof InvalidInputError) return [];
    throw error;
  }
  const [afterPrefix] = hasPlus(text) ? [] : afterPrefixes(digitsIn(text));
  return [
    ...new Set([
      ...(written === undefined ? [] : [written.number]),
      ...(afterPrefix === undefined ? [] : [afterPrefix.number.number]),
      ...otherReadings(text, country, written),
    ]),
  ];
}

const SIP_URI = /^sips?:[^\s@]+@\S+$/i;
/** In a telephone system, e.g. `204`. */
const EXTENSION_ONLY = /^[\d*#]{2,6}$/;

/** A number with + is found again only if it is always written in the same way. */
function certainNumber(text: string): string | undefined {
  try {
    return e164(text, undefined);
  } catch (error) {
    if (error instanceof InvalidInputError) return undefined;
    throw error;
  }
}

function parseFormat(value: unknown): NumberFormat {
  if (isBlank(value)) return 'e164';
  const format = cleanValue(value);
  if (format === 'e164' || format === 'any') return format;
  throw inputError(
    `Number Format must be Phone Number or Any Destination, not ${quote(value)}.`,
    'Choose one of them, or use its value: "e164" or "any".',
  );
}

function parseCountry(value: unknown): Country {
  if (isBlank(value)) return undefined;
  const code = typeof value === 'string' ? cleanText(value).toUpperCase() : '';
  if (isSupportedCountry(code)) return code;
  throw inputError(
    `Default Country must be the two-letter code of a country, not ${quote(value)}.`,
    'Use for example US, GB or DE, or leave the field empty.',
  );
}

function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      // It shows the digits after it in reverse order.
      if (!value.includes('\u202e')) return cleanText(value);
      throw numberError(value, 'contains a mark that reverses its digits', INTERNATIONAL);
    case 'undefined':
      return '';
    case 'number':
      if (Number.isSafeInteger(value) || !Number.isFinite(value)) return String(value);
      throw numberError(
        String(value),
        Number.isInteger(value) ? 'has too many digits for a number' : 'has a decimal part',
        `Pass it as a text that contains the digits of the phone number. ${INTERNATIONAL}`,
      );
    default:
      if (value === null) return '';
      throw inputError(
        `Phone Number must be one phone number, not ${quote(value)}.`,
        `Enter one number, e.g. ${EXAMPLE}. For several numbers, place one call for each.`,
      );
  }
}

function anyDestination(text: string): string {
  if (text.length <= MAX_DESTINATION_LENGTH && !/[\x00-\x1f\x7f]/.test(text)) return text;
  throw inputError(
    `Phone Number must be one line of at most ${MAX_DESTINATION_LENGTH} characters, not ${quote(text)}.`,
    'Enter one phone number, SIP URI or extension.',
  );
}

function e164(text: string, country: Country): string {
  assertOnlyNumberSigns(text);
  assertCountryIsKnown(text, country);
  const written = readNumber(text, country);
  assertNoOtherGroup(text, country, written);
  const others = otherReadings(text, country, written);
  if (written !== undefined && others.length === 0) return written.number;
  if (others.length === 0) {
    throw numberError(
      text,
      whatIsWrong(text, country),
      `${INTERNATIONAL}${prefixHint(text)}${mexicanHint(text)}`,
    );
  }
  throw numberError(
    text,
    written === undefined
      ? `is not a number of the default country, but can be read as ${others.join(' and as ')}`
      : `can be read as ${[written.number, ...others].join(' and as ')}`,
    'Write it with + and the country code.',
  );
}

function assertCountryIsKnown(text: string, country: Country): void {
  if (hasPlus(text) || country !== undefined) return;
  const [afterPrefix] = afterPrefixes(digitsIn(text));
  if (afterPrefix !== undefined) {
    const { prefix, number } = afterPrefix;
    const remedy = `Write + instead of the leading ${prefix}: ${number.number}. Or set Default Country.`;
    throw numberError(text, `has ${prefix} instead of +`, remedy);
  }
  const international = readNumber(`+${text}`, undefined);
  const hint =
    international === undefined
      ? ''
      : ` If the country code is ${international.countryCallingCode}, write ${international.number}.`;
  throw numberError(text, 'has no country code', `${INTERNATIONAL}${hint} Or set Default Country.`);
}

/** For the prefixes that people dial before the country code. */
function prefixHint(text: string): string {
  const digits = digitsIn(text);
  const [first] = hasPlus(text) ? [] : afterPrefixes(digits);
  return first === undefined ? '' : ` Write + instead of the leading ${first.prefix}.`;
}

/** Until 2019, mobile numbers of Mexico had a 1 after the country code. Address books still contain it. */
function mexicanHint(text: string): string {
  const number = hasPlus(text) ? /^521(\d{10})$/.exec(digitsIn(text))?.[1] : undefined;
  return number === undefined
    ? ''
    : ` Numbers of Mexico no longer have a 1 after +52: write +52${number}.`;
}

/** The number of digits with the country code. */
function fullLength(text: string, country: Country): number {
  const code = hasPlus(text) || country === undefined ? '' : getCountryCallingCode(country);
  return `${code}${digitsIn(text)}`.length;
}

function whatIsWrong(text: string, country: Country): string {
  const digits = hasPlus(text) ? `+${digitsIn(text)}` : digitsIn(text);
  switch (validatePhoneNumberLength(digits, country)) {
    case 'TOO_SHORT':
      return 'is too short';
    case 'TOO_LONG':
      return 'is too long';
    case 'INVALID_COUNTRY':
      return 'starts with a country code that does not exist';
    case 'NOT_A_NUMBER':
      return 'is not a phone number';
    default:
      if (fullLength(text, country) > MAX_DIGITS) return 'is too long';
      return 'does not exist in the numbering plan of its country';
  }
}
