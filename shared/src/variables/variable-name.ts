import { InvalidInputError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import { isUnsafeName, assertSafeName } from './json-value';

/** Splits at dots, which walk into objects in a prompt's `{{user.name}}`. */
export type VariablePath = readonly [string, ...string[]];

/** What may not stand in the path of a `{{variable}}` by Dograh's template grammar. */
const UNMATCHABLE = /[\s|{}]/;

/** Whether a call can give a variable of this name. */
export function isVariableName(name: string): boolean {
  return (
    !UNMATCHABLE.test(name) && name.split('.').every((part) => part !== '' && !isUnsafeName(part))
  );
}

/**
 * @throws InvalidInputError for a name that no `{{name}}` in a prompt could ever match, with one that could
 */
export function parseVariableName(name: string): VariablePath {
  const [first = '', ...rest] = name.split('.');
  const segments: VariablePath = [first, ...rest];
  if (UNMATCHABLE.test(name) || segments.includes('')) {
    throw new InvalidInputError({
      message: `No prompt can use a variable named ${quote(name)}: names have no spaces, |, { or }, and a dot stands between two names.`,
      hint: `Name it ${quote(suggestName(name))} and write it that way in the prompt, too.`,
    });
  }
  for (const segment of segments) assertSafeName(segment, name);
  return segments;
}

function suggestName(name: string): string {
  const words = name.replace(/[{}|]/g, ' ').trim().replace(/\s+/g, '_');
  return words.replace(/\.{2,}/g, '.').replace(/^\.|\.$/g, '') || 'variable';
}
