import { configurationChoice } from '@dograh/shared';
import { defineTrigger, type Bundle, type ZObject } from 'zapier-platform-core';
import { dograhClient } from '../../host/client';
import { inEditor } from '../../host/errors';
import { MAX_REQUEST_MS } from '../../host/time-limits';
import { dropdownItem } from './dropdown-item';

async function perform(z: ZObject, bundle: Bundle) {
  const configurations = await inEditor(z, async () =>
    dograhClient(z, bundle, MAX_REQUEST_MS.fillForm).listTelephonyConfigurations(),
  );
  return configurations.map(configurationChoice).map(dropdownItem);
}

/** Lists also configurations that cannot place calls, and says why they cannot. */
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
