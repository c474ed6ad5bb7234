import { InvalidInputError } from './dograh-error';

/**
 * @param hint what to change. It names a field only by its label: `set Default Country`. n8n adds that this is an
 * option, because its form does not show it.
 */
export function inputError(message: string, hint: string): InvalidInputError {
  return new InvalidInputError({ message, hint });
}
