/** A phone number in any form that Dograh writes; not a SIP URI or an extension. */
const PHONE_NUMBER = /^\+?[\d\s().-]{7,}$/;
const LAST_DIGITS = /\d{1,4}(?=\D*$)/;

/**
 * The text by which to search for a number: Dograh finds every number that contains it. A stored number may have
 * spaces in any place except between its last digits. The caller drops other numbers.
 */
export function searchTerm(phoneNumber: string): string {
  if (!PHONE_NUMBER.test(phoneNumber)) return phoneNumber;
  return LAST_DIGITS.exec(phoneNumber)?.[0] ?? phoneNumber;
}

export function isSameNumber(one: string, other: string): boolean {
  return one === other || normalizedNumber(one) === normalizedNumber(other);
}

/** The same text for every way to write a phone number. Anything else is not changed. */
export function normalizedNumber(phoneNumber: string): string {
  return PHONE_NUMBER.test(phoneNumber) ? `+${phoneNumber.replace(/\D/g, '')}` : phoneNumber;
}
