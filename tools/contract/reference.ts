import { isRecord, type JsonRecord } from './json';

/** Follows a `$ref` inside the document, if there is one. Fields beside the `$ref` win over fields of its target. */
export function resolveReference(document: unknown, value: unknown): JsonRecord {
  const followed = new Set<string>();
  let at = isRecord(value) ? value : {};
  for (;;) {
    const { $ref: reference, ...beside } = at;
    if (typeof reference !== 'string') return at;
    if (followed.has(reference)) throw new Error(`${reference} refers to itself.`);
    followed.add(reference);
    at = { ...target(document, reference), ...beside };
  }
}

function target(document: unknown, reference: string): JsonRecord {
  if (!reference.startsWith('#/')) {
    throw new Error(`${reference} points outside of the document, which is not supported.`);
  }
  const keys = reference.slice(2).split('/').map(unescapePointer);
  const found = keys.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), document);
  if (!isRecord(found)) throw new Error(`${reference} does not exist in the document.`);
  return found;
}

function unescapePointer(key: string): string {
  return decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~');
}
