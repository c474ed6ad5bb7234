import { callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeRun } from '../../tools/hosts/n8n/engine';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { setDate, type HostDate } from '../support/host-date';

/** In a retry, items with the same number go one after the other. Meanwhile, they must not stop each other. */

const NEW_YORK = '+12125550123';
const BERLIN = '+4930123456';
const INVALID = '+1415';
let simulator: Simulator;
let date: HostDate;

beforeAll(async () => {
  simulator = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: 1 });
});
beforeEach(() => {
  simulator.reset();
  // 08:30 in New York, 14:30 in Berlin.
  date = setDate('2026-12-01T13:30:00Z');
});
afterEach(() => {
  date.restore();
});
afterAll(() => simulator.stop());

function nodeRun(phones: readonly string[], concurrency: number): NodeRun {
  return {
    parameters: callForm({
      phoneNumber: '={{ $json.phone }}',
      options: {
        callingHours: { values: { from: '09:00', to: '20:00' } },
        onRule: 'wait',
        maxWaitMinutes: 40,
        concurrency,
      },
    }),
    credentials: credentialsFor(simulator),
    items: phones.map((phone) => ({ phone })),
  };
}

describe('a retry with items that wait for the calling hours', () => {
  it.each([
    [[NEW_YORK, NEW_YORK], 1],
    [[NEW_YORK, NEW_YORK, BERLIN], 1],
    [[NEW_YORK, NEW_YORK, NEW_YORK, BERLIN, NEW_YORK], 2],
  ])('calls each item once: %j with Concurrency %i', async (phones, concurrency) => {
    const run = nodeRun([...phones, INVALID], concurrency);
    date.holdWaitsUntil(new Promise(() => undefined));
    const first = await runDograhNode(run);
    const before = simulator.calls.length;
    date.holdWaitsUntil(Promise.resolve());
    const corrected = {
      ...run.parameters,
      phoneNumber: `={{ $json.phone.replace(/^\\${INVALID}$/, '+33142685300') }}`,
    };
    const second = await runDograhNode({ ...run, parameters: corrected, retryOf: first });

    expect(first.status).toBe('error');
    expect(second.status).toBe('success');
    expect(second.outputs[0]?.map(({ json }) => json['phone_number'])).toEqual([
      ...phones,
      '+33142685300',
    ]);
    expect(simulator.calls.map(({ phoneNumber }) => phoneNumber).toSorted()).toEqual(
      [...phones, '+33142685300'].toSorted(),
    );
    expect(before).toBeLessThan(simulator.calls.length);
  });
});
