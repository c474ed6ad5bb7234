import { quote } from '../errors/quote';
import { inputError } from '../errors/input-error';

const YES: ReadonlySet<unknown> = new Set([true, 1, 'true', 'yes', 'y', 't', 'on', '1']);
const NO: ReadonlySet<unknown> = new Set([
  ...[false, 0, undefined, null],
  ...['', 'false', 'no', 'n', 'f', 'off', '0'],
]);

/**
 * A choice between yes and no, which hosts hand over as text where it comes from an earlier step. Nothing is no.
 * @param label of the field, for the message
 * @throws InvalidInputError for what may be either: a wrong guess may dial somebody
 */
export function parseYesOrNo(value: unknown, label: string): boolean {
  const given = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (YES.has(given)) return true;
  if (NO.has(given)) return false;
  throw inputError(
    `${quote(value)} in ${label} is neither yes nor no.`,
    'Nobody was called. Use true or false, or leave the field empty for no.',
  );
}
