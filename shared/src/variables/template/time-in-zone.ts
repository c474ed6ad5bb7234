/** The local time in a zone. */
export interface TimeInZone {
  /** `2026-07-15 14:00:00 CEST` */
  readonly time: string;
  /** `Wednesday` */
  readonly weekday: string;
}

/** The time in a zone; undefined if the zone does not exist. @param now milliseconds since 1970 */
export function timeInZone(now: number, zone: string): TimeInZone | undefined {
  if (!isName(zone)) return undefined;
  try {
    const parts = partsOf(now, zone);
    const { year = '', month = '', day = '', hour = '', minute = '', second = '' } = parts;
    return {
      time: `${year.padStart(4, '0')}-${month}-${day} ${hour}:${minute}:${second} ${abbreviation(now, zone)}`,
      weekday: parts.weekday ?? '',
    };
  } catch {
    return undefined;
  }
}

/** Whether the time zone database has such a name. JavaScript also accepts `+02:00`, `europe/berlin` and `PST`. */
function isName(zone: string): boolean {
  if (/^[A-Z]{3}$/.test(zone)) return SHORT_NAMES.has(zone);
  return /^[A-Z]/.test(zone) && !/\/[a-z]/.test(zone);
}

const SHORT_NAMES: ReadonlySet<string> = new Set(
  'UTC GMT UCT EST MST HST CET EET MET WET PRC ROC ROK'.split(' '),
);

function partsOf(now: number, timeZone: string): Partial<Record<string, string>> {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
}

/** Each locale knows the abbreviations of its own region, and writes GMT+1 for others. */
const LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA', 'en-NG', 'en-KE', 'ja-JP'];
/** Abbreviations of the time zone database that no locale knows, for winter and summer. */
const OTHER_ABBREVIATIONS: ReadonlyMap<string, readonly [string, string?]> = new Map([
  ['Asia/Dubai', ['+04']],
  ['Asia/Colombo', ['+0530']],
  ['Asia/Jerusalem', ['IST', 'IDT']],
  ['Asia/Karachi', ['PKT']],
  ['Asia/Manila', ['PST']],
  ['Asia/Seoul', ['KST']],
  ['Asia/Shanghai', ['CST']],
  ['Europe/Dublin', ['GMT', 'IST']],
  ['Europe/Moscow', ['MSK']],
  ['America/Hermosillo', ['MST']],
  ['America/Mazatlan', ['MST']],
]);

function abbreviation(now: number, zone: string): string {
  const [winter, summer = winter] = OTHER_ABBREVIATIONS.get(zone) ?? [];
  if (winter !== undefined) {
    return summer === undefined || !isSummer(now, zone) ? winter : summer;
  }
  const known = LOCALES.map((locale) => zoneName(now, zone, 'short', locale)).find((name) =>
    /^[A-Z]{3,5}$/.test(name),
  );
  return known ?? offset(now, zone) ?? 'GMT';
}

function isSummer(now: number, zone: string): boolean {
  const year = new Date(now).getUTCFullYear();
  return offset(now, zone) !== offset(Date.UTC(year, 0, 1), zone);
}

/** `+0530`, or `+02` for whole hours. */
function offset(now: number, zone: string): string | undefined {
  const [, hours, minutes = ''] =
    /([+-]\d\d):?(\d\d)?/.exec(zoneName(now, zone, 'longOffset', 'en-US')) ?? [];
  return hours === undefined ? undefined : `${hours}${minutes === '00' ? '' : minutes}`;
}

function zoneName(
  now: number,
  timeZone: string,
  timeZoneName: 'short' | 'longOffset',
  locale: string,
): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName }).formatToParts(now);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
