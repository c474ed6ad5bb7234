import type { DograhClient } from '@dograh/shared';
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { loadList } from '../../host/load-list';
import { optionNamer, rewordHintOf } from '../execution/option-names';
import { callOptions } from '../resources/call/call-options';

/** Loads the entries of an option's list. An error calls other options by their names in the form. */
export async function loadListOfOption<T>(
  context: ILoadOptionsFunctions,
  load: (client: DograhClient) => Promise<T>,
): Promise<T> {
  return await loadList(context, (client) =>
    load(client).catch((error: unknown) => {
      throw rewordHintOf(error, optionNamer([callOptions]));
    }),
  );
}
