import { InvalidInputError, phoneNumberChoice, type DograhClient } from '@dograh/shared';
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { chosenId, withDefault } from './default-choice';
import { loadListOfOption } from './load-list-of-option';

/** The numbers of the chosen telephony configuration, or of the default one. */
export async function getPhoneNumbers(
  this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
  return await loadListOfOption(this, (client) => numbersToChoose(client, this));
}

async function numbersToChoose(
  client: DograhClient,
  context: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
  const { numbers, ofDefault } = await client.listCallerIds(chosenConfiguration(context));
  const whenDefault =
    ofDefault === null
      ? 'Dograh chooses a number of the telephony configuration'
      : `Dograh chooses a number of ${ofDefault.name}, the telephony configuration that is used by default. This list shows its numbers.`;
  return withDefault(whenDefault, numbers.map(phoneNumberChoice));
}

/** Undefined if Default is chosen. */
function chosenConfiguration(context: ILoadOptionsFunctions): unknown {
  // n8n gives null if an expression in the options cannot be evaluated yet.
  if (context.getCurrentNodeParameter('options') !== null) {
    return chosenId(context.getCurrentNodeParameter('options.telephonyConfigurationId'));
  }
  throw new InvalidInputError({
    message:
      'The telephony configuration is unknown, because an expression in the options cannot be evaluated yet.',
    hint: 'Run the nodes before this one first. Or enter the ID of the phone number as an expression.',
  });
}
