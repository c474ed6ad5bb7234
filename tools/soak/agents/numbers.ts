import { filmNumber, MAX_CALLS } from '../soak-call';

export const NUMBERS_PER_FAMILY = 5;
const FAMILIES = MAX_CALLS / NUMBERS_PER_FAMILY;

/** No phone number. The node refuses it. */
export const INVALID = '12';

/** The numbers of a family belong to no other family. */
export function numbersOf(family: number): [string, ...string[]] {
  const first = (family % FAMILIES) * NUMBERS_PER_FAMILY;
  const others = Array.from({ length: NUMBERS_PER_FAMILY - 1 }, (_, index) =>
    filmNumber(first + index + 1),
  );
  return [filmNumber(first), ...others];
}

/** The same text for the same number, however it is written. */
export function digitsOf(phone: unknown): string {
  return String(phone).replaceAll(/\D/g, '');
}

/** As people write it. */
export function withSpaces(phone: string): string {
  return phone.replace(/^\+44(\d{3})(\d{3})(\d+)$/, '+44 $1 $2 $3');
}
