import { closedPort } from '../../../tools/support/servers';
import { nobodyAt } from '../wire/destination';
import { startSleepingServer } from '../wire/sleeping-server';
import { INTERRUPTED, TIMED_OUT, type Situation } from './situation';

const UNKNOWN = { ...INTERRUPTED, code: /^UNKNOWN$/ };

/** The connection fails. */
export const unreachable: readonly Situation[] = [
  {
    name: 'a port at which nothing listens',
    start: async () => nobodyAt(await closedPort()),
    outcome: { fault: 'refused', sent: 'no', code: /^ECONNREFUSED$/, read: 'nothing' },
  },
  {
    name: 'a name without an address',
    start: () => Promise.resolve(nobodyAt('https://dograh.invalid')),
    outcome: {
      fault: 'unresolvable',
      sent: 'no',
      code: /^(ENOTFOUND|EAI_AGAIN)$/,
      read: 'nothing',
    },
  },
  {
    name: 'connecting takes longer than the time limit',
    start: startSleepingServer,
    outcome: { ...TIMED_OUT, read: 'nothing' },
  },
  {
    name: 'an invalid address',
    start: () => Promise.resolve(nobodyAt('http://127.0.0.1:99999')),
    // If a key is sent, n8n refuses the address before its HTTP library does.
    request: { credential: 'none' },
    outcome: { fault: 'invalid-request', sent: 'no', code: /^ERR_INVALID_URL$/, read: 'nothing' },
    // Errors that are not from axios count as unknown. In Jest, so do Node's own errors below Zapier's core.
    except: { axios: UNKNOWN, Zapier: UNKNOWN },
  },
];
