import { InvalidInputError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import { isRecord } from '../transport/answer';
import { assertGreetingShape } from './greeting';
import { isJsonObject, toJsonValue, type JsonObject, type JsonValue } from './json-value';
import { parseJsonObject } from './parse-json';
import { assertNotReserved } from './reserved-names';
import { parseVariableName, type VariablePath } from './variable-name';

/** One row of a name-and-value list. A row without both is an empty row. */
export interface VariablePair {
  readonly name?: unknown;
  readonly value?: unknown;
}

/** Where the variables of one call come from; a later one wins over an earlier one, leaf by leaf. */
export interface ContextSources {
  /** A JSON object, as text or parsed. */
  readonly json?: unknown;
  readonly pairs?: readonly VariablePair[] | undefined;
  /** Fields of the host's form, named as the agent's variables are. */
  readonly mapped?: Readonly<Record<string, unknown>> | undefined;
  /** A record of the host, for example an input item. Only the variables with these names are taken from it. */
  readonly record?: RecordSource | undefined;
}

export interface RecordSource {
  /** `ofAgent`: the names that the agent's texts use, which have to be read from Dograh. */
  readonly names: readonly string[] | 'ofAgent';
  readonly values: Readonly<Record<string, unknown>>;
}

type NamedValue = readonly [name: string, value: unknown];

/**
 * The initial context of a call: the variables that the agent's prompts may use.
 *
 * Names with dots nest (`user.name` is `{user: {name}}`), as prompts read them. Objects are merged; every other
 * value, lists included, is a leaf and keeps its type.
 * @throws InvalidInputError for names that no prompt can use, names that Dograh keeps for itself, two values
 * where there is room for one, and values that JSON cannot carry
 */
export function buildContext(sources: ContextSources): JsonObject {
  const named = [
    Object.entries(parseJsonObject(sources.json) ?? {}),
    pairEntries(sources.pairs ?? []),
    entriesOf(sources.record),
    Object.entries(sources.mapped ?? {}),
  ];
  const context = named.map(contextOf).reduce((base, later) => merge(base, later, []), {});
  assertGreetingShape(context);
  return context;
}

function pairEntries(pairs: readonly VariablePair[]): NamedValue[] {
  return pairs.flatMap(({ name, value }, index) => {
    const text = typeof name === 'string' || typeof name === 'number' ? String(name) : '';
    if (text !== '') return [[text, value] as const];
    if (value === undefined || value === null || value === '') return [];
    throw new InvalidInputError({
      message: `Row ${index + 1} of the variables has a value but no name.`,
      hint: 'Give it the name that the prompt uses, or remove the row.',
    });
  });
}

/** A field of the record that is named with its dots goes before what they lead to. */
function entriesOf({ names, values }: RecordSource = NO_RECORD): NamedValue[] {
  if (names === 'ofAgent') return [];
  return names.map((name) => [
    name,
    Object.hasOwn(values, name) ? values[name] : valueWithin(values, name.split('.')),
  ]);
}

const NO_RECORD: RecordSource = { names: [], values: {} };

function valueWithin(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (object, name) => (isRecord(object) && Object.hasOwn(object, name) ? object[name] : undefined),
    value,
  );
}

function contextOf(entries: readonly NamedValue[]): JsonObject {
  const context: JsonObject = {};
  const given = new Set<string>();
  for (const [name, raw] of entries) {
    const path = parseVariableName(name);
    assertNotReserved(path[0]);
    const value = toJsonValue(raw, name);
    if (value === undefined) continue;
    if (given.has(name)) throw givenTwice(name);
    given.add(name);
    mergeInto(context, nest(path, value), [], givenTwice);
  }
  return context;
}

function nest([first, second, ...rest]: VariablePath, value: JsonValue): JsonObject {
  return { [first]: second === undefined ? value : nest([second, ...rest], value) };
}

function merge(base: JsonObject, later: JsonObject, path: readonly string[]): JsonObject {
  mergeInto(base, later, path, () => undefined);
  return base;
}

/**
 * Puts `later` into `base`, which is ours to change.
 * @param onReplace says what is wrong when a leaf would take another leaf's place
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
      throw leafAndBranch(here, isJsonObject(existing) ? existing : value);
    } else {
      const refusal = onReplace(here.join('.'));
      if (refusal !== undefined) throw refusal;
      base[name] = value;
    }
  }
}

function isEmptyObject(value: JsonValue): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0;
}

function leafAndBranch(path: readonly string[], branch: JsonValue): InvalidInputError {
  const name = path.join('.');
  const below = `${name}.${isJsonObject(branch) ? (Object.keys(branch)[0] ?? '') : ''}`;
  return new InvalidInputError({
    message: `The variables ${quote(name)} and ${quote(below)} exclude each other: ${quote(name)} cannot be a value and an object at once.`,
    hint: `Remove or rename one of them.`,
  });
}

function givenTwice(name: string): InvalidInputError {
  return new InvalidInputError({
    message: `The variable ${quote(name)} is given twice in one list.`,
    hint: 'Keep one of the two values.',
  });
}
