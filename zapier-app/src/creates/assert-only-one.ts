import { InvalidInputError, isBlank } from '@dograh/shared';

/** @throws InvalidInputError when both fields are filled in, by their labels, of which only one can count */
export function refuseBoth(filledIn: Readonly<Record<string, unknown>>, purpose: string): void {
  const labels = Object.keys(filledIn);
  if (!Object.values(filledIn).every((value) => !isBlank(value))) return;
  throw new InvalidInputError({
    message: `${labels.join(' and ')} are both filled in, and only one can ${purpose}.`,
    hint: 'Empty one of the two fields.',
  });
}
