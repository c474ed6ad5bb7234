import { isJsonObject, type JsonObject, type JsonValue } from '../json-value';
import { builtIn, zoneOf } from './built-in';
import { replacePlaceholders } from './placeholder';
import { toPythonText } from './python-text';

const INITIAL_CONTEXT = 'initial_context.';

/**
 * An agent's text with these variables, as Dograh renders it. A fallback replaces a missing or empty value. A missing
 * value without a fallback is left out.
 * @param now for the built-in times, in milliseconds since 1970
 * @param later names of variables whose placeholders stay if they have no value yet
 * @param source https://github.com/dograh-hq/dograh/blob/main/api/utils/template_renderer.py
 */
export function render(
  text: string,
  context: JsonObject,
  now: number,
  later: ReadonlySet<string> = new Set(),
): string {
  const defaultZone = zoneOf(text);
  return replacePlaceholders(text, ({ path, fallback }) => {
    const value = builtIn(path, now, defaultZone) ?? valueAt(path, context);
    if (value === null && later.has(variableName(path))) return `{{${path}}}`;
    const isMissing = value === null || value === '';
    return isMissing && fallback !== null ? fallback : toPythonText(value);
  }).replaceAll('\\n', '\n');
}

/** The name of a variable: its path without `initial_context.`. */
export function variableName(path: string): string {
  return path.startsWith(INITIAL_CONTEXT) ? path.slice(INITIAL_CONTEXT.length) : path;
}

/** The value at a path; null if there is none. */
export function valueAt(path: string, context: JsonObject): JsonValue {
  return walk(path, context) ?? walk(variableName(path), context) ?? null;
}

function walk(path: string, context: JsonObject): JsonValue | undefined {
  // {{initial_context.}}
  if (path === '') return context;
  return path
    .split('.')
    .reduce<
      JsonValue | undefined
    >((value, name) => (isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined), context);
}
