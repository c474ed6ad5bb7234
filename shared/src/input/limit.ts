import { parseNumber } from './number';
import { parseYesOrNo } from './yes-or-no';

/** How many results to return, as the user entered it. */
export interface LimitInput {
  /** Whether to return all results. Then the limit is ignored. */
  readonly returnAll?: unknown;
  /** Blank means 50. */
  readonly limit?: unknown;
}

/** Maximum number of results; Infinity means all. @throws InvalidInputError */
export function parseLimit({ returnAll, limit }: LimitInput): number {
  if (parseYesOrNo(returnAll, 'Return All')) return Infinity;
  return parseNumber(limit, {
    label: 'Limit',
    must: 'a whole number of results',
    accepts: (value) => Number.isSafeInteger(value) && value >= 1,
    hint: 'Use 1 or more, or turn on Return All.',
    whenBlank: 50,
  });
}
