import { isBlank } from './blank';
import { cleanText } from './text';
import { wrongValueError } from './wrong-value';

/** A number field of a form. */
export interface NumberField {
  readonly label: string;
  /** What the value must be, for example `a number of minutes`. */
  readonly must: string;
  readonly accepts: (value: number) => boolean;
  /** Which numbers it accepts. */
  readonly hint: string;
  /** The default of the form. */
  readonly whenBlank: number;
}

/**
 * The number in a field. It is text if a host maps it from an earlier step.
 * @throws InvalidInputError for any other value, and for a text that people of two countries read differently
 */
export function parseNumber(value: unknown, field: NumberField): number {
  if (isBlank(value)) return field.whenBlank;
  const number = typeof value === 'string' ? toNumber(cleanText(value)) : value;
  if (typeof number === 'number' && field.accepts(number)) return number;
  const isNumber = typeof number === 'number' && Number.isFinite(number);
  const hint = isNumber ? field.hint : `${howToWrite(value)} ${field.hint}`;
  throw wrongValueError(field.label, field.must, value, hint);
}

/** Digits, with or without decimals. Not 0x10, 1e3 or Infinity, which JavaScript also reads. */
const PLAIN = /^[+-]?\d+(\.\d+)?$/;
/** The point may separate decimals or thousands. */
const UNCLEAR_POINT = /^[+-]?[1-9]\d{0,2}\.\d{3}$/;

function toNumber(text: string): number | undefined {
  return PLAIN.test(text) && !UNCLEAR_POINT.test(text) ? Number(text) : undefined;
}

function howToWrite(value: unknown): string {
  return typeof value === 'string' && /\d[.,']\d/.test(value)
    ? 'Write decimals with a point, as in 1.5, and thousands without a separator, as in 1000.'
    : 'Enter only digits, without a unit.';
}
