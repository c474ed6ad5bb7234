import {
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/min';
import { isBlank } from './blank';
import { quote } from '../errors/quote';
import { inputError } from '../errors/input-error';

/** `e164`: the number is checked. `any`: every destination passes, for example a SIP URI or an extension. */
export type NumberFormat = 'e164' | 'any';

/** The user's choices, not yet checked. */
export interface PhoneNumberRules {
  /** A {@link NumberFormat}; default `e164`. */
  readonly format?: unknown;
  /** ISO 3166-1 alpha-2 code of the country that national numbers belong to, e.g. `US`. */
  readonly defaultCountry?: unknown;
}

const EXAMPLE = '+14155550123';
const INTERNATIONAL = `Write it in international form: + and the country code, then the number, e.g. ${EXAMPLE}.`;
/** Formatting marks that come along from address books and web pages. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const MAX_DESTINATION_LENGTH = 255;

/**
 * The destination exactly as it will be dialed.
 * @throws InvalidInputError that says what to change
 */
export function parsePhoneNumber(value: unknown, rules: PhoneNumberRules = {}): string {
  if (typeof value === 'object' && value !== null) {
    throw inputError(
      `Phone Number must be one phone number, not ${quote(value)}.`,
      `Enter one number, e.g. ${EXAMPLE}. For several numbers, place one call for each.`,
    );
  }
  const text = textOf(value);
  if (text === '') {
    throw inputError('Phone Number is empty.', `Enter the number to call, e.g. ${EXAMPLE}.`);
  }
  return parseFormat(rules.format) === 'any'
    ? anyDestination(text)
    : e164(text, countryOf(rules.defaultCountry));
}

function parseFormat(value: unknown): NumberFormat {
  if (isBlank(value)) return 'e164';
  if (value === 'e164' || value === 'any') return value;
  throw inputError(
    `Number Format must be Phone Number or Any Destination, not ${quote(value)}.`,
    'Choose one of them, or use its value: "e164" or "any".',
  );
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.replace(INVISIBLE, '').trim() : '';
}

function anyDestination(text: string): string {
  if (text.length <= MAX_DESTINATION_LENGTH && !/[\x00-\x1f\x7f]/.test(text)) return text;
  throw inputError(
    `Phone Number must be one line of at most ${MAX_DESTINATION_LENGTH} characters, not ${quote(text)}.`,
    'Enter one phone number, SIP URI or extension.',
  );
}

function countryOf(value: unknown): CountryCode | undefined {
  if (isBlank(value)) return undefined;
  const code = typeof value === 'string' ? value.trim().toUpperCase() : '';
  if (isSupportedCountry(code)) return code;
  throw inputError(
    `Default Country must be the two-letter code of a country, not ${quote(value)}.`,
    'Use for example US, GB or DE, or leave the field empty.',
  );
}

function e164(text: string, country: CountryCode | undefined): string {
  const odd = /[^0-9+\-\s()./\u2010-\u2015]/u.exec(text);
  if (odd !== null) {
    throw inputError(
      `Phone Number ${quote(text)} contains ${quote(odd[0])}, which is not part of a phone number.`,
      `${INTERNATIONAL} For a SIP URI or an extension, set Number Format to Any Destination.`,
    );
  }
  if (/^\D*-\d|\/\s*\d{1,4}\s*$/.test(text)) {
    throw inputError(`Phone Number ${quote(text)} is not one complete number.`, INTERNATIONAL);
  }
  if (!text.includes('+') && country === undefined) {
    const prefix = text.startsWith('00') ? 'Write + instead of the leading 00.' : '';
    throw inputError(
      `Phone Number ${quote(text)} has no country code.`,
      `${INTERNATIONAL} Or set Default Country. ${prefix}`.trim(),
    );
  }
  const parsed = parsePhoneNumberFromString(text, {
    ...(country === undefined ? {} : { defaultCountry: country }),
    extract: false,
  });
  if (parsed?.isValid() === true) {
    assertOneReading(text, parsed);
    return parsed.number;
  }
  throw inputError(`Phone Number ${quote(text)} ${whatIsWrong(text, country)}.`, INTERNATIONAL);
}

/** Address books drop the +. Then the leading digits may be a country code or not. */
function assertOneReading(text: string, national: PhoneNumber): void {
  const digits = text.replace(/\D/g, '');
  if (text.includes('+') || !digits.startsWith(national.countryCallingCode)) return;
  const international = parsePhoneNumberFromString(`+${digits}`);
  if (international?.isValid() !== true || international.number === national.number) return;
  throw inputError(
    `Phone Number ${quote(text)} can be read as ${national.number} and as ${international.number}.`,
    'Write it with + and the country code.',
  );
}

function whatIsWrong(text: string, country: CountryCode | undefined): string {
  switch (validatePhoneNumberLength(text, country)) {
    case 'TOO_SHORT':
      return 'is too short';
    case 'TOO_LONG':
      return 'is too long';
    case 'INVALID_COUNTRY':
      return 'starts with a country code that does not exist';
    case 'NOT_A_NUMBER':
      return 'is not a phone number';
    default:
      return 'does not exist in the numbering plan of its country';
  }
}
