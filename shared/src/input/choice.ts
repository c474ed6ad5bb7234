import { inputError } from '../errors/input-error';
import { quote } from '../errors/quote';
import { parseList } from './list';
import { cleanValue } from './text';
import { wrongValueError } from './wrong-value';

/** One of a field's values. @throws InvalidInputError, which names the field by its label */
export function parseChoice<T extends string>(
  label: string,
  value: unknown,
  choices: readonly T[],
): T {
  const given = cleanValue(value);
  const found = choices.find((choice) => choice === given);
  if (found !== undefined) return found;
  const list = [choices.slice(0, -1).join(', '), choices.at(-1)].join(' or ');
  throw wrongValueError(label, list, value, 'Choose one of them.');
}

/**
 * Several of a field's values, in their order: a list, or text with commas. Blank means none.
 * @throws InvalidInputError that lists the values
 */
export function parseChoices<T extends string>(
  label: string,
  value: unknown,
  choices: readonly T[],
): T[] {
  const given = parseList(value, label);
  const unknown = given.find((one) => !choices.some((choice) => choice === one));
  if (unknown === undefined) return choices.filter((choice) => given.includes(choice));
  throw inputError(
    `${label} has no value ${quote(unknown)}.`,
    `Choose from: ${choices.join(', ')}.`,
  );
}
