import { InvalidInputError } from './dograh-error';

/** @param hint what to change */
export function inputError(message: string, hint: string): InvalidInputError {
  return new InvalidInputError({ message, hint });
}
