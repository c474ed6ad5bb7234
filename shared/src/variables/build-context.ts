import { InvalidInputError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import { cleanText } from '../input/text';
import { assertGreetingShape } from './greeting';
import {
  givenTwiceError,
  isJsonObject,
  toJsonValue,
  type JsonObject,
  type JsonValue,
} from './json-value';
import { parseJsonObject } from './parse-json';
import { assertNotReserved } from './reserved-names';
import { parseVariableName, type VariablePath } from './variable-name';
import { recordEntries, type RecordSource } from './record-fields';
import { unwrap, type NamedValue } from './wrapper';

/** One row of a name-and-value list. A row without both is an empty row. */
export interface VariablePair {
  readonly name?: unknown;
  readonly value?: unknown;
}

/** Where the variables of one call come from. For the same name, a later source replaces an earlier one. */
export interface ContextSources {
  /** A JSON object, as text or parsed. */
  readonly json?: unknown;
  /** How to insert a text into the JSON in this host. Part of the hint if a text has broken the JSON. */
  readonly jsonAdvice?: string | undefined;
  readonly pairs?: readonly VariablePair[] | undefined;
  /** Fields of the host's form, by the names of the agent's variables. */
  readonly mapped?: Readonly<Record<string, unknown>> | undefined;
  /** A record of the host, for example an input item. Only the variables with these names are taken from it. */
  readonly record?: RecordSource | undefined;
}

/**
 * The initial context of a call: the variables that the agent's prompts may use.
 *
 * A name with dots makes objects (`user.name` is `{user: {name}}`), as prompts read it. Objects are merged. Every
 * other value keeps its type, and a list is never merged. Names that a user typed are cleaned. Names from the agent's
 * texts stay as they are, because Dograh compares them exactly.
 * @param onNote receives remarks about the input, in sentences
 * @throws InvalidInputError for names that no prompt can use, names that Dograh reserves, two values for one name,
 * and values that JSON cannot represent
 */
export function buildContext(
  sources: ContextSources,
  onNote: (note: string) => void = () => undefined,
): JsonObject {
  const json = Object.entries(parseJsonObject(sources.json, sources.jsonAdvice) ?? {});
  const named = [
    unwrap(withCleanNames(json), 'Variables (JSON)', onNote),
    unwrap(pairEntries(sources.pairs ?? []), 'Variables', onNote),
    sources.record === undefined ? [] : recordEntries(sources.record, onNote),
    unwrap(Object.entries(sources.mapped ?? {}), 'Variables', onNote),
  ];
  const context: JsonObject = {};
  for (const later of named.map(contextOf)) mergeInto(context, later, [], () => undefined);
  assertGreetingShape(context);
  return context;
}

function withCleanNames(entries: readonly NamedValue[]): readonly NamedValue[] {
  return entries.map(([name, value]) => [cleanText(name), value]);
}

function pairEntries(pairs: readonly VariablePair[]): readonly NamedValue[] {
  return pairs.flatMap(({ name, value }, index) => {
    const text =
      typeof name === 'string' || typeof name === 'number' ? cleanText(String(name)) : '';
    if (text !== '') return [[text, value] as const];
    if (value === undefined || value === null || value === '') return [];
    throw new InvalidInputError({
      message: `Row ${index + 1} of Variables has a value but no name.`,
      hint: 'Enter the name that the prompt uses, or remove the row.',
    });
  });
}

function contextOf(entries: readonly NamedValue[]): JsonObject {
  const context: JsonObject = {};
  const given = new Set<string>();
  for (const [name, raw] of entries) {
    const path = parseVariableName(name);
    assertNotReserved(path[0]);
    const value = toJsonValue(raw, name);
    if (value === undefined) continue;
    if (given.has(name)) throw givenTwiceError(name);
    given.add(name);
    mergeInto(context, nest(path, value), [], givenTwiceError);
  }
  return context;
}

function nest([first, second, ...rest]: VariablePath, value: JsonValue): JsonObject {
  return { [first]: second === undefined ? value : nest([second, ...rest], value) };
}

/**
 * Merges `later` into `base`, which changes.
 * @param onReplace the error for a value that would replace another one, or undefined to replace it
 */
function mergeInto(
  base: JsonObject,
  later: JsonObject,
  path: readonly string[],
  onReplace: (name: string) => InvalidInputError | undefined,
): void {
  for (const [name, value] of Object.entries(later)) {
    const here = [...path, name];
    const existing = Object.hasOwn(base, name) ? base[name] : undefined;
    if (isJsonObject(existing) && isJsonObject(value)) {
      mergeInto(existing, value, here, onReplace);
    } else if (existing === undefined || isEmptyObject(existing)) {
      base[name] = value;
    } else if (isJsonObject(existing) || (isJsonObject(value) && !isEmptyObject(value))) {
      throw valueAndObjectError(here, isJsonObject(existing) ? existing : value);
    } else {
      const error = onReplace(here.join('.'));
      if (error !== undefined) throw error;
      base[name] = value;
    }
  }
}

function isEmptyObject(value: JsonValue): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}

function valueAndObjectError(path: readonly string[], object: JsonValue): InvalidInputError {
  const name = path.join('.');
  const below = `${name}.${isJsonObject(object) ? (Object.keys(object)[0] ?? '') : ''}`;
  return new InvalidInputError({
    message: `The variables ${quote(name)} and ${quote(below)} cannot be combined: ${quote(name)} would be a value and an object at once.`,
    hint: 'Remove or rename one of them.',
  });
}
