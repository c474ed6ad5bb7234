import { compareWithOurs, type Comparison } from '../contract/compare-with-ours';
import { differs, notTried, works, type Finding } from './finding';
import type { Check } from './report';

/** Differences that fit into one line. */
const MAX_SHOWN = 3;

/** Compares our contract with the one that the server publishes. A server may publish none. */
export function contractCheck(url: string): Check<undefined> {
  return {
    name: 'contract',
    expected: 'an OpenAPI document',
    run: async () => {
      const comparison = await compareWithOurs(url).catch((error: unknown) => error);
      return isComparison(comparison) ? findingOf(comparison, url) : unreadable(comparison);
    },
  };
}

function isComparison(value: unknown): value is Comparison {
  return typeof value === 'object' && value !== null && 'differences' in value;
}

function unreadable(error: unknown): Finding<undefined> {
  const why = error instanceof Error ? error.message : String(error);
  return notTried(`There is no document to compare with: ${why}`);
}

function findingOf({ differences, size }: Comparison, url: string): Finding<undefined> {
  if (differences.length === 0) return works(`No difference in ${size}.`);
  const shown = differences.slice(0, MAX_SHOWN).join('; ');
  const rest = differences.length - MAX_SHOWN;
  const more = rest > 0 ? `; and ${rest} more, see npm run contract -- ${url}` : '';
  return differs(`no difference in ${size}`, `${shown}${more}`);
}
