import type { Bundle } from 'zapier-platform-core';

/** Whether Zapier loads samples or fills a dropdown while a user edits the Zap. */
export function isInEditor({ meta }: Partial<Pick<Bundle, 'meta'>>): boolean {
  return meta?.isLoadingSample === true || meta?.isFillingDynamicDropdown === true;
}
