import { InvalidInputError } from '@dograh/shared';

/** A field that was left out is missing, an emptied one may be blank. */
export function isBlank(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
  );
}

/** @throws InvalidInputError when both fields are filled in, by their labels, of which only one can count */
export function refuseBoth(filledIn: Readonly<Record<string, unknown>>, purpose: string): void {
  const labels = Object.keys(filledIn);
  if (!Object.values(filledIn).every((value) => !isBlank(value))) return;
  throw new InvalidInputError({
    message: `${labels.join(' and ')} are both filled in, and only one can ${purpose}.`,
    hint: 'Empty one of the two fields.',
  });
}
