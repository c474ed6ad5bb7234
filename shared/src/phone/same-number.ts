/** A phone number in whatever form Dograh writes it; a SIP URI or an extension is none. */
const PHONE_NUMBER = /^\+?[\d\s().-]{7,}$/;

/** What to search for: Dograh finds every number that contains it. */
export function searchedFor(phoneNumber: string): string {
  return PHONE_NUMBER.test(phoneNumber) ? digitsOf(phoneNumber) : phoneNumber;
}

export function isSameNumber(one: string, other: string): boolean {
  if (one === other) return true;
  const both = [one, other];
  return both.every((text) => PHONE_NUMBER.test(text)) && new Set(both.map(digitsOf)).size === 1;
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
