import { DograhError } from '@dograh/shared';
import { callOptions } from '../resources/call/call-options';

/** The labels of the options as shared messages write them: without a unit and without `Name or ID`. */
const LABELS = (callOptions.options ?? [])
  .flatMap((option) => ('displayName' in option ? [option.displayName] : []))
  .map((label) => label.replace(/ Name or ID$| \(.*\)$/, ''))
  .join('|');
/** Not in a user's value, which is in quotes. */
const LABEL = new RegExp(`(?:\\bthe )?(?<!["\\w]|option )(${LABELS})\\b(?!")`, 'g');
const TO_ADD = new RegExp(
  `\\b(?:([Ss])et|([Ff])ill in)(?= the option (?:${LABELS})\\b(?! to ))`,
  'g',
);

/**
 * Names options in the hint of an error. A shared hint says `set Default Country`. But n8n shows an option only after
 * the user has added it, so the hint becomes `add the option Default Country`.
 */
export function nameOptions(error: unknown): unknown {
  return error instanceof DograhError ? error.rewordHint(withOptionNames) : error;
}

function withOptionNames(hint: string): string {
  return hint
    .replace(LABEL, 'the option $1')
    .replace(TO_ADD, (verb) => (/^[SF]/.test(verb) ? 'Add' : 'add'))
    .replace(/(?<=^|[.:] )the option/g, 'The option');
}
