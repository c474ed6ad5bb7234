import { setTimeout as delay } from 'node:timers/promises';
import { askedIn, hideRuns } from '../behaviour/call-requests';
import { hurryWaits } from '../support/host-time';
import { createWorld, startSimulator, type Simulator } from '../../tools/simulator';
import type { INodeParameters } from 'n8n-workflow';
import { agentBy, callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeOutcome, type NodeRun } from '../../tools/hosts/n8n/engine';
import { shownBy } from '../../tools/hosts/n8n/host';

hurryWaits();

const GOOD = ['+14155550121', '+14155550122'];
const BAD = '+1415';
const LEAD_QUALIFIER = createWorld().agents.leadQualifier.uuid;

describe('a node that n8n runs again', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(() => simulator.stop());

  const run = (phones: readonly string[], node: Partial<NodeRun> = {}): Promise<NodeOutcome> =>
    runDograhNode({
      parameters: callForm({ phoneNumber: '={{ $json.phone }}' }),
      credentials: credentialsFor(simulator),
      items: phones.map((phone) => ({ phone })),
      ...node,
    });
  const thrice = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } as const;
  const answerIsLost = (): void => {
    simulator.faults.add({
      on: 'call',
      fault: { kind: 'reset', callPlaced: true, moment: 'after-placing' },
    });
  };
  const dialed = (): string[] => simulator.calls.map(({ phoneNumber }) => phoneNumber);

  it('does not call the items again that succeeded before', async () => {
    const { error } = await run([...GOOD, BAD], { settings: thrice });

    expect(error?.message).toMatch(/too short/);
    expect(dialed()).toEqual(GOOD);
  });

  it('outputs the results of both attempts when all items have succeeded', async () => {
    simulator.faults.add({
      on: 'call',
      fault: { kind: 'latency', callPlaced: true, ms: 0, delayed: 'answer' },
    });
    simulator.faults.add({
      on: 'call',
      fault: {
        kind: 'status',
        callPlaced: false,
        status: 402,
        body: { detail: 'Out of credit' },
      },
    });
    const { status, outputs } = await run(GOOD, { settings: thrice });

    expect(status).toBe('success');
    expect(outputs[0]?.map(({ json }) => json['workflow_run_id'])).toEqual(
      simulator.calls.map(({ runId }) => runId),
    );
    expect(dialed()).toEqual(GOOD);
  });

  it('does not call again when it continues after a failed first item', async () => {
    const { outputs } = await run([BAD, ...GOOD], {
      settings: { ...thrice, onError: 'continueRegularOutput' },
    });

    expect(outputs[0]).toHaveLength(3);
    expect(dialed()).toEqual(GOOD);
  });

  it('outputs the earlier result even if the agent can no longer be read', async () => {
    const { uuid } = simulator.world.agents.leadQualifier;
    simulator.onRequest(() => {
      if (simulator.callRequests.length === 0) return;
      simulator.faults.add({
        on: 'agents',
        fault: { kind: 'status', callPlaced: false, status: 500 },
        times: Infinity,
      });
    });
    const { outputs } = await runDograhNode({
      parameters: callForm({
        agent: agentBy('agentUuid', `={{ "${uuid}" }}`),
        phoneNumber: '={{ $json.phone }}',
        contextMode: 'mapped',
        contextMapping: { mappingMode: 'autoMapInputData', value: null, schema: [] },
      }),
      credentials: credentialsFor(simulator),
      items: [BAD, ...GOOD.slice(0, 1)].map((phone) => ({ phone, first_name: 'Ann' })),
      settings: { ...thrice, onError: 'continueRegularOutput' },
    });

    expect(dialed()).toEqual(GOOD.slice(0, 1));
    expect(outputs[0]?.[1]?.json).toMatchObject({ status: 'initiated', phone_number: GOOD[0] });
  });

  it('does not call again after an unclear call, and says so each time', async () => {
    answerIsLost();
    hideRuns(simulator);
    const outcome = await run(GOOD.slice(0, 1), { settings: thrice });

    expect(shownBy(outcome)).toMatch(/It is not known whether \+14155550121 is being called/);
    expect(simulator.callRequests).toHaveLength(1);
  });

  it('finds the run in the next try if the first search found none', async () => {
    answerIsLost();
    const runsListed = (): number => simulator.requests.length - simulator.callRequests.length;
    hideRuns(simulator);
    const stopListening = simulator.onRequest(() => {
      if (runsListed() === 4) simulator.faults.clear();
    });
    const { status, outputs } = await run(GOOD.slice(0, 1), { settings: thrice });
    stopListening();

    expect(status).toBe('success');
    expect(outputs[0]?.[0]?.json).toMatchObject({
      workflow_run_id: simulator.calls[0]?.runId,
      recovered: true,
    });
    expect(simulator.callRequests).toHaveLength(1);
  });

  it('still treats a call as unclear after it found the calls of other items', async () => {
    const phones = [...GOOD, '+14155550123'];
    answerIsLost();
    answerIsLost();
    simulator.faults.add({
      on: 'call',
      fault: { kind: 'reset', callPlaced: false, moment: 'after-reading' },
    });
    const runsListed = (): number => simulator.requests.length - simulator.callRequests.length;
    simulator.faults.add({
      on: 'runs',
      fault: { kind: 'status', callPlaced: false, status: 503 },
      times: 12,
    });
    const outcome = await run(phones, {
      parameters: callForm({ phoneNumber: '={{ $json.phone }}', options: { concurrency: 3 } }),
      settings: { ...thrice, maxTries: 4 },
    });

    const asked = simulator.callRequests.map((request) => askedIn(request)['phone_number']);
    expect(shownBy(outcome)).toMatch(/It is not known whether \+14155550123 is being called/);
    expect(runsListed()).toBeGreaterThan(12);
    expect(asked.toSorted()).toEqual(phones);
  });

  it('calls another item with the same number after the first call was found', async () => {
    answerIsLost();
    const runsListed = (): number => simulator.requests.length - simulator.callRequests.length;
    hideRuns(simulator);
    const stopListening = simulator.onRequest(() => {
      if (runsListed() === 4) simulator.faults.clear();
    });
    const { status } = await run(['+14155550121', '+14155550121'], { settings: thrice });
    stopListening();

    expect(status).toBe('success');
    expect(dialed()).toEqual(['+14155550121', '+14155550121']);
  });

  it('does not list a skipped item as placed', async () => {
    const parameters = callForm({
      phoneNumber: '={{ $json.phone }}',
      options: { callReference: '{{ $json.phone }}', skipIfCalledWithin: 24 },
    });
    await run(GOOD.slice(0, 1), { parameters });
    const outcome = await run([GOOD[0] ?? '', BAD], { parameters });

    expect(shownBy(outcome)).toMatch(/too short/);
    expect(shownBy(outcome)).not.toMatch(/Already placed/);
  });

  it('names the unclear call that prevents another call to the same number', async () => {
    answerIsLost();
    hideRuns(simulator);
    const { outputs } = await run(['+14155550121', '+14155550121'], {
      settings: { onError: 'continueRegularOutput' },
    });

    expect(outputs[0]?.[1]?.json).toMatchObject({
      error: expect.stringMatching(
        /^This call was not sent, because item 0 has the same number and its call may have been placed/,
      ),
    });
    expect(simulator.callRequests).toHaveLength(1);
  });

  it('calls once for one call reference, in any number of executions', async () => {
    const once = callForm({
      phoneNumber: '={{ $json.phone }}',
      options: { callReference: 'lead-{{ $json.phone }}', skipIfCalledWithin: 24 },
    });
    await run(GOOD, { parameters: once, settings: thrice });
    const { outputs } = await run(GOOD, { parameters: once, settings: thrice });

    expect(outputs[0]?.map(({ json }) => json['skipped'])).toEqual([true, true]);
    expect(dialed()).toEqual(GOOD);
  });

  it('calls the same number again for another item', async () => {
    await run(['+14155550121', '+14155550121'], { settings: thrice });

    expect(dialed()).toEqual(['+14155550121', '+14155550121']);
  });

  it('calls again in another execution', async () => {
    await run(GOOD);
    await run(GOOD);

    expect(dialed()).toEqual([...GOOD, ...GOOD]);
  });

  it('stores no calls when all items have succeeded', async () => {
    const { data } = await run(GOOD, { settings: thrice });

    expect(data.executionData?.contextData).toEqual({
      flow: {
        dograhCalls: {
          nodes: [
            { id: 'dograh', name: 'Dograh', isTool: false, calls: [], ended: expect.any(Object) },
          ],
          connections: [expect.any(Object)],
        },
      },
    });
  });

  describe('by hand, from the list of executions', () => {
    it('calls only the remaining items', async () => {
      simulator.faults.add({
        on: 'call',
        fault: { kind: 'latency', callPlaced: true, ms: 0, delayed: 'answer' },
      });
      simulator.faults.add({
        on: 'call',
        fault: {
          kind: 'status',
          callPlaced: false,
          status: 402,
          body: { detail: 'Out of credit' },
        },
      });
      const failed = await run(GOOD);
      expect(failed.error?.message).toMatch(/Out of credit/);

      const { status, outputs } = await run([], { retryOf: failed });

      expect(status).toBe('success');
      expect(outputs[0]).toHaveLength(2);
      expect(dialed()).toEqual(GOOD);
    });

    it.each<[string, INodeParameters]>([
      [
        'the phone expression was cleaned up',
        { phoneNumber: '={{ $json.phone.replace("+1", "+1 ") }}' },
      ],
      ['the agent is chosen in another way', { agent: agentBy('agentUuid', LEAD_QUALIFIER) }],
      ['the version of the agent was changed', { environment: 'test' }],
      [
        'the number format was changed to Any Destination',
        {
          phoneNumber: '={{ $json.phone.replace("+1", "+1 ") }}',
          options: { numberFormat: '={{ $json.phone.length > 6 ? "any" : "e164" }}' },
        },
      ],
    ])('does not call the same number again after %s', async (_, fields) => {
      const failed = await run([GOOD[0] ?? '', BAD]);
      const { error } = await run([], {
        retryOf: failed,
        parameters: callForm({ phoneNumber: '={{ $json.phone }}', ...fields }),
      });

      expect(error?.message).toMatch(/too short/);
      expect(dialed()).toEqual(GOOD.slice(0, 1));
    });

    it('calls the corrected number of an item', async () => {
      const failed = await run([GOOD[0] ?? '', BAD]);
      await run([], { retryOf: failed, parameters: callForm({ phoneNumber: GOOD[1] ?? '' }) });

      expect(dialed()).toEqual([GOOD[0], GOOD[1], GOOD[1]]);
    });

    it('calls again after an unclear call, because the person has checked it', async () => {
      simulator.faults.add({
        on: 'call',
        fault: { kind: 'reset', callPlaced: false, moment: 'after-reading' },
      });
      const failed = await run(GOOD.slice(0, 1));
      const { status } = await run([], { retryOf: failed });

      expect(status).toBe('success');
      expect(dialed()).toEqual(GOOD.slice(0, 1));
    });

    it('places no call while the search for the unclear call fails', async () => {
      answerIsLost();
      hideRuns(simulator);
      const failed = await run(GOOD.slice(0, 1));
      const again = await run([], { retryOf: failed });

      expect(shownBy(again)).toMatch(/not known whether[^]*list of runs failed/);
      expect(dialed()).toEqual(GOOD.slice(0, 1));
    });

    it('finds both of two lost calls to one number', async () => {
      answerIsLost();
      answerIsLost();
      hideRuns(simulator);
      const parameters = callForm({
        phoneNumber: '={{ $json.phone }}',
        options: { concurrency: 2 },
      });
      const failed = await run([GOOD[0] ?? '', GOOD[0] ?? ''], { parameters });
      simulator.faults.clear();
      const { outputs } = await run([], { parameters, retryOf: failed });

      const runIds = outputs[0]?.map(({ json }) => json['workflow_run_id']);
      expect(new Set(runIds)).toEqual(new Set(simulator.calls.map(({ runId }) => runId)));
      expect(simulator.callRequests).toHaveLength(2);
    });

    it('calls an item again after its run turned out to be not dialed', async () => {
      const [unreachable = ''] = simulator.world.unreachableNumbers;
      simulator.faults.add({ on: 'call', fault: { kind: 'cut-off', callPlaced: true } });
      hideRuns(simulator);
      const unclear = await run([unreachable]);
      simulator.faults.clear();
      const known = await run([], { retryOf: unclear });
      expect(shownBy(known)).toMatch(/Dograh could not dial/);
      simulator.world.unreachableNumbers.length = 0;
      const { status } = await run([], { retryOf: known });

      expect(status).toBe('success');
      expect(dialed()).toEqual([unreachable]);
    });

    it('searches again first and does not call if it finds the run', async () => {
      answerIsLost();
      hideRuns(simulator);
      const failed = await run(GOOD.slice(0, 1));
      simulator.faults.clear();
      const { outputs } = await run([], { retryOf: failed });

      expect(outputs[0]?.[0]?.json).toMatchObject({ recovered: true });
      expect(dialed()).toEqual(GOOD.slice(0, 1));
    });
  });
});

describe('a stopped execution', () => {
  it.each(['stopWorkflow', 'continueRegularOutput'] as const)(
    'places no more calls and waits for no response, with onError %s',
    async (onError) => {
      const simulator = await startSimulator();
      simulator.faults.add({ on: 'call', fault: { kind: 'silence', callPlaced: false } });
      const outcome = await runDograhNode({
        parameters: callForm(),
        credentials: credentialsFor(simulator),
        items: [{}, {}, {}],
        settings: { onError },
        stopWhen: firstRequestTo(simulator),
      });
      await simulator.stop();

      expect(outcome.status).toBe('canceled');
      expect(simulator.requests).toHaveLength(1);
    },
  );
});

async function firstRequestTo(simulator: Simulator): Promise<void> {
  while (simulator.requests.length === 0) await delay(5);
}
