import { configurationChoice } from '@dograh/shared';
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { loadList } from '../../host/load-list';
import { withDefault } from './default-choice';

/** All telephony configurations. Those that cannot place calls show the reason. */
export async function getTelephonyConfigurations(
  this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
  const configurations = await loadList(this, (client) => client.listTelephonyConfigurations());
  return withDefault(
    'The default configuration in Dograh. If it cannot place calls, the oldest one that can.',
    configurations.map(configurationChoice),
  );
}
