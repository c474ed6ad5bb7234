import { configurationChoice } from '@dograh/shared';
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { connect } from '../../host/client';
import { withDefault } from './default-choice';
import { shownInMessage } from './shown';

/** The telephony configurations to choose from; those that cannot place calls are there with the reason. */
export async function getTelephonyConfigurations(
  this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
  const client = await connect(this).catch(shownInMessage(this));
  const configurations = await client.listTelephonyConfigurations().catch(shownInMessage(this));
  return withDefault(
    'The default one of Dograh, or the oldest other one where that cannot place calls',
    configurations.map(configurationChoice),
  );
}
