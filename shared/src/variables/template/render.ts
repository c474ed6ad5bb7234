import { isJsonObject, type JsonObject, type JsonValue } from '../json-value';
import { builtIn, zoneOf } from './built-in';
import { replacePlaceholders } from './placeholder';
import { toPythonText } from './python-text';

const INITIAL_CONTEXT = 'initial_context.';

/**
 * A text of an agent as Dograh would have it with these variables: paths walk into objects, a fallback stands for
 * what is missing or empty, and what is missing without one is left out.
 * @param now for the built-in times, in milliseconds since 1970
 * @param later names of variables that are left standing where they have no value yet
 * @param source https://github.com/dograh-hq/dograh/blob/main/api/utils/template_renderer.py
 */
export function render(
  text: string,
  context: JsonObject,
  now: number,
  later: ReadonlySet<string> = new Set(),
): string {
  const usualZone = zoneOf(text);
  return replacePlaceholders(text, ({ path, fallback }) => {
    const value = builtIn(path, now, usualZone) ?? valueAt(path, context);
    if (value === null && later.has(variableName(path))) return `{{${path}}}`;
    const isMissing = value === null || value === '';
    return isMissing && fallback !== null ? fallback : toPythonText(value);
  }).replaceAll('\\n', '\n');
}

/** The name of a variable, however the path to it begins. */
export function variableName(path: string): string {
  return path.startsWith(INITIAL_CONTEXT) ? path.slice(INITIAL_CONTEXT.length) : path;
}

/** Null where there is no such value. */
export function valueAt(path: string, context: JsonObject): JsonValue {
  return walk(path, context) ?? walk(variableName(path), context) ?? null;
}

function walk(path: string, context: JsonObject): JsonValue | undefined {
  // As in {{initial_context.}}
  if (path === '') return context;
  return path
    .split('.')
    .reduce<
      JsonValue | undefined
    >((value, name) => (isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined), context);
}
