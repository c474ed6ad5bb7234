import { quote } from '../errors/quote';
import { refuse } from '../errors/refuse';

/** How many results are wanted, at most. @throws InvalidInputError for what is no such number */
export function parseLimit(limit: unknown): number {
  const value = typeof limit === 'string' && limit.trim() !== '' ? Number(limit) : limit;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value;
  throw refuse(`${quote(limit)} is not a number of results.`, 'Use a whole number from 1 on.');
}
