const MAX_QUOTE_LENGTH = 80;
/** Characters that a reader does not see, or takes for a space. */
const INVISIBLE = /([\p{Cc}\p{Cf}\p{Cs}]|(?! )\p{Z})/u;

/**
 * A user's value inside a sentence, on one line and never longer than a screen. Text is in quotes, but an invisible
 * character is named: `"+49" U+061C "30"`. A list or an object is only called so.
 */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = cut(textOf(value), MAX_QUOTE_LENGTH);
  if (!INVISIBLE.test(text)) return JSON.stringify(text);
  const parts = text.split(INVISIBLE).filter((part) => part !== '');
  return parts
    .map((part) => (INVISIBLE.test(part) ? codePoint(part) : JSON.stringify(part)))
    .join(' ');
}

/**
 * Text of at most `maxLength` characters, with … after a cut. In front of it, the API key's redaction finds the
 * beginning of a key.
 */
export function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return `${text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '')}…`;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
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
