import { quote } from '../errors/quote';
import { inputError } from '../errors/input-error';

const YES: ReadonlySet<unknown> = new Set([true, 1, 'true', 'yes', 'y', 't', 'on', '1']);
const NO: ReadonlySet<unknown> = new Set([
  ...[false, 0, undefined, null],
  ...['', 'false', 'no', 'n', 'f', 'off', '0'],
]);

/**
 * A choice between yes and no, which is text if a host maps it from an earlier step. Blank means no.
 * @param label of the field
 * @throws InvalidInputError for any other value, because a wrong guess may place a call
 */
export function parseYesOrNo(value: unknown, label: string): boolean {
  const given = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (YES.has(given)) return true;
  if (NO.has(given)) return false;
  throw inputError(
    `${label} must be yes or no, not ${quote(value)}.`,
    'The call was not placed. Use true or false, or leave the field empty for no.',
  );
}
