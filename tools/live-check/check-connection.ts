import type { DograhClient } from '@dograh/shared';
import { works } from './finding';
import type { Check } from './report';

export function connectionCheck(client: DograhClient): Check<true> {
  return {
    name: 'connection',
    expected: 'a Dograh that accepts the key',
    run: async () => {
      const { host, organizationId } = await client.checkConnection();
      const organization = organizationId === null ? '' : ` of organization ${organizationId}`;
      return works(`${host} accepts the key${organization}.`, true);
    },
  };
}
