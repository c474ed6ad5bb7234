/** A phone number in whatever form Dograh writes it; a SIP URI or an extension is none. */
const PHONE_NUMBER = /^\+?[\d\s().-]{7,}$/;
/** What the usual ways to write one number have in common. */
const LAST_DIGITS = /\d{1,4}(?=\D*$)/;

/**
 * What to search for: Dograh finds every number that contains it, as it was written. A number that was passed on as it
 * is may have blanks anywhere before its last four digits. The caller drops what is not the same number.
 */
export function searchTerm(phoneNumber: string): string {
  if (!PHONE_NUMBER.test(phoneNumber)) return phoneNumber;
  return LAST_DIGITS.exec(phoneNumber)?.[0] ?? phoneNumber;
}

export function isSameNumber(one: string, other: string): boolean {
  return one === other || normalizedNumber(one) === normalizedNumber(other);
}

/** The same text for every way to write a phone number; anything else as it is. */
export function normalizedNumber(phoneNumber: string): string {
  return PHONE_NUMBER.test(phoneNumber) ? `+${phoneNumber.replace(/\D/g, '')}` : phoneNumber;
}
