import { DograhError } from '@dograh/shared';
import type { INodeParameters, INodeProperties } from 'n8n-workflow';

/** Rewords a sentence for people. */
export type Reword = (sentence: string) => string;

/**
 * Names options and filters in the sentences of the shared code. A shared hint says `set Default Country`. But n8n
 * shows an option only after the user has added it, so the hint becomes `add the option Default Country`.
 * @param fields those of the form, with its collections of options and filters
 * @param stored the parameters of the node. An option that the user has added is not to be added again.
 */
export function optionNamer(
  fields: readonly INodeProperties[],
  stored: INodeParameters = {},
): Reword {
  const collections = fields.filter(({ type }) => type === 'collection');
  return (sentence) =>
    collections.reduce(
      (text, collection) =>
        outsideQuotes(text, (part) =>
          withNamesOf(part, collection, addedTo(collection.name, stored)),
        ),
      sentence,
    );
}

/** A value of the user is in quotes. It may contain the name of an option. */
function outsideQuotes(sentence: string, reword: Reword): string {
  const parts = sentence.split(/("(?:[^"\\]|\\.)*")/);
  return parts.map((part) => (part.startsWith('"') ? part : reword(part))).join('');
}

/** The error with a reworded hint. */
export function rewordHintOf(error: unknown, reword: Reword): unknown {
  return error instanceof DograhError ? error.rewordHint(reword) : error;
}

function withNamesOf(
  sentence: string,
  { displayName, options = [] }: INodeProperties,
  added: object,
): string {
  const kind = displayName.toLowerCase().replace(/s$/, '');
  const all = options.flatMap((option) => ('displayName' in option ? [option] : []));
  const labels = labelsOf(all);
  // "Agent UUID" is not the filter Agent. "the rule Calling Hours" already says what it is.
  const label = new RegExp(`(?:\\bthe )?(?<!\\w|${kind} |\\brule )(${labels})\\b(?! [A-Z])`, 'g');
  const toAdd = labelsOf(all.filter(({ name }) => !Object.hasOwn(added, name)));
  const named = `the ${kind} (?:${toAdd || NOTHING})\\b`;
  return sentence
    .replace(label, `the ${kind} $1`)
    .replace(new RegExp(`\\b(?:set|fill in) (${named})(?! to )`, 'gi'), asInFront('add $1'))
    .replace(new RegExp(`\\bset (${named}) to `, 'gi'), asInFront('add $1 and set it to '))
    .replace(new RegExp(`\\bturn (on|off) (${named})`, 'gi'), asInFront('add $2 and turn it $1'))
    .replace(new RegExp(`(?<=^|[.:] )the ${kind}`, 'g'), `The ${kind}`);
}

/** A pattern that matches nothing. */
const NOTHING = '(?!)';

function addedTo(collection: string, stored: INodeParameters): object {
  const added = stored[collection];
  return typeof added === 'object' && added !== null ? added : {};
}

function labelsOf(fields: readonly { readonly displayName: string }[]): string {
  return fields.map(({ displayName }) => labelInMessages(displayName)).join('|');
}

/** Messages contain labels without a unit and without `Name or ID`. */
export function labelInMessages(displayName: string): string {
  return displayName.replace(/ Name or ID$| \(.*\)$/, '');
}

/** Replaces by a pattern with `$1` and `$2`, with a capital letter where the replaced text has one. */
function asInFront(pattern: string): (...match: string[]) => string {
  return (whole = '', first = '', second = '') => {
    const text = pattern.replace('$1', first).replace('$2', second);
    return /^[A-Z]/.test(whole) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  };
}
