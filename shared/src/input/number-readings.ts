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
  const international = read(`+${digits}`);
  return [
    read(`+${getCountryCallingCode(country)}${digits}`),
    international && isPrefixSetApart(text, country) ? undefined : international,
    digits.startsWith('00') ? read(`+${digits.slice(2)}`) : undefined,
  ];
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

/** Whether the digits are in the same groups as in the number's usual format. */
export function isUsualFormat(text: string, number: PhoneNumber): boolean {
  const groups = groupsIn(text);
  return [number.formatNational(), number.formatInternational()].some(
    (format) => groupsIn(format) === groups,
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
  return hasPlus(text) ? read(`+${digits}`) : country && read(digits, country);
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
  const options = country === undefined ? {} : { defaultCountry: country };
  const parsed = parsePhoneNumberFromString(text, { ...options, extract: false });
  return parsed?.isValid() === true ? parsed : undefined;
}

function groupsIn(text: string): string {
  return text.split(/\D+/).filter(Boolean).join(' ');
}
