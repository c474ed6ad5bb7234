import { InvalidInputError } from './dograh-error';

/** What is thrown for input that cannot be right. @param hint what to change */
export function inputError(message: string, hint: string): InvalidInputError {
  return new InvalidInputError({ message, hint });
}
