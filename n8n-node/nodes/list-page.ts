const ENTRIES_PER_PAGE = 100;

/** A page of a list in the form. n8n asks for the next page with the token. */
export function listPage<T>(
  entries: readonly T[],
  paginationToken: string,
): { readonly shown: readonly T[]; readonly next: { readonly paginationToken?: string } } {
  const start = Number(paginationToken);
  const end = start + ENTRIES_PER_PAGE;
  return {
    shown: entries.slice(start, end),
    next: end < entries.length ? { paginationToken: String(end) } : {},
  };
}
