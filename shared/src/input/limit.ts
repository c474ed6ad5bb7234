import { parseCount } from './id';
import { quote } from '../errors/quote';
import { inputError } from '../errors/input-error';

/** Maximum number of results; `undefined` means all. @throws InvalidInputError */
export function parseLimit(value: unknown): number {
  if (value === undefined) return Infinity;
  const limit = parseCount(value);
  if (limit !== undefined) return limit;
  throw inputError(
    `Limit must be a whole number of results, not ${quote(value)}.`,
    'Use 1 or more, or turn on Return All.',
  );
}
