/** One `{{variable}}` in a text of an agent. */
export interface Placeholder {
  /** As it is written, with its dots. */
  readonly path: string;
  /** What stands there when the value is missing or empty; null where nothing was given. */
  readonly fallback: string | null;
}

/** Dograh's own pattern: path, then what stands behind the |, then what stands behind the colon in there. */
const PLACEHOLDER = /\{\{\s*([^|\s}]+)(?:\s*\|\s*([^:}]+)(?::([^}]+))?)?\s*\}\}/g;

export function placeholdersIn(text: string): Placeholder[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, ...groups]) => placeholderOf(groups));
}

/** The text with every placeholder replaced. */
export function replacePlaceholders(text: string, value: (of: Placeholder) => string): string {
  return text.replace(PLACEHOLDER, (_whole, ...groups: (string | undefined)[]) =>
    value(placeholderOf(groups)),
  );
}

function placeholderOf([path = '', filter, argument]: (string | undefined)[]): Placeholder {
  return { path, fallback: fallbackOf(path, filter?.trim(), argument?.trim()) };
}

/** `{{name | text}}`, the older `{{name | fallback:text}}`, and `{{name | fallback}}`, which gives the name itself. */
function fallbackOf(
  path: string,
  filter: string | undefined,
  argument: string | undefined,
): string | null {
  if (filter === undefined) return null;
  if (filter === 'fallback') return argument ?? titleCase(path);
  return filter;
}

/** As Python writes titles: every run of letters by itself. */
function titleCase(text: string): string {
  return text.replace(
    /\p{L}+/gu,
    (word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase(),
  );
}
