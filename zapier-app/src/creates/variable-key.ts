import { isBlank } from '@dograh/shared';

/**
 * A variable may have the name of another field, so its key gets a prefix. Zapier gives dots and double underscores
 * its own meaning, so a key has only letters, digits, single underscores and `$`.
 * `company.name` becomes `variable$company$name`.
 */
const PREFIX = 'variable$';

export function toVariableKey(name: string): string {
  const escaped = name.replace(/(?<=_)_|[^A-Za-z0-9_]/gu, (sign) =>
    sign === '.' ? '$' : `$$${(sign.codePointAt(0) ?? 0).toString(16)}$`,
  );
  return `${PREFIX}${escaped}`;
}

/** @returns the variable's name, or undefined if the field is not a variable's */
function parseVariableKey(key: string): string | undefined {
  if (!key.startsWith(PREFIX)) return undefined;
  return key
    .slice(PREFIX.length)
    .replace(/\$\$([0-9a-f]{1,5}|10[0-9a-f]{4})\$|\$/g, (_sign, code?: string) =>
      code === undefined ? '.' : String.fromCodePoint(parseInt(code, 16)),
    );
}

/**
 * The variables among the values of a form, by their names. Empty fields are left out, so that they do not replace other
 * values.
 */
export function variablesIn(input: object): Record<string, unknown> {
  const filled = Object.entries(input).flatMap(([key, value]: [string, unknown]) => {
    const name = parseVariableKey(key);
    return name === undefined || isBlank(value) ? [] : [[name, value] as const];
  });
  return Object.fromEntries(filled);
}
