/**
 * Google names a zone of another country if both had the same time for years, and some of its data is old.
 * The rules for calling need the present time, so these corrections follow the tz database (zone.tab, 2025).
 */

interface ReplacedZone {
  /** The correction is for the entries that start with these digits. */
  readonly under: string;
  readonly zone: string;
  readonly by: readonly string[];
}

export const REPLACED_ZONES: readonly ReplacedZone[] = [
  // Yukon has no winter time since 2020.
  { under: '1867', zone: 'America/Vancouver', by: ['America/Whitehorse'] },
  { under: '211', zone: 'Africa/Nairobi', by: ['Africa/Juba'] },
  { under: '212', zone: 'Atlantic/Canary', by: ['Africa/Casablanca', 'Africa/El_Aaiun'] },
  { under: '213', zone: 'Europe/Paris', by: ['Africa/Algiers'] },
  { under: '218', zone: 'Europe/Bucharest', by: ['Africa/Tripoli'] },
  { under: '505', zone: 'America/Chicago', by: ['America/Managua'] },
  { under: '52', zone: 'America/New_York', by: ['America/Cancun'] },
  // The Northern Territory shares the area code 08, and has no summer time.
  { under: '61', zone: 'Australia/Adelaide', by: ['Australia/Adelaide', 'Australia/Darwin'] },
  {
    under: '675',
    zone: 'Pacific/Port_Moresby',
    by: ['Pacific/Bougainville', 'Pacific/Port_Moresby'],
  },
  { under: '7', zone: 'Europe/Bucharest', by: ['Europe/Kaliningrad'] },
];

const CHIHUAHUA = [
  '614',
  '621',
  '625',
  '627',
  '628',
  '629',
  '635',
  '636',
  '639',
  '648',
  '652',
  '659',
];
const CHILE = ['America/Punta_Arenas', 'America/Santiago', 'Pacific/Easter'];

/** Whole entries by their prefix. An empty list removes the entry. */
export const REPLACED_ENTRIES: Readonly<Record<string, readonly string[]>> = {
  // 25 countries are no region.
  '1': [],
  // The rest of this area code is in Yukon, the Northwest Territories or Nunavut.
  '1867': ['America/Edmonton', 'America/Toronto', 'America/Whitehorse', 'America/Winnipeg'],
  // The state of Chihuahua moved to the central zone in 2022, Ciudad Juárez did not.
  ...Object.fromEntries(CHIHUAHUA.map((area) => [`52${area}`, ['America/Mexico_City']])),
  '52657': ['America/Ciudad_Juarez'],
  // Google lists only some numbers of Pará, and counts the others as Amazonas.
  '5591': ['America/Sao_Paulo'],
  '5593': ['America/Sao_Paulo'],
  '5594': ['America/Sao_Paulo'],
  // The west of Amazonas has the time of Acre.
  '5597': ['America/Manaus', 'America/Rio_Branco'],
  // The south of Chile has no winter time. Mobile numbers, 569, are not tied to a region.
  '56': CHILE,
  '5661': ['America/Punta_Arenas'],
  '5667': ['America/Punta_Arenas'],
  '569': CHILE,
  // Kazakhstan shares +7 with Russia, and has the numbers with 76 and 77.
  '7': [
    'Asia/Anadyr',
    'Asia/Irkutsk',
    'Asia/Kamchatka',
    'Asia/Krasnoyarsk',
    'Asia/Magadan',
    'Asia/Novosibirsk',
    'Asia/Omsk',
    'Asia/Sakhalin',
    'Asia/Vladivostok',
    'Asia/Yakutsk',
    'Asia/Yekaterinburg',
    'Europe/Kaliningrad',
    'Europe/Moscow',
    'Europe/Samara',
    'Europe/Saratov',
  ],
  '76': ['Asia/Almaty', 'Asia/Aqtobe'],
  // Saratov left the time of Moscow in 2016.
  '7845': ['Europe/Saratov'],
};
