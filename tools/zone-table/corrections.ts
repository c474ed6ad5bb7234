/**
 * Some of Google's data is old, and it names a zone of another country if both had the same time for years. A rule for
 * calling hours needs the present time. It allows a call only if all zones of a number allow it. So zones are
 * added, and a wrong correction can do no harm. No zone is removed in which a number can be. They follow the tz database (zone.tab, 2025).
 */

interface AddedZone {
  /** The addition is for the entries that start with these digits, and have this zone. */
  readonly under: string;
  readonly beside: string;
  readonly zones: readonly string[];
}

export const ADDED_ZONES: readonly AddedZone[] = [
  // Yukon has no winter time since 2020.
  { under: '1867', beside: 'America/Vancouver', zones: ['America/Whitehorse'] },
  { under: '211', beside: 'Africa/Nairobi', zones: ['Africa/Juba'] },
  { under: '212', beside: 'Atlantic/Canary', zones: ['Africa/Casablanca', 'Africa/El_Aaiun'] },
  { under: '213', beside: 'Europe/Paris', zones: ['Africa/Algiers'] },
  { under: '218', beside: 'Europe/Bucharest', zones: ['Africa/Tripoli'] },
  { under: '505', beside: 'America/Chicago', zones: ['America/Managua'] },
  // The south of Chile has no winter time.
  { under: '56', beside: 'America/Santiago', zones: ['America/Punta_Arenas'] },
  { under: '52', beside: 'America/New_York', zones: ['America/Cancun'] },
  // The Northern Territory shares the area code 08, and has no summer time.
  { under: '61', beside: 'Australia/Adelaide', zones: ['Australia/Darwin'] },
  { under: '675', beside: 'Pacific/Port_Moresby', zones: ['Pacific/Bougainville'] },
  { under: '7', beside: 'Europe/Bucharest', zones: ['Europe/Kaliningrad'] },
  // Saratov left the time of Moscow in 2016.
  { under: '7845', beside: 'Europe/Moscow', zones: ['Europe/Saratov'] },
];

const CHILE = ['America/Punta_Arenas', 'America/Santiago', 'Pacific/Easter'];

/** Zones to add to one entry, which may be new. */
export const ADDED_TO_ENTRIES: Readonly<Record<string, readonly string[]>> = {
  // The rest of this area code is in Yukon, the Northwest Territories or Nunavut.
  '1867': ['America/Edmonton', 'America/Toronto', 'America/Whitehorse', 'America/Winnipeg'],
  // The state of Chihuahua moved to the central zone in 2022.
  ...Object.fromEntries(
    ['614', '621', '625', '627', '628', '629', '635', '636', '639', '648', '652', '659'].map(
      (area) => [`52${area}`, ['America/Mexico_City']],
    ),
  ),
  '52657': ['America/Ciudad_Juarez'],
  '52868': ['America/Matamoros'],
  // Google lists only some numbers of Pará, and counts the others as Amazonas.
  '5581': ['America/Recife'],
  '5632': ['Pacific/Easter'],
  '5591': ['America/Sao_Paulo'],
  '5593': ['America/Sao_Paulo'],
  '5594': ['America/Sao_Paulo'],
  // The west of Amazonas has the time of Acre.
  '5597': ['America/Manaus', 'America/Rio_Branco'],
  // Mobile numbers of Chile, 569, are not tied to a region.
  '56': CHILE,
  '569': CHILE,
  '7': ['Europe/Kaliningrad', 'Europe/Saratov'],
  '76': ['Asia/Almaty', 'Asia/Aqtobe'],
  '970': ['Asia/Gaza', 'Asia/Hebron'],
};

/** Area codes for the same area as an older one, in areas with two zones, or where Google's zone is wrong. */
export const OVERLAYS: Readonly<Record<string, string>> = {
  '1236': '1250',
  '1257': '1250',
  '1364': '1270',
  '1448': '1850',
  '1458': '1541',
  '1531': '1402',
  '1534': '1715',
  '1672': '1250',
  '1689': '1407',
  '1729': '1423',
  '1778': '1250',
  '1930': '1812',
  '1986': '1208',
};

/** Towns with the time of the province beside them, in areas with one zone. */
export const ADDED_TOWNS: Readonly<Record<string, readonly string[]>> = {
  '1306688': ['America/Winnipeg'],
  '1306825': ['America/Edmonton'],
};

/** Zones to remove from one entry. `+7` is also Kazakhstan, but its numbers start with 76 and 77. */
export const REMOVED_FROM_ENTRIES: Readonly<Record<string, readonly string[]>> = {
  '7': ['Asia/Almaty', 'Asia/Aqtobe', 'Europe/Bucharest'],
};

/** An entry that is no region: the zones of 25 countries. */
export const REMOVED_ENTRIES: readonly string[] = ['1'];
