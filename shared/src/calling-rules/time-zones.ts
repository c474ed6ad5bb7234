import { parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/max';
import { isKnownZone, zonesOfPrefix } from './zone-table';

/** All time zones in which a phone number may be, or why they are unknown. */
export type NumberZones =
  | {
      /** At least one name of the IANA time zone database. This machine's `Intl` knows each of them. */
      readonly zones: readonly string[];
    }
  | {
      /** The end of the sentence "The time zone of +18005550123 is not known, because it is a toll-free number." */
      readonly unknownBecause: string;
    };

/**
 * The time zones in which a phone number may be. It throws no errors.
 *
 * The rules are those of Google's PhoneNumberToTimeZonesMapper, except that a number that is not tied to a region has
 * all zones of its country. Google has only Sydney for a mobile number of Australia, which may be in Perth.
 * @param phoneNumber in E.164 form, e.g. `+14155550123`; for any other text, the zones are unknown
 */
export function timeZonesOf(phoneNumber: string): NumberZones {
  if (!/^\+[1-9]\d{1,14}$/.test(phoneNumber)) {
    return unknown('it is not a phone number in international form');
  }
  const number = parsePhoneNumberFromString(phoneNumber);
  const type = number?.getType();
  if (number === undefined || type === undefined) {
    return unknown('it does not exist in the numbering plan of its country');
  }
  const reason = WITHOUT_REGION[type];
  if (reason !== undefined) return unknown(reason);
  const zones = isTiedToRegion(number, type) ? zonesOfRegion(number, type) : zonesOfCountry(number);
  if (zones === undefined) return unknown('its prefix is not assigned to a region');
  const unknownZone = zones.find((zone) => !isKnownZone(zone));
  return unknownZone === undefined
    ? { zones }
    : unknown(`this machine does not know the time zone ${unknownZone}`);
}

type NumberType = NonNullable<ReturnType<PhoneNumber['getType']>>;

const WITHOUT_REGION: Partial<Record<NumberType, string>> = {
  TOLL_FREE: 'it is a toll-free number',
  PREMIUM_RATE: 'it is a premium-rate number',
  SHARED_COST: 'it is a shared-cost number',
  UAN: 'it is a number that a company uses in all regions',
  VOICEMAIL: 'it is the number of a voicemail',
};

/**
 * The calling codes whose mobile numbers have an area code. Google's list also has 62 and 86, but mobile numbers of
 * Indonesia have no area code, and China has one time zone. In +1, the countries in the Caribbean are area codes.
 */
const MOBILE_NUMBERS_WITH_AREA_CODE = ['1', '52', '54', '55'];

function isTiedToRegion({ countryCallingCode }: PhoneNumber, type: NumberType): boolean {
  if (type === 'MOBILE') return MOBILE_NUMBERS_WITH_AREA_CODE.includes(countryCallingCode);
  return type === 'FIXED_LINE' || type === 'FIXED_LINE_OR_MOBILE';
}

/** Calling code and area code together, in all of these countries. */
const DIGITS_WITH_AREA_CODE = 4;

/** The zones of the longest prefix in the table. A mobile number can also be in the rest of its area. */
function zonesOfRegion({ number }: PhoneNumber, type: NumberType): readonly string[] | undefined {
  const digits = number.slice(1);
  const zones = zonesOfLongestPrefix(digits);
  if (type !== 'MOBILE') return zones;
  const ofArea = zonesOfLongestPrefix(digits.slice(0, DIGITS_WITH_AREA_CODE));
  return zones && [...new Set([...(ofArea ?? []), ...zones])];
}

function zonesOfLongestPrefix(digits: string): readonly string[] | undefined {
  for (let end = digits.length; end > 0; end -= 1) {
    const zones = zonesOfPrefix(digits.slice(0, end));
    if (zones !== undefined) return zones;
  }
  return undefined;
}

/** Kazakhstan shares the calling code 7 with Russia, and has the numbers with 76 and 77. */
function zonesOfCountry({
  number,
  countryCallingCode,
}: PhoneNumber): readonly string[] | undefined {
  const kazakh = /^\+(7[67])/.exec(number)?.[1];
  return zonesOfPrefix(kazakh ?? countryCallingCode);
}

function unknown(unknownBecause: string): NumberZones {
  return { unknownBecause };
}
