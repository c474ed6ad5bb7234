import { idIn } from './id';
import { quote } from '../errors/quote';
import { refuse } from '../errors/refuse';

/** How many results are wanted, at most. @throws InvalidInputError for what is no such number */
export function parseLimit(value: unknown): number {
  const limit = idIn(value);
  if (limit !== undefined) return limit;
  throw refuse(
    `${quote(value)} is not a number of results.`,
    'Use a whole number from 1 on, or have all of them returned.',
  );
}
