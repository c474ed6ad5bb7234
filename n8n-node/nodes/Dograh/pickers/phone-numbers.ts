import { InvalidInputError, phoneNumberChoice, type DograhClient } from '@dograh/shared';
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { loadList } from '../../host/load-list';
import { chosenId, withDefault } from './default-choice';

/** The numbers of the chosen telephony configuration; where none is chosen, of the one that will dial. */
export async function getPhoneNumbers(
  this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
  return await loadList(this, (client) => numbersToChoose(client, this));
}

async function numbersToChoose(
  client: DograhClient,
  context: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
  const { numbers, ofDefault } = await client.listCallerIds(chosenConfiguration(context));
  const ofNone =
    ofDefault === null
      ? 'Left to the telephony configuration'
      : `Left to ${ofDefault.name}, the telephony configuration that calls while none is chosen. The numbers below are its own.`;
  return withDefault(ofNone, numbers.map(phoneNumberChoice));
}

/** Undefined where none is chosen. */
function chosenConfiguration(context: ILoadOptionsFunctions): unknown {
  // n8n hands over null for options in which an expression cannot be worked out yet.
  if (context.getCurrentNodeParameter('options') !== null) {
    return chosenId(context.getCurrentNodeParameter('options.telephonyConfigurationId'));
  }
  throw new InvalidInputError({
    message:
      'The telephony configuration is not known yet, because an expression in the options cannot be worked out.',
    hint: 'Run the nodes before this one first, or give the ID of the phone number with an expression.',
  });
}
