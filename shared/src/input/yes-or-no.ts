import { isBlank } from './blank';
import { cleanText } from './text';
import { wrongValueError } from './wrong-value';

const YES: ReadonlySet<unknown> = new Set([true, 1, 'true', 'yes', 'y', 't', 'on', '1']);
const NO: ReadonlySet<unknown> = new Set([false, 0, 'false', 'no', 'n', 'f', 'off', '0']);

/**
 * A choice between yes and no, which is text if a host maps it from an earlier step.
 * @param label of the field
 * @param whenBlank the default of the form
 * @throws InvalidInputError for any other value, because a wrong guess may place a call
 */
export function parseYesOrNo(value: unknown, label: string, whenBlank = false): boolean {
  if (isBlank(value)) return whenBlank;
  const given = typeof value === 'string' ? cleanText(value).toLowerCase() : value;
  if (YES.has(given)) return true;
  if (NO.has(given)) return false;
  const hint = `Use true or false, or leave the field empty for ${whenBlank ? 'yes' : 'no'}.`;
  throw wrongValueError(label, 'yes or no', value, hint);
}
