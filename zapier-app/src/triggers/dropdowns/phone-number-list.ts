import { phoneNumberChoice } from '@dograh/shared';
import { defineTrigger, type Bundle, type ZObject } from 'zapier-platform-core';
import { dograhClient } from '../../host/client';
import { inEditor } from '../../host/errors';
import { MAX_REQUEST_MS } from '../../host/time-limits';
import { dropdownItem } from './dropdown-item';

async function perform(z: ZObject, bundle: Bundle) {
  const { telephony_configuration_id: configuration } = bundle.inputData;
  const { numbers } = await inEditor(z, async () =>
    dograhClient(z, bundle, MAX_REQUEST_MS.fillForm).listCallerIds(configuration),
  );
  return numbers.map(phoneNumberChoice).map(dropdownItem);
}

/** Lists the numbers of the chosen telephony configuration, or of the one that dials by default. */
export const phoneNumberList = defineTrigger({
  key: 'phone_number_list',
  noun: 'Phone Number',
  display: {
    label: 'List Phone Numbers',
    description: 'Triggers when the list of your own phone numbers is shown in a dropdown.',
    hidden: true,
  },
  operation: { type: 'polling', perform },
});
