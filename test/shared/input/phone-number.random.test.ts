import {
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/max';
import mobileNumbers from 'libphonenumber-js/examples.mobile.json';
import { DograhError } from '../../../shared/src/errors/dograh-error';
import { parsePhoneNumber } from '../../../shared/src/input/phone-number';
import { randomFrom } from '../../../tools/support/random';

const VALID_NUMBERS_PER_COUNTRY = 20;
const countries = getCountries();
/** A mobile number of each country, without country code. */
const examples: Partial<Record<CountryCode, string>> = mobileNumbers;

interface Input {
  readonly text: string;
  readonly defaultCountry: CountryCode | undefined;
  /** The number that the text was made from. */
  readonly number: string;
}

describe('a phone number of any country', () => {
  const random = randomFrom(16);
  const numbers = countries.flatMap((country) => validNumbers(country, random));
  let tried = 0;

  it('is dialed if it has + and the country code', () => {
    expect(numbers.length).toBe(countries.length * VALID_NUMBERS_PER_COUNTRY);
    const wrong = numbers.flatMap((number) =>
      internationalForms(number)
        .map((text) => ({ text, number: number.number, defaultCountry: anyOf(countries, random) }))
        .filter((input) => dialed(input) !== input.number),
    );

    expect(wrong).toEqual([]);
  });

  it('is never dialed as another number if the + is missing', () => {
    const wrong = numbers.flatMap((number) =>
      withoutPlus(number)
        .map((text) => ({ text, number: number.number, defaultCountry: anyOf(countries, random) }))
        .filter((input) => ![undefined, input.number].includes(dialed(input))),
    );

    expect(wrong).toEqual([]);
  });

  it('is dialed or refused, but never another one, if it has no country code', () => {
    const inputs = numbers.flatMap((number) =>
      nationalForms(number).map((text) => ({
        text,
        number: number.number,
        defaultCountry: number.country,
      })),
    );
    const refused = inputs.filter((input) => dialed(input) === undefined);
    const wrong = inputs.filter((input) => ![undefined, input.number].includes(dialed(input)));

    expect(wrong).toEqual([]);
    // Those that are another number with a + in front, or with a 0 or without it.
    expect(refused.filter((input) => !isUnclear(input))).toEqual([]);
    expect(refused.length).toBeLessThan(inputs.length / 10);
  });

  it('is never dialed with digits that are not a part of it', () => {
    const wrong = numbers.flatMap((number) =>
      [...internationalForms(number), ...nationalForms(number)]
        .map((text) => anyOf(additions(String(Math.floor(random() * 9) + 1)), random)(text))
        .map((text) => ({ text, number: number.number, defaultCountry: number.country }))
        .filter((input) => ![undefined, input.number].includes(dialed(input)))
        // Another number may be written like this one with a digit after it.
        .filter((input) => !isUsualFormOf(dialed(input), input.text)),
    );

    expect(wrong).toEqual([]);
  });

  it('is the same with the signs of other keyboards and invisible marks', () => {
    const wrong = numbers.flatMap((number) =>
      [number.formatInternational(), number.formatNational()]
        .map((text) => ({ text, number: number.number, defaultCountry: number.country }))
        .filter(
          (input) => dialed(input) !== dialed({ ...input, text: pasted(input.text, random) }),
        ),
    );

    expect(wrong).toEqual([]);
  });

  it('was tried in more than 100,000 texts', () => {
    expect(tried).toBeGreaterThan(100_000);
  });

  /** Undefined if it is refused. */
  function dialed({ text, defaultCountry }: Input): string | undefined {
    tried += 1;
    try {
      return parsePhoneNumber(text, { defaultCountry });
    } catch (error) {
      if (error instanceof DograhError && error.kind === 'InvalidInput') return undefined;
      throw error;
    }
  }
});

function validNumbers(country: CountryCode, random: () => number): PhoneNumber[] {
  const found: PhoneNumber[] = [];
  const example = examples[country] ?? '';
  while (found.length < VALID_NUMBERS_PER_COUNTRY) {
    const length = example.length + anyOf([-3, -2, -1, 0, 0, 0, 0, 1], random);
    let digits = example.slice(0, Math.floor(random() * (found.length === 0 ? 9 : 4)));
    while (digits.length < length) digits += String(Math.floor(random() * 10));
    const number = readAnywhere(`+${getCountryCallingCode(country)}${digits}`);
    if (number !== undefined) found.push(number);
  }
  return found;
}

function readAnywhere(text: string): PhoneNumber | undefined {
  const number = parsePhoneNumberFromString(text);
  return number?.isValid() === true ? number : undefined;
}

function isUnclear({ text, defaultCountry, number }: Input): boolean {
  const digits = text.replace(/\D/g, '');
  const code = defaultCountry === undefined ? '' : getCountryCallingCode(defaultCountry);
  const national = [`+${code}${digits}`, `+${code}${digits.replace(/^0/, '')}`];
  const others = [`+${text}`, ...national].map(readAnywhere);
  return others.some((other) => other !== undefined && other.number !== number);
}

function isUsualFormOf(number: string | undefined, text: string): boolean {
  const read = number === undefined ? undefined : readAnywhere(number);
  return read?.formatInternational() === text || read?.formatNational() === text;
}

function internationalForms(number: PhoneNumber): string[] {
  const { countryCallingCode: code, nationalNumber } = number;
  return [
    number.number,
    number.formatInternational(),
    number.getURI(),
    `(+${code}) ${nationalNumber}`,
    `+${code}-${nationalNumber}`,
  ];
}

function withoutPlus(number: PhoneNumber): string[] {
  return [
    number.number.slice(1),
    number.formatInternational().slice(1),
    `00${number.number.slice(1)}`,
    `0011 ${number.formatInternational().slice(1)}`,
    `+11 ${number.formatInternational().slice(1)}`,
  ];
}

function nationalForms(number: PhoneNumber): string[] {
  return [
    number.formatNational(),
    number.formatNational().replace(/\D/g, ''),
    number.nationalNumber,
  ];
}

/** Ways to write more digits beside a number. */
function additions(digit: string): ((text: string) => string)[] {
  return [
    (text) => `${text} (${digit})`,
    (text) => `${text} - ${digit}`,
    (text) => `${text} \u2013${digit}`,
    (text) => `${text} /${digit}`,
    (text) => `${text} ${digit}`,
    (text) => `${text}-${digit}`,
    (text) => `${text}.0`,
    (text) => `${text},00`,
    (text) => `${text} ext. ${digit}`,
    (text) => `${text}x${digit}`,
    (text) => `${text} #${digit}`,
    (text) => `${text};ext=${digit}`,
    (text) => `${digit}) ${text}`,
    (text) => `${digit}. ${text}`,
    (text) => `(${digit}) ${text}`,
    (text) => `${digit} - ${text}`,
    (text) => `#${digit} ${text}`,
    (text) => `${text}; ${text}`,
    (text) => `${text} / ${text}`,
    (text) => `${text}\n${text}`,
    (text) => `${text} ${text}`,
  ];
}

/** The same text as a phone, a word processor or a chat writes it. */
function pasted(text: string, random: () => number): string {
  const zero = anyOf([0x30, 0x660, 0x6f0, 0xff10], random);
  const marked = Array.from(text).map((sign) => {
    const mark =
      random() < 0.1 ? anyOf(['\u200b', '\u202c', '\u2060', '\ufeff', '\u00ad'], random) : '';
    return mark + lookalike(sign, zero, random);
  });
  return ` \u202a${marked.join('')}\u202c\u00a0`;
}

function lookalike(sign: string, zero: number, random: () => number): string {
  if (/\d/.test(sign)) return String.fromCharCode(zero + Number(sign));
  if (sign === ' ') return anyOf(['\u00a0', '\u2007', '\u2009', '\u202f', '\u3000', '\t'], random);
  if (sign === '-')
    return anyOf(['\u2010', '\u2011', '\u2013', '\u2014', '\u2212', '\uff0d'], random);
  return '+()./'.includes(sign) && random() < 0.5
    ? String.fromCharCode(sign.charCodeAt(0) + 0xfee0)
    : sign;
}

function anyOf<T>(choices: readonly T[], random: () => number): T {
  return choices[Math.floor(random() * choices.length)] as T;
}
