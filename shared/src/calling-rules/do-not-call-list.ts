import { inputError } from '../errors/input-error';
import { possibleNumbers, type PhoneNumberRules } from '../input/phone-number';
import { hasLastDigits, lastDigitsWithoutPlus, mayReachSame } from '../input/may-reach-same';
import type { Decision } from './decision';
import { entriesOf } from './entries';

const LABEL = 'Do Not Call List';

/** Destinations that must not be called, each in every way that it can be read. */
export interface DoNotCallList {
  /** In international form. */
  readonly numbers: ReadonlySet<string>;
  /** SIP URIs and extensions. */
  readonly others: readonly string[];
  /** The last digits of entries without `+`. They may be of another country than the Default Country. */
  readonly lastDigits: ReadonlySet<string>;
  readonly size: number;
}

/** Parses lists. The items of a step usually have the same long list, so the last one is kept. */
export class DoNotCallLists {
  #last: { readonly given: string; readonly list: DoNotCallList } | undefined;

  /**
   * @param value an array, or a text with commas, semicolons or line breaks
   * @param rules how to read numbers without a country code
   * @throws InvalidInputError that names an entry without a number, because a gap in the list would stay unnoticed
   */
  parse(value: unknown, rules: PhoneNumberRules): DoNotCallList {
    const given = JSON.stringify([value, rules]);
    if (this.#last?.given === given) return this.#last.list;
    const list = parseList(value, rules);
    this.#last = { given, list };
    return list;
  }
}

function parseList(value: unknown, rules: PhoneNumberRules): DoNotCallList {
  const entries = entriesOf(value, LABEL);
  const destinations = entries.flatMap(({ value: entry, name }) => {
    const possible = possibleNumbers(entry, rules);
    if (possible.length > 0) return possible;
    throw inputError(
      `${LABEL} contains ${name}, which is not a phone number.`,
      'The call was not placed. Correct or remove the entry. If the numbers have no country code, set Default Country.',
    );
  });
  return {
    numbers: new Set(destinations.filter(isInternational)),
    others: destinations.filter((one) => !isInternational(one)),
    lastDigits: new Set(entries.flatMap((entry) => lastDigitsWithoutPlus(String(entry.value)))),
    size: entries.length,
  };
}

function isInternational(destination: string): boolean {
  return /^\+\d+$/.test(destination);
}

/** @param phoneNumber as it is dialed, also a SIP URI or a number without its country code */
export function decideByList(
  list: DoNotCallList,
  phoneNumber: string,
  rules: PhoneNumberRules,
): Decision {
  if (isOnList(list, phoneNumber, rules)) {
    const explanation = `${phoneNumber} is in the Do Not Call List.`;
    return { rule: LABEL, allows: false, reason: 'do_not_call', until: null, explanation };
  }
  const size = list.size === 1 ? 'list, which has 1 number' : `list of ${list.size} numbers`;
  return { rule: LABEL, allows: true, explanation: `The number is not in the ${size}.` };
}

function isOnList(
  { numbers, others, lastDigits }: DoNotCallList,
  phoneNumber: string,
  rules: PhoneNumberRules,
): boolean {
  const readings = [phoneNumber, ...possibleNumbers(phoneNumber, rules)];
  if (readings.some((reading) => numbers.has(reading))) return true;
  if (hasLastDigits(phoneNumber, lastDigits)) return true;
  const candidates = isInternational(phoneNumber) ? others : [...numbers, ...others];
  return candidates.some((candidate) => mayReachSame(candidate, phoneNumber));
}
