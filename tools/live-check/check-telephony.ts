import type { DograhClient } from '@dograh/shared';
import { notTried, works } from './finding';
import type { Check } from './report';

export function telephonyCheck(client: DograhClient): Check<undefined> {
  return {
    name: 'telephony',
    expected: 'the list of telephony configurations',
    run: async () => {
      const configurations = await client.listTelephonyConfigurations();
      const usable = configurations.filter(({ unusable }) => unusable === null).length;
      if (usable === 0) {
        return notTried(
          'No telephony configuration can call. Connect a provider in Dograh under Telephony.',
        );
      }
      return works(`Telephony configurations: ${configurations.length}. Ready to call: ${usable}.`);
    },
  };
}
