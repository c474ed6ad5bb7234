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

/** `e164` checks the number; `any` passes SIP URIs and extensions through as they are. */
export type NumberFormat = 'e164' | 'any';

/** As the user chose them, not yet checked. */
export interface PhoneNumberRules {
  /** A {@link NumberFormat}; default `e164`. */
  readonly format?: unknown;
  /** ISO 3166-1 alpha-2 code of the country that national numbers belong to, e.g. `US`. */
  readonly defaultCountry?: unknown;
}

const EXAMPLE = '+14155550123';
const INTERNATIONAL = `Write it in international form: + and the country code, then the number, e.g. ${EXAMPLE}.`;
/** Formatting marks that address books and web pages paste along unseen. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const MAX_DESTINATION_LENGTH = 255;

/**
 * The destination exactly as it will be dialled.
 * @throws InvalidInputError that says what to change.
 */
export function parsePhoneNumber(value: unknown, rules: PhoneNumberRules = {}): string {
  if (typeof value === 'object' && value !== null) {
    throw inputError(
      `${quote(value)} was given where one phone number is needed.`,
      `Give a single number, e.g. ${EXAMPLE}. For several numbers, place one call for each.`,
    );
  }
  const text = textOf(value);
  if (text === '') {
    throw inputError('No phone number was given.', `Enter the number to call, e.g. ${EXAMPLE}.`);
  }
  return parseFormat(rules.format) === 'any'
    ? anyDestination(text)
    : e164(text, countryOf(rules.defaultCountry));
}

function parseFormat(value: unknown): NumberFormat {
  if (isBlank(value)) return 'e164';
  if (value === 'e164' || value === 'any') return value;
  throw inputError(`${quote(value)} is not a number format.`, 'Choose "e164" or "any".');
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.replace(INVISIBLE, '').trim() : '';
}

function anyDestination(text: string): string {
  if (text.length <= MAX_DESTINATION_LENGTH && !/[\x00-\x1f\x7f]/.test(text)) return text;
  throw inputError(
    `The destination ${quote(text)} contains a line break or is longer than ${MAX_DESTINATION_LENGTH} characters.`,
    'Enter one phone number, SIP URI or extension.',
  );
}

function countryOf(value: unknown): CountryCode | undefined {
  if (isBlank(value)) return undefined;
  const code = typeof value === 'string' ? value.trim().toUpperCase() : '';
  if (isSupportedCountry(code)) return code;
  throw inputError(
    `${quote(value)} is not a default country.`,
    'Use a two-letter country code, e.g. US, GB or DE.',
  );
}

function e164(text: string, country: CountryCode | undefined): string {
  const odd = /[^0-9+\-\s()./\u2010-\u2015]/u.exec(text);
  if (odd !== null) {
    throw inputError(
      `The phone number ${quote(text)} contains ${quote(odd[0])}, which is not part of a phone number.`,
      `${INTERNATIONAL} SIP URIs and extensions need the number format "any".`,
    );
  }
  if (/^\D*-\d|\/\s*\d{1,4}\s*$/.test(text)) {
    throw inputError(`The phone number ${quote(text)} is not one whole number.`, INTERNATIONAL);
  }
  if (!text.includes('+') && country === undefined) {
    const prefix = text.startsWith('00') ? 'If it starts with 00, write + in its place.' : '';
    throw inputError(
      `The phone number ${quote(text)} has no country code.`,
      `${INTERNATIONAL} Or set a default country. ${prefix}`.trim(),
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
  throw inputError(`The phone number ${quote(text)} ${whatIsWrong(text, country)}.`, INTERNATIONAL);
}

/** Address books drop the +; then a number of the default country can be read with and without its code. */
function assertOneReading(text: string, national: PhoneNumber): void {
  const digits = text.replace(/\D/g, '');
  if (text.includes('+') || !digits.startsWith(national.countryCallingCode)) return;
  const international = parsePhoneNumberFromString(`+${digits}`);
  if (international?.isValid() !== true || international.number === national.number) return;
  throw inputError(
    `The phone number ${quote(text)} can be read as ${national.number} and as ${international.number}.`,
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
