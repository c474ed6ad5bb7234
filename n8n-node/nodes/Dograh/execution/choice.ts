import { parseChoice } from '@dograh/shared';
import type { IDataObject } from 'n8n-workflow';
import type { Read } from './parameters';

/**
 * The value of a field with a list of options. n8n passes on whatever an expression gives: nothing, or an unknown word.
 * Neither may become the default without notice, because it decides about the call.
 * @param label of the field, for the message
 * @param whenNotAdded the value of an option that the user did not add
 * @throws InvalidInputError if the value is none of the options
 */
export function readChoice<T extends string>(
  read: Read,
  name: string,
  label: string,
  choices: readonly T[],
  whenNotAdded?: T,
): T {
  return parseChoice(label, read(name, whenNotAdded), choices);
}

/**
 * The same for one of the added options. The first choice is the default of an option that was not added.
 * @throws InvalidInputError if the option was added, and its value is none of the choices
 */
export function chosenOption<T extends string>(
  options: IDataObject,
  name: string,
  label: string,
  choices: readonly [T, ...T[]],
): T {
  return parseChoice(label, name in options ? options[name] : choices[0], choices);
}
