import { parseId } from './id';
import { quote } from '../errors/quote';
import { inputError } from '../errors/input-error';

/** Maximum number of results; `undefined` means all. @throws InvalidInputError */
export function parseLimit(value: unknown): number {
  if (value === undefined) return Infinity;
  const limit = parseId(value);
  if (limit !== undefined) return limit;
  throw inputError(
    `${quote(value)} is not a number of results.`,
    'Use a whole number from 1 on, or have all of them returned.',
  );
}
