import type { CallInput } from '@dograh/shared';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { rejectionOf } from '../../support/refusal';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  simulator.reset();
});
afterEach(() => {
  expect(simulator.callRequests).toEqual([]);
});
afterAll(() => simulator.stop());

const client = () => clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey });
/** A call is only checked, not placed. */
const prepare = async (input: Partial<CallInput>): Promise<unknown> =>
  Promise.resolve().then(() =>
    client().prepare({
      agent: { by: 'triggerId', value: 'lead-qualifier' },
      phoneNumber: '+14155550123',
      ...input,
    }),
  );

const FIELDS: readonly (readonly [string, string, (id: unknown) => Promise<unknown>])[] = [
  ['Get', 'Run ID', (id) => client().getRun(id)],
  ['Get Transcript', 'Run ID', (id) => client().getTranscript(id)],
  ['Download Recording', 'Run ID', (id) => client().openRecording(id, 'mixed')],
  ['Find Call', 'Run ID', (id) => client().findCall({ runId: id })],
  ['a search', 'Run ID', (id) => client().listRuns({ runId: id }).next()],
  ['a dropdown', 'Telephony Configuration', (id) => client().listPhoneNumbers(id)],
  ['the caller IDs', 'Telephony Configuration', (id) => client().listCallerIds(id)],
  [
    'a call',
    'Telephony Configuration',
    (telephonyConfigurationId) => prepare({ telephonyConfigurationId }),
  ],
  [
    'a call',
    'Caller ID (From Phone Number)',
    (fromPhoneNumberId) => prepare({ fromPhoneNumberId }),
  ],
];

describe.each(FIELDS)('in %s, %s', (_where, label, use) => {
  it.each([
    2_147_483_648,
    '2147483648',
    '14155550123',
    14_155_550_123,
    '+14155550123',
    '99999999999999999999',
    '1204.0',
    '1e3',
    '1,204',
    '０１２０４',
    '0',
    '-7',
    1.5,
    2 ** 53,
    'WR-API-1204',
  ])('refuses %p before any request', async (id) => {
    const error = await rejectionOf(use(id));

    expect(error).toMatchObject({ kind: 'InvalidInput', callPlaced: 'no', retryable: false });
    expect(error.message).toBe(
      `${label} must be a whole number from 1 to 2147483647, not "${id}".`,
    );
    expect(error.hint).toMatch(label === 'Run ID' ? /It is not a phone number/ : /from the list/);
    expect(simulator.requests).toEqual([]);
  });
});

describe('a Run ID', () => {
  it.each([(id: number) => id, String, (id: number) => `\t${id}\u200b\u202f`])(
    'may be a number, or pasted text',
    async (pasted) => {
      const { runId } = simulator.addRun();

      expect(await client().getRun(pasted(runId))).toMatchObject({ workflow_run_id: runId });
    },
  );

  it('that is the largest one is searched in Dograh', async () => {
    const error = await rejectionOf(client().getRun('2147483647'));

    expect(error).toMatchObject({ kind: 'NotFound' });
  });
});

describe('a limit', () => {
  it('may be larger than the largest ID, also as pasted text', async () => {
    const { runId } = simulator.addRun();
    const { value } = await client().listRuns({ limit: '2147483648\u200b' }).next();

    expect(value).toMatchObject({ workflow_run_id: runId });
  });
});
