import type { Bundle } from 'zapier-platform-core';

const ITEMS_PER_PAGE = 100;

/** The items on the page that Zapier asks for. It counts pages from 0. Its command line may leave the page out. */
export function onPage<T>(
  items: readonly T[],
  { meta }: { readonly meta?: Partial<Bundle['meta']> },
): readonly T[] {
  const start = (meta?.page ?? 0) * ITEMS_PER_PAGE;
  return items.slice(start, start + ITEMS_PER_PAGE);
}
