import { inputError } from '../errors/input-error';
import { quote } from '../errors/quote';
import { cleanText } from '../input/text';
import { assertNoNameTwice } from './names-given-twice';
import { isPlainObject, parsedOrUndefined } from './parse-json';

/** Dograh's name for the object with all variables. In a prompt, `{{initial_context.name}}` is `{{name}}`. */
const WRAPPER = 'initial_context';
/** Other keys of the body that Dograh's API takes. Each has a field of its own in the form. */
const BODY_KEYS: ReadonlySet<string> = new Set([
  'phone_number',
  'telephony_configuration_id',
  'from_phone_number_id',
]);
/** As people write it: `initialContext`, `Initial Context`, `{{initial_context}}`. */
const WRITTEN = /^[\s{]*initial[\s_-]?context[\s}]*$/i;
/** With the braces of a pasted `{{initial_context.name}}`. */
const PREFIX = /^([\s{]*)initial[\s_-]?context\s*\.\s*/i;

export type NamedValue = readonly [name: string, value: unknown];

/**
 * The variables of one list without the wrapper that the API's body and some prompts put around them.
 * @param field label of the form's field
 * @param onNote receives what was changed, as a sentence
 * @throws InvalidInputError if the list is a whole body, or if only a part of it is in the wrapper
 */
export function unwrap(
  entries: readonly NamedValue[],
  field: string,
  onNote: (note: string) => void,
): readonly NamedValue[] {
  const given = entries.filter(([, value]) => value !== undefined);
  const wrapper = given.find(([name]) => isWrapper(name));
  if (wrapper === undefined) {
    for (const [name, value] of given) assertNotWrapped(name, value);
    return withoutPrefix(entries, onNote);
  }
  const others = given.filter((one) => one !== wrapper).map(([name]) => name);
  if (others.length > 0) throw besideOthersError(others, field);
  const inside = objectIn(wrapper[1]);
  if (inside === undefined) {
    throw inputError(
      `${quote(WRAPPER)} in ${field} must be an object with the variables, not ${quote(wrapper[1])}.`,
      `Enter the variables themselves, without ${quote(WRAPPER)}.`,
    );
  }
  assertNotWrapped(WRAPPER, inside);
  onNote(
    `The variables were taken out of ${quote(WRAPPER)}, because Dograh adds this name itself.`,
  );
  return withoutPrefix(Object.entries(inside), onNote);
}

/** The object inside the wrapper of a host's record, for example of an input item; undefined if it has none. */
export function wrappedIn(
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const name = Object.keys(values).find(isWrapper);
  return name === undefined ? undefined : objectIn(values[name]);
}

/** Whether people write this name for the wrapper. */
export function isWrapper(name: string): boolean {
  return WRITTEN.test(cleanText(name));
}

/** An object, or the text of a JSON object. @throws InvalidInputError if the text has a name twice */
function objectIn(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== 'string') return isPlainObject(value) ? value : undefined;
  const parsed = parsedOrUndefined(value);
  if (!isPlainObject(parsed)) return undefined;
  assertNoNameTwice(value);
  return parsed;
}

function withoutPrefix(
  entries: readonly NamedValue[],
  onNote: (note: string) => void,
): readonly NamedValue[] {
  const renamed = entries.filter(([name]) => PREFIX.test(cleanText(name)));
  if (renamed.length === 0) return entries;
  const names = renamed.map(([name]) => quote(cleanText(name).replace(PREFIX, '$1')));
  onNote(
    `Sent without ${quote(`${WRAPPER}.`)}, because Dograh adds it itself: ${names.join(', ')}.`,
  );
  return entries.map(([name, value]) => {
    const text = cleanText(name);
    return PREFIX.test(text) ? [text.replace(PREFIX, '$1'), value] : [name, value];
  });
}

/** The body of the API inside another object, for example inside the output of a webhook. */
function assertNotWrapped(name: string, value: unknown): void {
  if (!isPlainObject(value) || !Object.keys(value).some(isWrapper)) return;
  throw inputError(
    `The variable ${quote(name)} contains ${quote(WRAPPER)}, so it is not a variable but an object around all of them.`,
    `Enter only the object inside that ${quote(WRAPPER)}.`,
  );
}

function besideOthersError(others: readonly string[], field: string): Error {
  const names = others.slice(0, 5).map(quote).join(', ');
  const body = others.filter((name) => BODY_KEYS.has(name));
  return body.length > 0
    ? inputError(
        `${field} has the whole body of a request to Dograh: ${quote(WRAPPER)} and ${names}.`,
        `Enter only the object inside ${quote(WRAPPER)}. The number and the telephony have fields of their own.`,
      )
    : inputError(
        `${field} has ${quote(WRAPPER)} beside other names: ${names}.`,
        `Enter only the object inside ${quote(WRAPPER)}, together with the other names that the agent needs.`,
      );
}
