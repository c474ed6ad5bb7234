/**
 * The keys of the fields for an agent's variables. A variable may have the name of another field of the action, and
 * dots, which Zapier takes for something else; so each key has a prefix and nothing in it but letters, digits, single
 * underscores and `$`. `company.name` becomes `variable$company$name`.
 */
const PREFIX = 'variable$';

export function keyOfVariable(name: string): string {
  const escaped = name.replace(/(?<=_)_|[^A-Za-z0-9_]/gu, (sign) =>
    sign === '.' ? '$' : `$$${(sign.codePointAt(0) ?? 0).toString(16)}$`,
  );
  return `${PREFIX}${escaped}`;
}

/** Undefined for the key of any other field. */
export function variableOfKey(key: string): string | undefined {
  if (!key.startsWith(PREFIX)) return undefined;
  return key
    .slice(PREFIX.length)
    .replace(/\$\$([0-9a-f]{1,5}|10[0-9a-f]{4})\$|\$/g, (_sign, code?: string) =>
      code === undefined ? '.' : String.fromCodePoint(parseInt(code, 16)),
    );
}
