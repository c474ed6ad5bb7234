import type { InvalidInputError } from '../errors/dograh-error';
import { inputError } from '../errors/input-error';
import { quote } from '../errors/quote';
import { isBlank } from './blank';

/**
 * For a value that a field does not accept. A missing value is called empty, because `undefined` and `null` are words
 * of programmers.
 * @param must what the value must be, for example `a number of hours`
 * @param hint what to do
 */
export function wrongValueError(
  label: string,
  must: string,
  value: unknown,
  hint: string,
): InvalidInputError {
  const found = isBlank(value) ? 'but is empty' : `not ${quote(value)}`;
  return inputError(`${label} must be ${must}, ${found}.`, hint);
}
