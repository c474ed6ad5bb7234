import { timeZonesOf } from '@dograh/shared';

const AUSTRALIA = [
  'Australia/Adelaide',
  'Australia/Brisbane',
  'Australia/Darwin',
  'Australia/Eucla',
  'Australia/Lord_Howe',
  'Australia/Perth',
  'Australia/Sydney',
  'Indian/Christmas',
  'Indian/Cocos',
];
const BRITAIN = ['Europe/Guernsey', 'Europe/Isle_of_Man', 'Europe/Jersey', 'Europe/London'];
const INDONESIA = ['Asia/Jakarta', 'Asia/Jayapura', 'Asia/Makassar'];

describe('a number that is tied to a region has the zones of the region', () => {
  it.each([
    ['a number of San Francisco', '+14155550123', ['America/Los_Angeles']],
    ['a number of New York', '+12125550123', ['America/New_York']],
    ['a number of Idaho', '+12085550123', ['America/Boise', 'America/Los_Angeles']],
    ['a number of Phoenix', '+16025550123', ['America/Phoenix']],
    ['a number of Honolulu', '+18085550123', ['Pacific/Honolulu']],
    ['a number of Toronto', '+14165550123', ['America/Toronto']],
    ['a number of Saskatchewan', '+13065550123', ['America/Regina']],
    ['a number of Puerto Rico', '+17872345678', ['America/Puerto_Rico']],
    ['a fixed line of Jamaica', '+18765230123', ['America/Jamaica']],
    ['a mobile number of Antigua', '+12684641234', ['America/Antigua']],
    ['a fixed line of London', '+442079460000', ['Europe/London']],
    ['a fixed line of Berlin', '+4930123456', ['Europe/Berlin']],
    ['a fixed line of Madrid', '+34912345678', ['Europe/Madrid']],
    ['a fixed line of the Canary Islands', '+34922123456', ['Atlantic/Canary']],
    ['a fixed line of Lisbon', '+351212345678', ['Europe/Lisbon']],
    ['a fixed line of the Azores', '+351296123456', ['Atlantic/Azores']],
    ['a fixed line of Delhi', '+911123456789', ['Asia/Calcutta']],
    ['a fixed line of Nepal', '+97714567890', ['Asia/Katmandu']],
    ['a fixed line of Hanoi', '+842438256789', ['Asia/Ho_Chi_Minh']],
    ['a fixed line of Bali', '+62361123456', ['Asia/Makassar']],
    [
      'a fixed line of Perth',
      '+61892345678',
      ['Australia/Adelaide', 'Australia/Darwin', 'Australia/Perth'],
    ],
    ['a fixed line of Manaus', '+559221234567', ['America/Manaus']],
    ['a mobile number of Manaus', '+5592991234567', ['America/Manaus']],
    ['a mobile number of São Paulo', '+5511961234567', ['America/Sao_Paulo']],
    ['a number of Tijuana', '+526641234567', ['America/Tijuana']],
    ['a number of Mexico City', '+525512345678', ['America/Mexico_City']],
    ['a fixed line of Moscow', '+74951234567', ['Europe/Moscow']],
    ['a fixed line of Vladivostok', '+74232123456', ['Asia/Vladivostok']],
    ['a fixed line of Almaty', '+77272123456', ['Asia/Almaty']],
  ])('%s, %s', (_, number, zones) => {
    expect(timeZonesOf(number)).toEqual({ zones });
  });
});

describe('a number that is not tied to a region has all zones of its country', () => {
  it.each([
    ['a mobile number of Australia', '+61412345678', AUSTRALIA],
    ['a mobile number of Britain', '+447400123456', BRITAIN],
    ['a personal number of Britain', '+447012345678', BRITAIN],
    ['a pager of Britain', '+447640123456', BRITAIN],
    ['a mobile number of Germany', '+4915123456789', ['Europe/Berlin']],
    ['a French number with 09', '+33912345678', ['Europe/Paris']],
    ['a mobile number of Spain', '+34612345678', ['Atlantic/Canary', 'Europe/Madrid']],
    ['a mobile number of Portugal', '+351912345678', ['Atlantic/Azores', 'Europe/Lisbon']],
    ['a mobile number of India', '+918123456789', ['Asia/Calcutta']],
    ['a mobile number of Nepal', '+9779841234567', ['Asia/Katmandu']],
    ['a mobile number of Indonesia', '+62812345678', INDONESIA],
    ['a mobile number of China', '+8613123456789', ['Asia/Shanghai']],
    ['a mobile number of Argentina', '+5491123456789', ['America/Buenos_Aires']],
    [
      'a mobile number of Chile',
      '+56961234567',
      ['America/Punta_Arenas', 'America/Santiago', 'Pacific/Easter'],
    ],
    ['a mobile number of Kazakhstan', '+77010001234', ['Asia/Almaty', 'Asia/Aqtobe']],
  ])('%s, %s', (_, number, zones) => {
    expect(timeZonesOf(number)).toEqual({ zones });
  });

  it('a mobile number of Russia, which may be in any zone of Russia, but not in Kazakhstan', () => {
    const zones = zonesOf('+79161234567');

    expect(zones).toHaveLength(15);
    expect(zones).toEqual(
      expect.arrayContaining(['Europe/Kaliningrad', 'Europe/Moscow', 'Asia/Kamchatka']),
    );
    expect(zones).not.toContain('Asia/Almaty');
  });
});

describe('a number that Google does not list has all zones of its area', () => {
  it.each([
    ['Orlando, overlay 689', '+16892310142', ['America/New_York']],
    ['the north-west of Indiana', '+12192130142', ['America/Chicago', 'America/New_York']],
    ['the west of Kentucky, overlay 364', '+13642130142', ['America/Chicago', 'America/New_York']],
    ['Pensacola', '+18505070142', ['America/Chicago', 'America/New_York']],
    ['the east of Tennessee', '+14235550142', ['America/Chicago', 'America/New_York']],
    ['a mobile number of Recife', '+5581987654321', ['America/Recife']],
    ['Matamoros', '+528688121234', ['America/Matamoros']],
    ['Palestine', '+970599123456', ['Asia/Gaza', 'Asia/Hebron']],
  ])('%s, %s', (_, number, zones) => {
    expect(zonesOf(number)).toEqual(expect.arrayContaining(zones));
  });
});

describe('the present zone is added where Google’s data is old', () => {
  it.each([
    ['Morocco', '+212650123456', ['Africa/Casablanca', 'Africa/El_Aaiun']],
    ['Algeria', '+213551234567', ['Africa/Algiers']],
    ['Libya', '+218912345678', ['Africa/Tripoli']],
    ['South Sudan', '+211977123456', ['Africa/Juba']],
    ['Nicaragua', '+50581234567', ['America/Managua']],
    ['Papua New Guinea', '+67570123456', ['Pacific/Bougainville', 'Pacific/Port_Moresby']],
    ['Kaliningrad', '+74012123456', ['Europe/Kaliningrad']],
    ['Saratov', '+78452123456', ['Europe/Saratov']],
    ['Chihuahua', '+526141234567', ['America/Mexico_City']],
    ['Belém', '+5591981234567', ['America/Sao_Paulo']],
    ['Punta Arenas', '+56612123456', ['America/Punta_Arenas']],
    ['Whitehorse', '+18676671234', ['America/Whitehorse']],
  ])('in %s, for %s', (_, number, zones) => {
    expect(zonesOf(number)).toEqual(expect.arrayContaining(zones));
  });
});

describe('the zones are unknown', () => {
  const NOT_INTERNATIONAL = 'it is not a phone number in international form';
  const NOT_ASSIGNED = 'its prefix is not assigned to a region';
  const NOT_IN_PLAN = 'it does not exist in the numbering plan of its country';

  it.each([
    ['+18005550123', 'it is a toll-free number'],
    ['+18885550123', 'it is a toll-free number'],
    ['+498001234567', 'it is a toll-free number'],
    ['+80012345678', 'it is a toll-free number'],
    ['+19002345678', 'it is a premium-rate number'],
    ['+979123456789', 'it is a premium-rate number'],
    ['+491801234567', 'it is a shared-cost number'],
    ['+445512345678', 'it is a number that a company uses in all regions'],
    ['+15005550006', NOT_ASSIGNED],
    ['+16005550123', NOT_ASSIGNED],
    ['+870773111632', NOT_ASSIGNED],
    ['+882161234567', NOT_ASSIGNED],
    ['+447700900123', NOT_IN_PLAN],
    ['+999123456789', NOT_IN_PLAN],
    ['+1415', NOT_IN_PLAN],
    ['4155550123', NOT_INTERNATIONAL],
    ['+1 415 555 0123', NOT_INTERNATIONAL],
    ['+14155550123x5', NOT_INTERNATIONAL],
    ['+12345678901234567', NOT_INTERNATIONAL],
    ['sip:+14155550123@example.com', NOT_INTERNATIONAL],
    ['204', NOT_INTERNATIONAL],
    ['+', NOT_INTERNATIONAL],
    ['', NOT_INTERNATIONAL],
  ])('for %j, because %s', (number, unknownBecause) => {
    expect(timeZonesOf(number)).toEqual({ unknownBecause });
  });

  it('if the machine does not know one of them, because its time zone data is old', () => {
    const known = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'Africa/Juba');
    jest.spyOn(Intl, 'supportedValuesOf').mockReturnValue(known);
    jest.spyOn(Intl, 'DateTimeFormat').mockImplementation(() => {
      throw new RangeError('Invalid time zone specified');
    });
    jest.isolateModules(() => {
      const shared = jest.requireActual<typeof import('@dograh/shared')>('@dograh/shared');

      expect(shared.timeZonesOf('+211977123456')).toEqual({
        unknownBecause: 'this machine does not know the time zone Africa/Juba',
      });
      expect(shared.timeZonesOf('+213551234567')).toEqual({
        zones: ['Africa/Algiers', 'Europe/Paris'],
      });
    });
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });
});

function zonesOf(number: string): readonly string[] {
  const found = timeZonesOf(number);
  return 'zones' in found ? found.zones : [];
}
