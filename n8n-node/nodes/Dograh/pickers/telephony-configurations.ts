import { configurationChoice } from '@dograh/shared';
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { withDefault } from './default-choice';
import { loadListOfOption } from './load-list-of-option';

/** All telephony configurations. Those that cannot place calls show the reason. */
export async function getTelephonyConfigurations(
  this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
  const configurations = await loadListOfOption(this, (client) =>
    client.listTelephonyConfigurations(),
  );
  return withDefault(
    'The default configuration in Dograh. If it cannot place calls, the oldest one that can.',
    configurations.map(configurationChoice),
  );
}
