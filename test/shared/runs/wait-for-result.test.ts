import type { RunResult, WaitForResultOptions } from '@dograh/shared';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';
import { rejectionOf } from '../../support/refusal';
import { placeCall } from '../../support/place-call';

const MINUTE = 60_000;
const PATIENCE: WaitForResultOptions = {
  timeoutMs: 15 * MINUTE,
  pollMs: 15_000,
  onTimeout: 'fail',
  forTranscript: false,
};
const UNAVAILABLE = { kind: 'status', callPlaced: false, status: 503 } as const;
/** A random number for the latest possible first check. */
const AT_THE_LATEST = 0.9999;
let simulator: Simulator;

beforeAll(async () => {
  // The tests decide when a call ends.
  simulator = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: Infinity });
});
beforeEach(() => {
  simulator.reset();
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
});
afterAll(() => simulator.stop());

/** Places a call and waits. `onWait` is called during each pause, with its number. */
async function wait(
  onWait: (count: number) => unknown,
  { patience = PATIENCE, signal }: { patience?: WaitForResultOptions; signal?: AbortSignal } = {},
): Promise<{ result: Promise<RunResult>; clock: DrivenClock }> {
  const clock: DrivenClock = new DrivenClock(
    AT_THE_LATEST,
    async () => {
      await onWait(clock.slept.length);
    },
    Date.now(),
  );
  const client = clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey, clock });
  const { workflow_run_id: id } = await placeCall(client, {
    agent: { by: 'triggerId', value: 'lead-qualifier' },
    phoneNumber: '+14155550123',
  });
  await simulator.waitFor(id, 'in_progress');
  return { result: client.waitForResult(id, patience, signal), clock };
}

async function end(runId = 1001): Promise<void> {
  simulator.finish(runId);
  await simulator.waitFor(runId, 'results');
}

describe('a run is finished when it is completed and its results are written', () => {
  it('is returned with its results', async () => {
    const { result } = await wait((count) => (count === 7 ? end() : undefined));

    expect(await result).toMatchObject({
      workflow_run_id: 1001,
      agent_name: 'Lead Qualifier',
      status: 'completed',
      outcome: 'answered',
      disposition: 'user_hangup',
      phone_number: '+14155550123',
      environment: 'production',
      gathered_context: { call_disposition: 'user_hangup' },
    });
  });

  it('is checked after 10 s, every 5 s in the first minute, then less and less often', async () => {
    const { result, clock } = await wait((count) => (count === 29 ? end() : undefined));
    await result;
    let passed = 0;
    const looks = clock.slept.map((slept) => Math.round((passed += slept) / 1000));

    expect(looks.slice(0, 11)).toEqual([10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]);
    // In the second and the third minute.
    expect(looks.slice(11, 19)).toEqual([65, 70, 76, 83, 90, 97, 105, 114]);
    expect(looks.slice(19, 24)).toEqual([123, 134, 145, 157, 170]);
    expect(looks.slice(24)).toEqual([184, 199, 214, 229, 244]);
  });

  it('is checked at the chosen interval if that is shorter', async () => {
    const patience = { ...PATIENCE, pollMs: 2_000 };
    const { result, clock } = await wait((count) => (count === 60 ? end() : undefined), {
      patience,
    });
    await result;

    expect(clock.slept.map(Math.round)).toEqual(Array.from({ length: 60 }, () => 2_000));
  });

  it('is not checked at the same moment as other calls', async () => {
    const { runId } = simulator.addRun({ endedAt: null });
    const { apiKey } = simulator.world.acme;
    const firstLook = async (chance: number): Promise<number | undefined> => {
      const clock: DrivenClock = new DrivenClock(chance, () => {
        simulator.faults.add({
          on: 'run',
          fault: { kind: 'status', callPlaced: false, status: 401 },
        });
      });
      await rejectionOf(clientTo(simulator.url, { apiKey, clock }).waitForResult(runId, PATIENCE));
      return clock.slept[0];
    };

    expect([await firstLook(0), await firstLook(0.4), await firstLook(0.8)]).toEqual([
      7_500, 8_500, 9_500,
    ]);
  });

  it('needs one request per check, and three more', async () => {
    const { result } = await wait((count) => (count === 3 ? end() : undefined));
    await result;

    // The call, the run in the list, three checks, the result.
    expect(simulator.requests).toHaveLength(1 + 1 + 3 + 1);
  });

  it('is returned immediately if it is already finished', async () => {
    const { runId } = simulator.addRun();
    const { apiKey } = simulator.world.acme;
    const clock = new DrivenClock();
    const result = await clientTo(simulator.url, { apiKey, clock }).waitForResult(runId, PATIENCE);

    expect(result).toMatchObject({ status: 'completed', outcome: 'answered' });
    expect(clock.slept).toEqual([]);
  });

  it.each([
    ['alone', false, 10_000],
    ['with the disposition that the agent decided', true, 2_000],
  ])(
    'is not finished by the flag %s, and is checked every 2 s',
    async (_what, isDecided, first) => {
      const late = await startSimulator({
        dialMs: 1,
        ringMs: 1,
        callDurationMs: Infinity,
        resultsAfterMs: Infinity,
      });
      const clock: DrivenClock = new DrivenClock(AT_THE_LATEST, () => {
        if (clock.slept.length === 4) late.writeResults(1001);
      });
      const client = clientTo(late.url, { apiKey: late.world.acme.apiKey, clock });
      const { workflow_run_id: id } = await placeCall(client, {
        agent: { by: 'triggerId', value: 'lead-qualifier' },
        phoneNumber: '+14155550123',
      });
      await late.waitFor(id, 'in_progress');
      if (isDecided) late.noteDisposition(id, 'qualified');
      late.finish(id);
      const result = await client.waitForResult(id, PATIENCE).finally(() => late.stop());

      expect(result).toMatchObject({ status: 'completed', outcome: 'answered' });
      expect(result.duration_seconds).toBeGreaterThan(0);
      expect(clock.slept.map(Math.round)).toEqual([first, 2_000, 2_000, 2_000]);
      expect(late.contractViolations).toEqual([]);
    },
  );

  it('is finished a minute after its completion if Dograh writes no results', async () => {
    const without = await startSimulator({
      dialMs: 1,
      ringMs: 1,
      callDurationMs: 1,
      resultsAfterMs: Infinity,
    });
    const clock = new DrivenClock();
    const client = clientTo(without.url, { apiKey: without.world.acme.apiKey, clock });
    const { workflow_run_id: id } = await placeCall(client, {
      agent: { by: 'triggerId', value: 'lead-qualifier' },
      phoneNumber: '+14155550123',
    });
    await without.waitFor(id, 'completed');
    const result = await client.waitForResult(id, PATIENCE).finally(() => without.stop());

    expect(result).toMatchObject({ status: 'completed', outcome: 'unknown', disposition: null });
    expect(clock.now()).toBeGreaterThanOrEqual(MINUTE);
    expect(clock.now()).toBeLessThan(MINUTE + 20_000);
  });

  it('is awaited while Dograh fails', async () => {
    const { result } = await wait(async (count) => {
      if (count === 1) {
        const fault = { kind: 'status', callPlaced: false, status: 503 } as const;
        simulator.faults.add({ on: 'run', fault, times: 5 });
      }
      if (count === 6) await end();
    });

    expect(await result).toMatchObject({ status: 'completed' });
  });

  it.each([1, 9])('is awaited if Dograh fails at the end for %i checks', async (times) => {
    const { result } = await wait(async (count) => {
      if (count !== 7) return;
      await end();
      simulator.faults.add({ on: 'runs', fault: UNAVAILABLE, times });
    });

    expect(await result).toMatchObject({ status: 'completed', outcome: 'answered' });
  });

  it.each([503, 500])('is awaited if Dograh fails with %i at the beginning', async (status) => {
    const { runId } = simulator.addRun();
    simulator.faults.add({ on: 'runs', fault: { ...UNAVAILABLE, status }, times: 4 });
    const { apiKey } = simulator.world.acme;
    const client = clientTo(simulator.url, { apiKey, clock: new DrivenClock() });

    expect(await client.waitForResult(runId, PATIENCE)).toMatchObject({ outcome: 'answered' });
  });

  it('is an error after the timeout, which says that the call continues', async () => {
    const { result, clock } = await wait(() => undefined);
    const started = clock.now();

    const refusal = await rejectionOf(result);

    expect(refusal).toMatchObject({ kind: 'OutcomeUnknown', retryable: false });
    expect(refusal.message).toBe('Run 1001 was placed, but was not finished after 15 minutes.');
    expect(clock.now() - started).toBe(15 * MINUTE);
    expect(simulator.calls).toHaveLength(1);
  });

  it('is returned unfinished after the timeout if that is chosen', async () => {
    const patience = { ...PATIENCE, onTimeout: 'returnRun' } as const;
    const { result } = await wait(() => undefined, { patience });

    expect(await result).toMatchObject({ status: 'in_progress', outcome: null });
  });

  it('is returned with its transcript if that is wanted', async () => {
    const patience = { ...PATIENCE, forTranscript: true };
    const late = await startSimulator({
      dialMs: 1,
      ringMs: 1,
      callDurationMs: 1,
      resultsAfterMs: 1,
      artifactsAfterMs: 60,
    });
    const { apiKey } = late.world.acme;
    const clock = new DrivenClock(0, () => late.waitFor(1001, 'artifacts').then(() => undefined));
    const client = clientTo(late.url, { apiKey, clock });
    await placeCall(client, {
      agent: { by: 'triggerId', value: 'lead-qualifier' },
      phoneNumber: '+14155550123',
    });
    await late.waitFor(1001, 'results');
    const result = await client.waitForResult(1001, patience);
    const keys = late.storageRequests.map(({ headers }) => headers['x-api-key']);
    await late.stop();

    expect(result.transcript).toMatch(/\S/);
    expect(keys).toEqual([undefined]);
  });

  it.each([503, 500])('is returned with its transcript after a %i meanwhile', async (status) => {
    const { runId } = simulator.addRun();
    const { apiKey } = simulator.world.acme;
    const client = clientTo(simulator.url, { apiKey, clock: new DrivenClock() });
    // Before that, three requests find the run, its state and its result.
    const stop = simulator.onRequest(() => {
      if (simulator.requests.length !== 3) return;
      simulator.faults.add({ on: 'any', fault: { ...UNAVAILABLE, status }, times: 3 });
    });
    const result = await client.waitForResult(runId, { ...PATIENCE, forTranscript: true });
    stop();

    expect(result.transcript).toMatch(/\S/);
    expect(simulator.requests.filter((request) => request.status === 'fault:status')).toHaveLength(
      3,
    );
  });

  it('is finished immediately if the call was not answered, because it has no duration', async () => {
    const { runId } = simulator.addRun({ ending: { disposition: 'busy' } });
    const body = { is_completed: true, gathered_context: { call_disposition: 'busy' } };
    const fault = { kind: 'status', callPlaced: false, status: 200, body } as const;
    simulator.faults.add({ on: 'run', fault });
    const { apiKey } = simulator.world.acme;
    const clock = new DrivenClock();
    const result = await clientTo(simulator.url, { apiKey, clock }).waitForResult(runId, PATIENCE);

    expect(result).toMatchObject({ outcome: 'busy' });
    expect(clock.slept).toEqual([]);
  });

  it('is returned without a transcript that never comes', async () => {
    const { result, clock } = await wait(
      (count) => {
        if (count !== 1) return undefined;
        simulator.finish(1001, { transcript: null });
        return simulator.waitFor(1001, 'artifacts');
      },
      { patience: { ...PATIENCE, forTranscript: true } },
    );

    expect(await result).toMatchObject({ status: 'completed', transcript: null });
    expect(clock.slept.length).toBe(1 + 12);
  });

  it.each(['busy', 'no-answer', 'failed'])(
    'is returned without waiting for a transcript if the call was not answered: %s',
    async (disposition) => {
      const { runId } = simulator.addRun({ ending: { disposition } });
      const { apiKey } = simulator.world.acme;
      const clock = new DrivenClock();
      const client = clientTo(simulator.url, { apiKey, clock });
      const result = await client.waitForResult(runId, { ...PATIENCE, forTranscript: true });

      expect(result.transcript).toBeNull();
      expect(clock.slept).toEqual([]);
    },
  );

  it.each([
    ['run', 401],
    ['run', 404],
    ['runs', 404],
    ['runs', 500],
  ] as const)('is never reported as not dialed if %s answers %i', async (on, status) => {
    const { runId } = simulator.addRun({ endedAt: null });
    const fault = { kind: 'status', callPlaced: false, status } as const;
    simulator.faults.add({ on, fault, times: Infinity });
    const { apiKey } = simulator.world.acme;
    const client = clientTo(simulator.url, { apiKey, clock: new DrivenClock() });
    const refusal = await rejectionOf(client.waitForResult(runId, PATIENCE));

    expect(refusal).toMatchObject({ kind: 'OutcomeUnknown', callPlaced: 'unknown', status });
    expect(refusal.message).toContain(`Run ${runId} was placed`);
    expect(refusal.hint).toContain('do not place the call again');
    expect(refusal.retryable).toBe(false);
  });

  it('is never reported as not dialed after a defect of this client', async () => {
    const { runId } = simulator.addRun({ endedAt: null });
    const { apiKey } = simulator.world.acme;
    const broken = new DrivenClock(0, () => Promise.reject(new RangeError('a defect')));
    const client = clientTo(simulator.url, { apiKey, clock: broken });
    const refusal = await rejectionOf(client.waitForResult(runId, PATIENCE));

    expect(refusal).toMatchObject({ kind: 'OutcomeUnknown', callPlaced: 'unknown' });
    expect(refusal.message).toContain(`Run ${runId} was placed`);
    expect(refusal.message).toContain('RangeError');
    // The message of a defect may contain the user's data.
    expect(JSON.stringify(refusal)).not.toContain('a defect');
  });

  it('is not awaited after the execution is stopped', async () => {
    const stop = new AbortController();
    const { result } = await wait(
      () => {
        stop.abort();
      },
      { signal: stop.signal },
    );

    expect(await rejectionOf(result)).toMatchObject({
      kind: 'Cancelled',
      callPlaced: 'unknown',
    });
  });
});
