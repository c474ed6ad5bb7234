import { cleanText } from '@dograh/shared';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { loadList } from './host/load-list';
import { listPage } from './list-page';

/** The dispositions that contain the typed text. None if this version of Dograh does not list them. */
export async function searchDispositions(
  this: ILoadOptionsFunctions,
  typed = '',
  paginationToken = '0',
): Promise<INodeListSearchResult> {
  const dispositions = await loadList(this, (client) => client.listDispositions());
  const wanted = cleanText(typed).toLowerCase();
  const found = dispositions.filter((word) => word.toLowerCase().includes(wanted));
  const { shown, next } = listPage(found, paginationToken);
  return { results: shown.map((word) => ({ name: word, value: word })), ...next };
}
