import { InvalidInputError, isBlank } from '@dograh/shared';

/**
 * @param alternatives the values of two fields by their labels
 * @throws InvalidInputError when both fields are filled in
 */
export function assertOnlyOne(alternatives: Readonly<Record<string, unknown>>): void {
  if (Object.values(alternatives).some(isBlank)) return;
  throw new InvalidInputError({
    message: `${Object.keys(alternatives).join(' and ')} cannot be used together.`,
    hint: 'Clear one of the two fields.',
  });
}
