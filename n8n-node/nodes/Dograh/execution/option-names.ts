import { DograhError } from '@dograh/shared';
import type { INodeProperties } from 'n8n-workflow';

/**
 * Names options and filters in the hint of an error. A shared hint says `set Default Country`. But n8n shows an option
 * only after the user has added it, so the hint becomes `add the option Default Country`.
 * @param fields those of the form, with its collections of options and filters
 */
export function nameOptions(error: unknown, fields: readonly INodeProperties[]): unknown {
  if (!(error instanceof DograhError)) return error;
  return error.rewordHint((hint) =>
    fields.filter(({ type }) => type === 'collection').reduce(withNamesOf, hint),
  );
}

function withNamesOf(hint: string, { displayName, options = [] }: INodeProperties): string {
  const kind = displayName.toLowerCase().replace(/s$/, '');
  const labels = options
    .flatMap((option) => ('displayName' in option ? [labelInMessages(option.displayName)] : []))
    .join('|');
  // A user's value is in quotes. "Agent UUID" is not the filter Agent.
  const label = new RegExp(`(?:\\bthe )?(?<!["\\w]|${kind} )(${labels})\\b(?!"| [A-Z])`, 'g');
  const named = `the ${kind} (?:${labels})\\b`;
  return hint
    .replace(label, `the ${kind} $1`)
    .replace(new RegExp(`\\b(?:set|fill in) (${named})(?! to )`, 'gi'), asInFront('add $1'))
    .replace(new RegExp(`\\bset (${named}) to `, 'gi'), asInFront('add $1 and set it to '))
    .replace(new RegExp(`\\bturn (on|off) (${named})`, 'gi'), asInFront('add $2 and turn it $1'))
    .replace(new RegExp(`(?<=^|[.:] )the ${kind}`, 'g'), `The ${kind}`);
}

/** Shared messages contain labels without a unit and without `Name or ID`. */
function labelInMessages(displayName: string): string {
  return displayName.replace(/ Name or ID$| \(.*\)$/, '');
}

/** Replaces by a pattern with `$1` and `$2`, with a capital letter where the replaced text has one. */
function asInFront(pattern: string): (...match: string[]) => string {
  return (whole = '', first = '', second = '') => {
    const text = pattern.replace('$1', first).replace('$2', second);
    return /^[A-Z]/.test(whole) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  };
}
