import { InvalidInputError, quote } from '@dograh/shared';
import { locatorValue } from '../../locator-value';
import { expressionsIn, type Parameters } from './parameters';

/**
 * Reads a parameter that must have the same value for all items.
 * @param label of the field, for the message
 * @throws InvalidInputError that names two items with different values
 */
export type SameForAll = (name: string, label: string, fallback?: unknown) => unknown;

export function readSameForAll(parameters: Parameters, count: number): SameForAll {
  return (name, label, fallback) => {
    const first = parameters.read(name, 0, fallback);
    if (!expressionsIn(parameters.stored(name)).some(mayDependOnItem)) return first;
    const text = JSON.stringify(first);
    for (let index = 1; index < count; index += 1) {
      const other = parameters.read(name, index, fallback);
      if (JSON.stringify(other) !== text) throw differentError(label, first, other, index);
    }
    return first;
  };
}

/** Names of n8n that have the same value for all items. */
const SAME_FOR_ALL: ReadonlySet<string> = new Set([
  ...['$', '$now', '$today', '$vars', '$env', '$secrets', '$workflow', '$execution', '$runIndex'],
  ...['$max', '$min', '$if', '$ifEmpty'],
]);

/**
 * Whether an expression may have different values for different items. Others are evaluated once: a long Do Not Call
 * List would take minutes, and the time of day would change meanwhile. A doubtful one is evaluated for each item.
 */
function mayDependOnItem(expression: string): boolean {
  const names: readonly string[] = expression.match(/\$\w*/g) ?? [];
  return (
    names.some((name) => !SAME_FOR_ALL.has(name)) ||
    /\b(?:item|itemMatching|pairedItem|params|context|random\w*)\b/i.test(expression) ||
    /[[\\`]/.test(expression)
  );
}

function differentError(label: string, first: unknown, other: unknown, index: number) {
  const [one, another] = [first, other].map((value) => quote(locatorValue(value)));
  const values =
    one === another
      ? `Item 0 and Item ${index} have different ones`
      : `Item 0 has ${one}, Item ${index} has ${another}`;
  return new InvalidInputError({
    message: `All items of one campaign need the same ${label}. ${values}.`,
    hint: 'Nothing was sent, and no campaign was created. To launch several campaigns, give this node one list at a time, e.g. with a Filter before it or in a loop.',
  });
}
