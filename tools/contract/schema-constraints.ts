import type { JsonRecord } from './json';
import type { Variant } from './schema-variants';

/** The keywords that narrow each type, and how two values of a keyword compare. */
const constraints: { keyword: string; types: Variant['type'][]; holds: Holds }[] = [
  { keyword: 'pattern', types: ['string'], holds: isSame },
  { keyword: 'format', types: ['string'], holds: isSame },
  { keyword: 'minLength', types: ['string'], holds: isAtLeast },
  { keyword: 'maxLength', types: ['string'], holds: isAtMost },
  { keyword: 'minimum', types: ['integer', 'number'], holds: isAtLeast },
  { keyword: 'exclusiveMinimum', types: ['integer', 'number'], holds: isAtLeast },
  { keyword: 'maximum', types: ['integer', 'number'], holds: isAtMost },
  { keyword: 'exclusiveMaximum', types: ['integer', 'number'], holds: isAtMost },
  { keyword: 'multipleOf', types: ['integer', 'number'], holds: isSame },
  { keyword: 'minItems', types: ['array'], holds: isAtLeast },
  { keyword: 'maxItems', types: ['array'], holds: isAtMost },
  { keyword: 'minProperties', types: ['object'], holds: isAtLeast },
  { keyword: 'maxProperties', types: ['object'], holds: isAtMost },
];

type Holds = (written: unknown, wanted: unknown) => boolean;

/** The reader's constraints that the writer does not guarantee, in words. */
export function brokenConstraints(
  written: JsonRecord,
  read: JsonRecord,
  type: Variant['type'],
): string[] {
  return constraints
    .filter(({ keyword, types }) => types.includes(type) && read[keyword] !== undefined)
    .filter(({ keyword, holds }) => !holds(written[keyword], read[keyword]))
    .map(({ keyword }) => `${keyword} ${String(read[keyword])}`);
}

function isSame(written: unknown, wanted: unknown): boolean {
  return written === wanted;
}

function isAtLeast(written: unknown, wanted: unknown): boolean {
  return Number(written) >= Number(wanted);
}

function isAtMost(written: unknown, wanted: unknown): boolean {
  return Number(written) <= Number(wanted);
}
