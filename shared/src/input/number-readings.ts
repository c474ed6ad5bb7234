import {
  getCountryCallingCode,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/max';

export type { PhoneNumber } from 'libphonenumber-js/max';

/** The country of numbers without `+`. */
export type Country = CountryCode | undefined;

/** The number that the text says in its country, if there is one. */
export function readNumber(text: string, country: Country): PhoneNumber | undefined {
  return variantsOf(text)
    .map((variant) => readAsWritten(variant, country))
    .find((one) => one !== undefined);
}

/** What people dial before a country code: in Australia, in North America, in most countries. */
const DIALED_BEFORE_COUNTRY_CODE = ['0011', '011', '00'];
/** The limit of E.164, with the `+`. */
const MAX_LENGTH = 16;

/**
 * Other valid numbers that the text can mean. Without `+`, the first digits may be a country code, because address
 * books and spreadsheets drop the `+`. After `00`, they usually are one. A `(0)` may be a part of the number or not.
 * @param written the number that the text says in its country
 */
export function otherReadings(
  text: string,
  country: Country,
  written: PhoneNumber | undefined,
): readonly string[] {
  const variants = variantsOf(text);
  const readings = [
    ...(variants.length > 1 ? variants.map((variant) => readAsWritten(variant, country)) : []),
    ...(hasPlus(text) || country === undefined
      ? []
      : variants.flatMap((variant) => readingsWithoutPlus(variant, country))),
  ];
  const numbers = readings.flatMap((one) => one?.number ?? []);
  return [...new Set(numbers)].filter((number) => number !== written?.number);
}

function readingsWithoutPlus(text: string, country: CountryCode): (PhoneNumber | undefined)[] {
  const digits = digitsIn(text);
  const code = getCountryCallingCode(country);
  const international = read(`+${digits}`);
  return [
    read(`+${code}${digits}`),
    international && isPrefixSetApart(text, country) ? undefined : international,
    ...afterPrefixes(digits).map(({ prefix, number }) =>
      // Many cities have the area code 011 or 0113.
      prefix === '011' && isNational(text, country) ? undefined : number,
    ),
    withOneZeroMissing(text, country),
    // In few countries, a 0 is a part of some numbers and is dialed before the others.
    /^0[1-9]/.test(digits) ? read(`+${code}${digits.slice(1)}`) : undefined,
  ];
}

/** The valid numbers after the prefixes that may stand for the `+`. */
export function afterPrefixes(
  digits: string,
): readonly { readonly prefix: string; readonly number: PhoneNumber }[] {
  return DIALED_BEFORE_COUNTRY_CODE.flatMap((prefix) => {
    const number = digits.startsWith(prefix) ? read(`+${digits.slice(prefix.length)}`) : undefined;
    return number === undefined ? [] : [{ prefix, number }];
  });
}

/** Whether the text is a number of its country without a prefix for calls to another one. */
function isNational(text: string, country: CountryCode): boolean {
  const written = readAsWritten(text, country);
  return written?.countryCallingCode === getCountryCallingCode(country);
}

/** `049 151 …` for `0049 151 …`: spreadsheets drop a zero. Without a space, only a mobile number is clear. */
function withOneZeroMissing(text: string, country: CountryCode): PhoneNumber | undefined {
  const code = getCountryCallingCode(country);
  const digits = digitsIn(text);
  const number = digits.startsWith(`0${code}`) ? read(`+${digits.slice(1)}`) : undefined;
  const isSetApart = new RegExp(`^0 ?${code} `).test(groupsIn(text));
  return isSetApart || number?.getType() === 'MOBILE' ? number : undefined;
}

/** Whether the first group is the national prefix, as in `8 (495) 123-45-67`. Then it is no country code. */
function isPrefixSetApart(text: string, country: CountryCode): boolean {
  const prefix = nationalPrefixOf(text, country);
  return prefix !== '' && groupsIn(text).startsWith(`${prefix} `);
}

/** Whether the text starts with `+`, `00` or the national prefix, e.g. the 0 of `030 123456`. */
export function hasPrefix(text: string, country: Country): boolean {
  if (hasPlus(text) || digitsIn(text).startsWith('00')) return true;
  return country !== undefined && nationalPrefixOf(text, country) !== '';
}

/** Whether the digits are in the same groups as in a usual format of the number, which has this sign. */
export function isUsualFormat(text: string, sign: string, number: PhoneNumber): boolean {
  const groups = groupsIn(text);
  return [number.formatNational(), number.formatInternational()].some(
    (format) => groupsIn(format) === groups && format.includes(sign),
  );
}

export function hasPlus(text: string): boolean {
  return /^\(?\s*\+/.test(text);
}

export function digitsIn(text: string): string {
  return text.replace(/\D/g, '');
}

function variantsOf(text: string): string[] {
  return text.includes('(0)') ? [text, text.replace('(0)', '')] : [text];
}

function readAsWritten(text: string, country: Country): PhoneNumber | undefined {
  const digits = digitsIn(text);
  if (!hasPlus(text)) return country && read(digits, country);
  // The 1 that people dial before a number of North America.
  return read(`+${groupsIn(text).startsWith('1 1') ? digits.slice(1) : digits}`);
}

/** The first digits of a number without `+`, if they are the national prefix; otherwise empty. */
function nationalPrefixOf(text: string, country: CountryCode): string {
  const digits = digitsIn(text);
  const afterCountryCode = read(`+${getCountryCallingCode(country)}${digits}`);
  const national = read(digits, country);
  if (national === undefined || afterCountryCode?.number !== national.number) return '';
  const { nationalNumber } = national;
  return digits.endsWith(nationalNumber) ? digits.slice(0, -nationalNumber.length) : '';
}

function read(text: string, country?: CountryCode): PhoneNumber | undefined {
  // No number of North America starts with a 1. After it, there may be the rest of 0011.
  if (text.startsWith('+11')) return undefined;
  const options = country === undefined ? {} : { defaultCountry: country };
  const parsed = parsePhoneNumberFromString(text, { ...options, extract: false });
  return parsed?.isValid() === true && parsed.number.length <= MAX_LENGTH ? parsed : undefined;
}

function groupsIn(text: string): string {
  return text.split(/\D+/).filter(Boolean).join(' ');
}
