const LONGEST = 80;

/** A user's own value inside a sentence: quoted, on one line, and never longer than a screen. */
export function quote(value: unknown): string {
  const text = textOf(value);
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
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
