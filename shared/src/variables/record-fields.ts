import { inputError } from '../errors/input-error';
import { quote } from '../errors/quote';
import type { InvalidInputError } from '../errors/dograh-error';
import { isBlank } from '../input/blank';
import { cleanText } from '../input/text';
import { isRecord } from '../transport/answer';
import { givenTwiceError, toJsonValue } from './json-value';
import { isPlainObject } from './parse-json';
import { similarNames } from './similar-names';
import { wrappedIn, type NamedValue } from './wrapper';

type Values = Readonly<Record<string, unknown>>;

export interface RecordSource {
  /** The names of the agent's variables. */
  readonly names: readonly string[];
  readonly values: Values;
}

const MAX_NAMES = 10;
/** Deep enough for the body of a webhook, and bounded. */
const MAX_DEPTH = 3;
const MAX_PATHS = 500;

/**
 * The agent's variables in a record. A field named `user.name` comes before the field `name` of the object `user`. A
 * record may also have the variables in an object `initial_context`, as the API's body has.
 * @param onNote receives a remark if no field fits, and about names that are almost the same
 * @throws InvalidInputError if a variable has one value inside and another one outside of `initial_context`
 */
export function recordEntries(
  { names, values }: RecordSource,
  onNote: (note: string) => void,
): readonly NamedValue[] {
  const wrapped = wrappedIn(values) ?? {};
  const taken: string[] = [];
  const entries = names.map((name): NamedValue => {
    const outside = fieldOf(values, name);
    const inside = fieldOf(wrapped, name) ?? fieldOf(values, `initial_context.${name}`);
    if (isBlank(inside)) return [name, outside === undefined ? inside : outside];
    if (!isBlank(outside) && asJson(outside, name) !== asJson(inside, name))
      throw twoValuesError(name);
    taken.push(name);
    return [name, inside];
  });
  if (taken.length > 0) onNote(`Taken from "initial_context" of the input: ${listed(taken)}.`);
  const missing = entries.filter(([, value]) => value === undefined).map(([name]) => name);
  if (names.length > 0 && missing.length === names.length) {
    onNote(
      `None of the input fields has the name of a variable of this agent (${listed(names)}), so no variable is sent.`,
    );
  }
  if (missing.length > 0) similarNames(missing, pathsIn(values)).forEach(onNote);
  return entries.filter((entry) => !entries.some((outer) => contains(outer, entry)));
}

/** Whether an object that is taken already has this value: `user` contains `user.name`. */
function contains([outer, object]: NamedValue, [name, value]: NamedValue): boolean {
  if (value === undefined || !isRecord(object) || !name.startsWith(`${outer}.`)) return false;
  return fieldOf(object, name.slice(outer.length + 1)) === value;
}

function asJson(value: unknown, name: string): string | undefined {
  return JSON.stringify(toJsonValue(value, name));
}

function listed(names: readonly string[]): string {
  const more = names.length > MAX_NAMES ? ', …' : '';
  return `${names.slice(0, MAX_NAMES).map(quote).join(', ')}${more}`;
}

function fieldOf(values: Values, name: string): unknown {
  const field = fieldNamed(name, values);
  return field === undefined ? valueWithin(values, name.split('.')) : values[field];
}

function valueWithin(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((object, name) => {
    if (!isRecord(object)) return undefined;
    const field = fieldNamed(name, object);
    return field === undefined ? undefined : object[field];
  }, value);
}

/** A field may have marks that its name in the prompt does not have, such as the first column of a CSV file. */
function fieldNamed(name: string, record: Values): string | undefined {
  if (Object.hasOwn(record, name)) return name;
  const wanted = cleanText(name);
  const [field, other] = Object.keys(record).filter((key) => cleanText(key) === wanted);
  if (other !== undefined) throw givenTwiceError(wanted);
  return field;
}

/** The names of the fields, and of the fields inside objects. */
function pathsIn(values: Values): string[] {
  const paths: string[] = [];
  const add = (inside: Values, prefix: string, depth: number): void => {
    for (const [name, value] of Object.entries(inside)) {
      if (paths.length >= MAX_PATHS) return;
      paths.push(`${prefix}${name}`);
      if (depth < MAX_DEPTH && isPlainObject(value)) add(value, `${prefix}${name}.`, depth + 1);
    }
  };
  add(values, '', 1);
  return paths;
}

function twoValuesError(name: string): InvalidInputError {
  return inputError(
    `The input has two values for the variable ${quote(name)}: one in "initial_context", and one outside of it.`,
    'Remove one of them, or enter the variable in a field of its own.',
  );
}
