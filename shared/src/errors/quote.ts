const MAX_QUOTE_LENGTH = 80;

/**
 * A user's own value inside a sentence: quoted, on one line, and never longer than a screen. What may be a list or an
 * object must stand at the beginning, for it is named in plain words.
 */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return 'A list';
  if (typeof value === 'object' && value !== null) return 'An object';
  return JSON.stringify(cut(textOf(value), MAX_QUOTE_LENGTH));
}

/** Not longer than `longest`. By the … the API key is found where only its beginning is left in front of it. */
export function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
    case 'bigint':
      return value.toString();
    default:
      return value === null ? 'null' : typeof value;
  }
}
