import { configurationChoice } from '@dograh/shared';
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { loadList } from '../../host/load-list';
import { withDefault } from './default-choice';

/** The telephony configurations to choose from; those that cannot place calls are there with the reason. */
export async function getTelephonyConfigurations(
  this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
  const configurations = await loadList(this, (client) => client.listTelephonyConfigurations());
  return withDefault(
    'The default one of Dograh, or the oldest other one where that cannot place calls',
    configurations.map(configurationChoice),
  );
}
