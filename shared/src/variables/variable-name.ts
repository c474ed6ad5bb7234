import { InvalidInputError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import { isUnsafeName, assertSafeName } from './json-value';

/** A name split at its dots: in a prompt, `{{user.name}}` reads the `name` of the object `user`. */
export type VariablePath = readonly [string, ...string[]];

/** Characters that Dograh's template grammar does not allow in the path of a `{{variable}}`. */
const UNMATCHABLE = /[\s|{}]/;

/** Longer names make objects with more levels than Dograh can read. */
const MAX_NAME_LENGTH = 200;

/** Whether a call can contain a variable of this name. */
export function isVariableName(name: string): boolean {
  return (
    !UNMATCHABLE.test(name) && name.split('.').every((part) => part !== '' && !isUnsafeName(part))
  );
}

/**
 * @throws InvalidInputError for a name that no `{{name}}` in a prompt can match; it suggests another name
 */
export function parseVariableName(name: string): VariablePath {
  if (name.length > MAX_NAME_LENGTH) {
    throw new InvalidInputError({
      message: `The name ${quote(name)} of a variable has more than ${MAX_NAME_LENGTH} characters.`,
      hint: 'Use the name that the prompt uses.',
    });
  }
  const [first = '', ...rest] = name.split('.');
  const segments: VariablePath = [first, ...rest];
  if (UNMATCHABLE.test(name) || segments.includes('')) {
    throw new InvalidInputError({
      message: `No prompt can use a variable named ${quote(name)}: a name has no spaces, |, { or }, and a dot only between two names.`,
      hint: `Name it ${quote(suggestName(name))}, here and in the prompt.`,
    });
  }
  for (const segment of segments) assertSafeName(segment, name);
  return segments;
}

function suggestName(name: string): string {
  const words = name
    .replace(/[{}|\0\p{Cs}]/gu, ' ')
    .trim()
    .replace(/\s+/g, '_');
  return words.replace(/\.{2,}/g, '.').replace(/^\.|\.$/g, '') || 'variable';
}
