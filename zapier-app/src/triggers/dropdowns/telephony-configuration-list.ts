import { configurationChoice } from '@dograh/shared';
import { defineTrigger, type Bundle, type ZObject } from 'zapier-platform-core';
import { dograhClient } from '../../host/client';
import { inForm } from '../../host/errors';
import { MAX_REQUEST_MS } from '../../host/time-limits';
import { dropdownItem } from './dropdown-item';

async function perform(z: ZObject, bundle: Bundle) {
  const configurations = await inForm(z, async () =>
    dograhClient(z, bundle, MAX_REQUEST_MS.fillForm).listTelephonyConfigurations(),
  );
  return configurations.map(configurationChoice).map(dropdownItem);
}

/** What calls can go out through; what cannot place calls is there with the reason. */
export const telephonyConfigurationList = defineTrigger({
  key: 'telephony_configuration_list',
  noun: 'Telephony Configuration',
  display: {
    label: 'List Telephony Configurations',
    description: 'Triggers when the list of telephony configurations is shown in a dropdown.',
    hidden: true,
  },
  operation: { type: 'polling', perform },
});
