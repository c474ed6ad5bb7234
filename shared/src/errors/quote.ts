const LONGEST = 80;

/** A user's own value inside a sentence: quoted, on one line, and never longer than a screen. */
export function quote(value: unknown): string {
  return JSON.stringify(cut(textOf(value), LONGEST));
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
