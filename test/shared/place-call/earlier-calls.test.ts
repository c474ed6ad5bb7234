import type { CallInput, RunResult } from '@dograh/shared';
import { startSimulator, type Fault, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';
import { rejectionOf } from '../../support/refusal';
import { placeCall } from '../../support/place-call';

const NUMBER = '+14155550123';
const HOUR = 3_600_000;
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: 1 });
});
beforeEach(() => {
  simulator.reset();
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
});
afterAll(() => simulator.stop());

/** A clock with which no call gives up waiting for the same call. */
class PatientClock extends DrivenClock {
  override sleep(ms: number): Promise<void> {
    return ms >= 30_000 ? new Promise(() => undefined) : super.sleep(ms);
  }
}

interface Options extends Partial<CallInput> {
  /** Milliseconds after all earlier calls. */
  readonly later?: number;
  readonly clock?: DrivenClock;
  readonly signal?: AbortSignal;
  readonly maxWaitMs?: number;
}

function place({
  later = 0,
  clock,
  signal,
  maxWaitMs = 0,
  ...input
}: Options = {}): Promise<RunResult> {
  const { apiKey } = simulator.world.acme;
  const driven = clock ?? new PatientClock(0, undefined, Date.now());
  for (const run of simulator.runs) {
    run.createdAt = new Date(Date.parse(run.createdAt) - later).toISOString();
  }
  return placeCall(
    clientTo(simulator.url, { apiKey, clock: driven }),
    {
      agent: { by: 'triggerId', value: 'lead-qualifier' },
      phoneNumber: NUMBER,
      callReference: 'lead-42',
      skipIfCalledWithin: 24,
      ...input,
    },
    { maxWaitMs, signal },
  );
}

describe('a second call with the same reference to the same number within the window', () => {
  it.each([
    ...['+1 415 555 0123', '+1-415-555-0123', '(415) 555-0123'],
    ...['sip:ann@example.com', 'sip:a%_n@example.com', 'sip:ann\\x@example.com'],
  ])('is skipped if any destination is allowed: %s', async (phoneNumber) => {
    const anyDestination = { phoneNumber, phoneNumberRules: { format: 'any' } };
    await place(anyDestination);

    expect(await place(anyDestination)).toMatchObject({ skipped: true });
    expect(simulator.calls).toHaveLength(1);
  });

  it.each([
    ['+14155550123', '+1 415 555 0123'],
    ['+1 415 555 0123', '+14155550123'],
    ['030 123456', '\uff10\uff13\uff10 \uff11\uff12\uff13\uff14\uff15\uff16'],
    ['\u06f0\u06f3\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6', '030 123456'],
  ])('is skipped if both are placed at the same time, as %s and %s', async (...numbers) => {
    const phoneNumberRules = { format: 'any' };
    const results = await Promise.all(
      numbers.map((phoneNumber) => place({ phoneNumber, phoneNumberRules })),
    );

    expect(results.map(({ skipped }) => skipped)).toEqual([false, true]);
    expect(simulator.calls).toHaveLength(1);
  });

  it('returns the earlier run, as skipped', async () => {
    const first = await place();
    const second = await place();

    expect(first).toMatchObject({ skipped: false });
    expect(second).toMatchObject({
      workflow_run_id: first.workflow_run_id,
      phone_number: NUMBER,
      skipped: true,
      skip_reason: 'called_before',
      recovered: false,
    });
    expect(simulator.calls).toHaveLength(1);
  });

  it.each<[string, Options]>([
    ['with another agent', { agent: { by: 'triggerId', value: 'TRIGGER' } }],
    ['with the draft', { environment: 'test' }],
    ['with another context', { context: { json: { customer_name: 'Ann' } } }],
    [
      'with a reference that stands in the context',
      { callReference: '', context: { json: { call_reference: 'lead-42' } } },
    ],
    ['at the end of the window', { later: 24 * HOUR - 60_000 }],
  ])('is skipped %s', async (_name, changes) => {
    await place();
    expect(await place(withTrigger(changes))).toMatchObject({ skipped: true });
    expect(simulator.calls).toHaveLength(1);
  });

  it.each([
    'lead\u201142',
    '\uff4cead\u221242',
    'lead-42\u200b',
    '\ufefflead-42',
    '\u00a0lead-\u00ad42\t',
  ])('is skipped if its reference was pasted as %j', async (callReference) => {
    await place();
    const later = await place({ callReference });
    const together = await Promise.all([place({ callReference }), place({ callReference })]);

    expect([later, ...together]).toMatchObject(Array(3).fill({ skipped: true }));
    expect(simulator.calls).toHaveLength(1);
  });

  it('is skipped if another program stored the reference with an invisible character', async () => {
    const initialContext = { call_reference: 'lead-42\u200b', called_number: NUMBER };
    simulator.addRun({ phoneNumber: NUMBER, initialContext });

    expect(await place()).toMatchObject({ skipped: true });
    expect(simulator.calls).toHaveLength(0);
  });

  it.each(['+1 415 555-0123', '14155550123', '(+1) 415\u2011555\u20130123', '\u202a+14155550123'])(
    'is skipped if another program called the number as %j',
    async (phoneNumber) => {
      simulator.addRun({ phoneNumber, initialContext: { call_reference: 'lead-42' } });

      expect(await place()).toMatchObject({ skipped: true });
      expect(simulator.calls).toHaveLength(0);
    },
  );

  it('is skipped even if required variables are missing or cannot be checked', async () => {
    await place();
    expect(await place({ requireVariables: true })).toMatchObject({ skipped: true });
    const fault: Fault = { kind: 'status', callPlaced: false, status: 403 };
    simulator.faults.add({ on: 'agents', fault, times: Infinity });
    expect(await place({ requireVariables: true })).toMatchObject({ skipped: true });
    expect(simulator.calls).toHaveLength(1);
  });

  it('is skipped if the reference is a number', async () => {
    await place({ callReference: '', context: { json: { call_reference: 42 } } });
    expect(await place({ callReference: '42' })).toMatchObject({ skipped: true });
  });

  it.each<[string, Options]>([
    ['with another reference', { callReference: 'lead-43' }],
    ['with a reference that contains it', { callReference: 'lead-421' }],
    ['to another number', { phoneNumber: '+14155550124' }],
    ['after the window', { later: 24 * HOUR + 3 * 60_000 }],
    ['without the rule', { skipIfCalledWithin: 0 }],
  ])('is placed %s', async (_name, changes) => {
    await place();
    expect(await place(changes)).toMatchObject({ skipped: false });
    expect(simulator.calls).toHaveLength(2);
  });

  it.each([-3 * HOUR, 3 * HOUR])(
    'is skipped by Dograh’s clock if ours differs by %d ms',
    async (off) => {
      await place();
      const clock = new PatientClock(0, undefined, Date.now() + off);
      expect(await place({ clock, skipIfCalledWithin: 1 })).toMatchObject({ skipped: true });
    },
  );

  it('is skipped if Dograh writes the number in another way', async () => {
    await place();
    for (const run of simulator.runs) run.phoneNumber = NUMBER.slice(1);
    expect(await place()).toMatchObject({ skipped: true });
  });

  it('is skipped if the reference’s accents are composed in another way', async () => {
    await place({ callReference: 'caf\u00e9' });
    expect(await place({ callReference: 'cafe\u0301' })).toMatchObject({ skipped: true });
  });

  it('is placed if its number is only part of the other number', async () => {
    await place({ phoneNumber: '2001', phoneNumberRules: { format: 'any' } });
    const shorter = await place({ phoneNumber: '200', phoneNumberRules: { format: 'any' } });
    expect(shorter).toMatchObject({ skipped: false });
  });

  it('is skipped even after a hundred other runs to the number', async () => {
    await place();
    for (let number = 0; number < 105; number += 1) {
      simulator.world.acme.concurrentCallLimit = 1_000;
      await place({ callReference: `other-${number}`, skipIfCalledWithin: 0 });
    }
    expect(await place()).toMatchObject({ skipped: true });
    expect(simulator.calls).toHaveLength(106);
  });

  it('returns the newest of several runs', async () => {
    await place();
    const second = await place({ skipIfCalledWithin: undefined });
    expect(await place()).toMatchObject({ workflow_run_id: second.workflow_run_id });
  });
});

describe('an earlier call counts', () => {
  it('if it is running', async () => {
    const running = await startSimulator({ callDurationMs: 600_000 });
    const { apiKey } = running.world.acme;
    const input: CallInput = {
      agent: { by: 'triggerId', value: 'lead-qualifier' },
      phoneNumber: NUMBER,
      callReference: 'lead-42',
      skipIfCalledWithin: 1,
    };
    await placeCall(clientTo(running.url, { apiKey }), input);
    const second = await placeCall(clientTo(running.url, { apiKey }), input);
    await running.stop();

    expect(second).toMatchObject({ skipped: true, status: 'in_progress', outcome: null });
  });

  it('if it is finished, and its result is returned', async () => {
    const { workflow_run_id: id } = await place();
    await simulator.waitFor(id, 'results');

    expect(await place()).toMatchObject({
      skipped: true,
      skip_reason: 'called_before',
      status: 'completed',
      outcome: 'answered',
      disposition: 'user_hangup',
      agent_name: 'Lead Qualifier',
      started_at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  it.each([
    ['busy', 'busy'],
    ['no-answer', 'no_answer'],
    ['failed', 'failed'],
    ['voicemail_detected', 'voicemail'],
    ['transferred', 'answered'],
  ])('if it ended with %s', async (disposition, outcome) => {
    simulator.endNext({ disposition });
    const { workflow_run_id: id } = await place();
    await simulator.waitFor(id, 'results');

    expect(await place()).toMatchObject({ skipped: true, outcome });
  });

  it('if its agent gathered a value named error', async () => {
    simulator.endNext({ gathered: { error: 'printer shows E42' } });
    const { workflow_run_id: id } = await place();
    await simulator.waitFor(id, 'results');

    expect(await place()).toMatchObject({ skipped: true, outcome: 'answered' });
  });

  it('if the telephony provider may have it without Dograh’s knowledge', async () => {
    const { workflow_run_id: id } = await place();
    const error = 'Failed to initiate call: Server disconnected';
    Object.assign(await simulator.waitFor(id, 'results'), {
      durationSeconds: 0,
      gatheredContext: {
        error,
        call_disposition: 'error',
        mapped_call_disposition: 'error',
      },
    });

    expect(await place()).toMatchObject({ skipped: true });
  });

  it('unless it failed before a phone was dialed', async () => {
    const [number = ''] = simulator.world.unreachableNumbers;
    await rejectionOf(place({ phoneNumber: number }));
    simulator.world.unreachableNumbers.length = 0;

    expect(await place({ phoneNumber: number })).toMatchObject({ skipped: false });
    expect(simulator.calls).toHaveLength(1);
  });
});

describe('a failed check for an earlier call', () => {
  it.each<[string, Fault, string]>([
    ['a server error', { kind: 'status', callPlaced: false, status: 500 }, 'Server'],
    ['resets', { kind: 'reset', callPlaced: false, moment: 'before-reading' }, 'Network'],
    ['a page of HTML', { kind: 'not-json', callPlaced: true }, 'Contract'],
    [
      'another shape',
      { kind: 'off-contract', callPlaced: true, body: { runs: 'none' } },
      'Contract',
    ],
    [
      'an empty page before the last',
      listAnswer({ runs: [], page: 1, total_pages: 3 }),
      'Contract',
    ],
    ['an invalid run', listAnswer({ runs: [{ id: -7 }], page: 1, total_pages: 1 }), 'Contract'],
    [
      'a run without its context',
      listAnswer({
        runs: [{ id: 7, called_number: NUMBER, initial_context: null }],
        page: 1,
        total_pages: 1,
      }),
      'Contract',
    ],
    ['a redirect', { kind: 'redirect', callPlaced: false, status: 302, location: '/' }, 'Contract'],
  ])('dials no phone after %s', async (_name, fault, kind) => {
    simulator.faults.add({ on: 'runs', fault, times: Infinity });

    const refusal = await rejectionOf(place());

    expect(refusal).toMatchObject({ kind, callPlaced: 'no' });
    expect(refusal.message).toMatch(/^The check for an earlier call to \+14155550123 failed: /);
    expect(refusal.hint).toMatch(/^This number was not dialed\./);
    expect(simulator.calls).toHaveLength(0);
  });

  it('is retried up to three times if a retry can help', async () => {
    const fault: Fault = { kind: 'status', callPlaced: false, status: 502 };
    simulator.faults.add({ on: 'runs', fault, times: 2 });
    expect(await place()).toMatchObject({ skipped: false });
    expect(simulator.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'POST']);
  });
});

describe('the same calls at the same moment in one process', () => {
  it('are placed once', async () => {
    const results = await Promise.all(Array.from({ length: 10 }, () => place()));

    expect(simulator.calls).toHaveLength(1);
    expect(new Set(results.map(({ workflow_run_id: id }) => id)).size).toBe(1);
    expect(results.filter(({ skipped }) => !skipped)).toHaveLength(1);
  });

  it('are placed for each of two organizations', async () => {
    const { acme, globex, agents } = simulator.world;
    const input = { phoneNumber: NUMBER, callReference: '42', skipIfCalledWithin: 1 };
    const [ours, theirs] = await Promise.all([
      placeCall(clientTo(simulator.url, { apiKey: acme.apiKey, clock: new PatientClock() }), {
        ...input,
        agent: { by: 'triggerId', value: agents.leadQualifier.trigger },
      }),
      placeCall(clientTo(simulator.url, { apiKey: globex.apiKey, clock: new PatientClock() }), {
        ...input,
        agent: { by: 'triggerId', value: agents.globexSurvey.trigger },
      }),
    ]);

    expect([ours.skipped, theirs.skipped]).toEqual([false, false]);
    expect(simulator.calls).toHaveLength(2);
  });

  it('are placed if the call before was certainly not placed', async () => {
    simulator.faults.add({
      on: 'call',
      fault: { kind: 'status', callPlaced: false, status: 402, body: { detail: 'No credit' } },
    });
    const [first, second] = await Promise.allSettled([place(), place()]);

    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
    expect(simulator.calls).toHaveLength(1);
  });

  it('are placed if the call before had missing variables', async () => {
    const [first, second] = await Promise.allSettled([place({ requireVariables: true }), place()]);

    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
    expect(simulator.callRequests).toHaveLength(1);
  });

  it('are not placed if the outcome of the call before is unknown', async () => {
    simulator.faults.add({
      on: 'call',
      fault: { kind: 'reset', callPlaced: false, moment: 'after-reading' },
    });
    const refusals = await Promise.all([rejectionOf(place()), rejectionOf(place())]);

    expect(refusals.map(({ kind }) => kind)).toEqual(['OutcomeUnknown', 'OutcomeUnknown']);
    expect(simulator.callRequests).toHaveLength(1);
  });

  it('stop waiting when the execution is stopped', async () => {
    simulator.faults.add({ on: 'call', fault: { kind: 'silence', callPlaced: false } });
    const stop = new AbortController();
    const first = rejectionOf(place({ signal: stop.signal }));
    const second = rejectionOf(place({ signal: stop.signal }));
    const stopListening = simulator.onWait(() => {
      stop.abort();
    });

    expect(await first).toMatchObject({ kind: 'Cancelled', callPlaced: 'unknown' });
    expect(await second).toMatchObject({ kind: 'Cancelled', callPlaced: 'no' });
    stopListening();
  });

  it('do not overtake the call before when one between them is stopped', async () => {
    simulator.faults.add({
      on: 'call',
      fault: { kind: 'latency', callPlaced: true, ms: 200, delayed: 'request' },
    });
    const stop = new AbortController();
    const first = place();
    const second = rejectionOf(place({ signal: stop.signal }));
    const third = place();
    stop.abort();

    expect(await second).toMatchObject({ kind: 'Cancelled', callPlaced: 'no' });
    expect([(await first).skipped, (await third).skipped]).toEqual([false, true]);
    expect(simulator.calls).toHaveLength(1);
  });

  it('fail if the call before takes too long', async () => {
    simulator.faults.add({
      on: 'call',
      fault: { kind: 'latency', callPlaced: true, ms: 200, delayed: 'request' },
    });
    const first = place();
    const second = await rejectionOf(place({ clock: new DrivenClock(0, undefined, Date.now()) }));

    expect(second).toMatchObject({ kind: 'ConcurrencyLimit', callPlaced: 'no' });
    expect(await first).toMatchObject({ skipped: false });
    expect(simulator.calls).toHaveLength(1);
  });

  it('are not sent if the call before was stopped while it was being placed', async () => {
    simulator.faults.add({ on: 'call', fault: { kind: 'silence', callPlaced: true } });
    const stop = new AbortController();
    const first = rejectionOf(place({ signal: stop.signal }));
    const second = rejectionOf(place());
    await simulator.waitFor(1001, 'initiated');
    stop.abort();

    expect(await first).toMatchObject({ kind: 'Cancelled', callPlaced: 'unknown' });
    expect(await second).toMatchObject({
      kind: 'OutcomeUnknown',
      message: expect.stringMatching(
        /^Not sent, because it is not known whether the same call was placed already\./,
      ),
    });
  });

  it('are checked again after the wait for a free call slot', async () => {
    simulator.world.acme.concurrentCallLimit = 0;
    const clock = new PatientClock(
      0,
      async () => {
        // Meanwhile, another machine places the call.
        simulator.world.acme.concurrentCallLimit = 5;
        if (clock.slept.length === 1) await placeElsewhere();
      },
      Date.now(),
    );
    expect(await place({ clock, maxWaitMs: 60_000 })).toMatchObject({ skipped: true });
    expect(simulator.calls).toHaveLength(1);
  });
});

describe('Skip If Called Within', () => {
  it.each([-1, 'soon', true, Infinity, 24 * 366 + 1, NaN])(
    'does not accept %p hours',
    async (hours) => {
      expect(await rejectionOf(place({ skipIfCalledWithin: hours }))).toMatchObject({
        kind: 'InvalidInput',
        message: expect.stringMatching(/^Skip If Called Within must be a number of hours, not /),
      });
      expect(simulator.requests).toHaveLength(0);
    },
  );

  it.each([undefined, null, '', '  ', 0, '0'])('is off if it is %p', async (hours) => {
    await place({ skipIfCalledWithin: hours });
    expect(simulator.requests).toHaveLength(1);
  });

  it.each([0.5, '24', ' 1.5 '])('accepts %p hours', async (hours) => {
    await place({ skipIfCalledWithin: hours });
    expect(simulator.requests).toHaveLength(2);
  });

  it('needs a Call Reference', async () => {
    expect(await rejectionOf(place({ callReference: '' }))).toMatchObject({
      kind: 'InvalidInput',
      hint: expect.stringContaining('Fill in Call Reference'),
    });
  });
});

function withTrigger(changes: Options): Options {
  if (changes.agent?.value !== 'TRIGGER') return changes;
  return {
    ...changes,
    agent: { by: 'triggerId', value: simulator.world.agents.deliveryUpdate.trigger },
  };
}

async function placeElsewhere(): Promise<void> {
  await fetch(`${simulator.url}/api/v1/public/agent/lead-qualifier`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': simulator.world.acme.apiKey },
    body: JSON.stringify({
      phone_number: NUMBER,
      initial_context: { call_reference: 'lead-42' },
    }),
  });
}

function listAnswer(body: unknown): Fault {
  return { kind: 'off-contract', callPlaced: true, body };
}
