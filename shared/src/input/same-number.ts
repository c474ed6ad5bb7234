import { cleanNumberText } from './phone-number-text';
import { cleanText } from './text';

/** A phone number in any form that programs store; not a SIP URI or an extension. */
const PHONE_NUMBER = /^\(?\+?[\d\s().\-/]{7,}$/;
const LAST_DIGITS = /\d{1,4}(?=\D*$)/;

/**
 * The text by which to search for a number: Dograh finds every number that contains it. A stored number may have
 * spaces in any place except between its last digits. The caller drops other numbers.
 */
export function searchTerm(phoneNumber: string): string {
  if (!PHONE_NUMBER.test(cleanNumberText(phoneNumber))) return withoutBackslash(phoneNumber);
  return LAST_DIGITS.exec(cleanNumberText(phoneNumber))?.[0] ?? phoneNumber;
}

/** Dograh never finds a text with a backslash, because its search gives this sign a meaning. */
function withoutBackslash(destination: string): string {
  const parts = destination.split('\\');
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest));
}

export function isSameNumber(one: string, other: string): boolean {
  return one === other || normalizedNumber(one) === normalizedNumber(other);
}

const SIP_ADDRESS = /^(sips?:)([^@]*@)?(.*)$/is;

/** In a SIP address, the case counts only in the name of the person. */
function withPlainHost(destination: string): string {
  return destination.replace(
    SIP_ADDRESS,
    (_, scheme: string, person = '', host = '') =>
      `${scheme.toLowerCase()}${String(person)}${String(host).toLowerCase()}`,
  );
}

/** The same text for every way to write a phone number. Anything else is only cleaned. */
export function normalizedNumber(phoneNumber: string): string {
  const text = cleanNumberText(phoneNumber);
  if (!PHONE_NUMBER.test(text)) return withPlainHost(cleanText(phoneNumber));
  // As in +44 (0) 20, where the 0 is dialed only within the country, and in 0044 20.
  const international = text.replace(/^(\D*\+[^(]*)\(0\)/, '$1').replace(/\D/g, '');
  return `+${international.replace(/^00/, '')}`;
}
