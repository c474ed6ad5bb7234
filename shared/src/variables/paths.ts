import { GREETING_OVERRIDE } from './greeting';
import { isJsonObject, type JsonObject, type JsonValue } from './json-value';

/** The names of all values in a context, with dots inside objects. Without the greeting, which is no variable. */
export function pathsIn(context: JsonObject): string[] {
  return Object.entries(context)
    .filter(([name]) => name !== GREETING_OVERRIDE)
    .flatMap(([name, value]) => pathsBelow(name, value));
}

function pathsBelow(path: string, value: JsonValue): string[] {
  if (!isJsonObject(value)) return [path];
  return Object.entries(value).flatMap(([name, below]) => pathsBelow(`${path}.${name}`, below));
}
