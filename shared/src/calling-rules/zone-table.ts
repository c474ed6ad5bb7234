import { ZONE_TABLE } from './zone-table.gen';

// This file is loaded at the first use of its functions, see shared/load-later.mjs. So the table is parsed then, once.
const TABLE = parse(ZONE_TABLE);
const ZONES_OF_MACHINE: ReadonlySet<string> = new Set(Intl.supportedValuesOf('timeZone'));

/**
 * The time zones of the numbers that start with these digits, if the table has an entry for exactly these digits.
 * The data is from Google's libphonenumber, with the corrections in `tools/zone-table`.
 * @param prefix the calling code and the digits after it, without `+`
 */
export function zonesOfPrefix(prefix: string): readonly string[] | undefined {
  return TABLE.get(prefix);
}

/** Whether this machine can tell the time in a zone. An old version of ICU does not know all zones of the table. */
export function isKnownZone(timeZone: string): boolean {
  return ZONES_OF_MACHINE.has(timeZone) || isOtherName(timeZone);
}

/** A zone with two names is in the list of the machine with one of them. This check alone would be slow. */
function isOtherName(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

/** Zones that are joined by `&`, then the prefixes of the numbers that may be in each of them. */
function parse(text: string): ReadonlyMap<string, readonly string[]> {
  const table = new Map<string, readonly string[]>();
  let zones: readonly string[] = [];
  for (const word of text.trim().split(/\s/)) {
    if (/^\d/.test(word)) table.set(word, zones);
    else zones = word.split('&');
  }
  return table;
}
