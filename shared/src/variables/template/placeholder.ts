/** One `{{variable}}` in a text of an agent. */
export interface Placeholder {
  /** With its dots, as in the text. */
  readonly path: string;
  /** Used if the value is missing or empty; null if there is none. */
  readonly fallback: string | null;
}

/**
 * The placeholders of a text by Dograh's own pattern,
 * `\{\{\s*([^|\s}]+)(?:\s*\|\s*([^:}]+)(?::([^}]+))?)?\s*\}\}`. They are parsed by hand because that pattern takes
 * minutes on some texts and would block the process.
 */
export function placeholdersIn(text: string): Placeholder[] {
  return spansIn(text).map(({ placeholder }) => placeholder);
}

/** The text with every placeholder replaced. */
export function replacePlaceholders(text: string, value: (of: Placeholder) => string): string {
  let replaced = '';
  let done = 0;
  for (const { start, end, placeholder } of spansIn(text)) {
    replaced += text.slice(done, start) + value(placeholder);
    done = end;
  }
  return replaced + text.slice(done);
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly placeholder: Placeholder;
}

/** A placeholder contains no closing brace, so each one lies between two of them. */
function spansIn(text: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (;;) {
    const close = text.indexOf('}', from);
    if (close < 0) return spans;
    const isDouble = text[close + 1] === '}';
    const found = isDouble ? findPlaceholder(text.slice(from, close)) : undefined;
    if (found !== undefined) {
      spans.push({ ...found, start: from + found.start, end: close + 2 });
    }
    from = close + (found === undefined ? 1 : 2);
  }
}

/** The placeholder that ends with the text; if there are several, the one that starts first. */
function findPlaceholder(segment: string): Pick<Span, 'start' | 'placeholder'> | undefined {
  for (let from = 0; from <= segment.length; ) {
    const bar = segment.indexOf('|', from);
    const end = bar < 0 ? segment.length : bar;
    const opened = parseStart(segment.slice(from, end));
    const rest = bar < 0 ? { fallback: null } : parseFallback(segment.slice(end + 1), opened?.path);
    if (opened !== undefined && rest !== undefined) {
      const placeholder = { path: opened.path, fallback: rest.fallback };
      return { start: from + opened.start, placeholder };
    }
    from = end + 1;
  }
  return undefined;
}

/** `{{`, optional spaces, and a path without spaces, at the end of a text. */
function parseStart(head: string): { readonly start: number; readonly path: string } | undefined {
  const text = trimEnd(head);
  let word = text.length;
  while (word > 0 && !SPACE.test(text.charAt(word - 1))) word -= 1;
  const before = trimEnd(text.slice(0, word));
  if (word < text.length && word > before.length && before.endsWith('{{')) {
    return { start: before.length - 2, path: text.slice(word) };
  }
  const start = text.indexOf('{{', word);
  const path = start < 0 ? '' : text.slice(start + 2);
  return path === '' ? undefined : { start, path };
}

/** The fallback behind the bar; undefined if the grammar does not allow the text. */
function parseFallback(rest: string, path = ''): { readonly fallback: string } | undefined {
  const colon = rest.indexOf(':');
  const filter = colon < 0 ? rest : rest.slice(0, colon);
  const argument = colon < 0 ? undefined : rest.slice(colon + 1);
  if (filter === '' || argument === '') return undefined;
  return {
    fallback: fallbackOf(path, trim(filter), argument === undefined ? undefined : trim(argument)),
  };
}

/** `{{name | text}}`, the older `{{name | fallback:text}}`, and `{{name | fallback}}`, which shows the name itself. */
function fallbackOf(path: string, filter: string, argument: string | undefined): string {
  if (filter === 'fallback') return argument ?? titleCase(path);
  return filter;
}

/** Python's `title()`: it changes each group of letters by itself. */
function titleCase(text: string): string {
  return text.replace(
    /\p{L}+/gu,
    (word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase(),
  );
}

/** Python's spaces. JavaScript's have a byte order mark, too, but not some control characters. */
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && SPACE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function trim(text: string): string {
  let start = 0;
  while (start < text.length && SPACE.test(text.charAt(start))) start += 1;
  return trimEnd(text.slice(start));
}
