import { defineTrigger, type Bundle, type ZObject } from 'zapier-platform-core';
import { dograhClient } from '../../host/client';
import { inEditor } from '../../host/errors';
import { MAX_REQUEST_MS } from '../../host/time-limits';
import type { DropdownItem } from './dropdown-item';
import { onPage } from './on-page';

/** Dograh returns all dispositions in one response, but Zapier shows them in pages. */
async function perform(z: ZObject, bundle: Bundle): Promise<DropdownItem[]> {
  const dispositions = await inEditor(z, async () =>
    dograhClient(z, bundle, MAX_REQUEST_MS.fillForm).listDispositions(),
  );
  return onPage(dispositions, bundle).map((word) => ({ id: word, name: word }));
}

/** Empty if this version of Dograh does not list dispositions. The user can still type them. */
export const dispositionList = defineTrigger({
  key: 'disposition_list',
  noun: 'Disposition',
  display: {
    label: 'List Dispositions',
    description: 'Triggers when the list of dispositions is shown in a dropdown.',
    hidden: true,
  },
  operation: { type: 'polling', canPaginate: true, perform },
});
