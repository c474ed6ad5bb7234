import type { ListedRun } from '../runs/listed-run';

/** A phone number in whatever form Dograh writes it; a SIP URI or an extension is none. */
const PHONE_NUMBER = /^\+?[\d\s().-]{7,}$/;

/** What to search for: Dograh finds every number that contains it. */
export function searchedFor(phoneNumber: string): string {
  return PHONE_NUMBER.test(phoneNumber) ? digitsOf(phoneNumber) : phoneNumber;
}

/** Whether a run is to this number. Where Dograh does not say to which it is, it may be to this one. */
export function isTo(phoneNumber: string, { calledNumber }: ListedRun): boolean {
  if (calledNumber === null || calledNumber === phoneNumber) return true;
  const both = [calledNumber, phoneNumber];
  return both.every((text) => PHONE_NUMBER.test(text)) && new Set(both.map(digitsOf)).size === 1;
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
