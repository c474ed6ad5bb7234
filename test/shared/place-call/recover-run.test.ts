import type { CallInput, CallResult } from '@dograh/shared';
import {
  createWorld,
  startSimulator,
  type Fault,
  type RequestRecord,
  type Simulator,
} from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';
import { rejectionOf } from '../../support/refusal';
import { timeLimits } from '../../support/host-time';
import { placeCall } from '../../support/place-call';

const NUMBER = '+14155550123';
const MINUTE = 60_000;
const ANSWER_LOST: Fault = { kind: 'reset', callPlaced: true, moment: 'after-placing' };
const NEVER_HANDLED: Fault = { kind: 'reset', callPlaced: false, moment: 'after-reading' };

let simulator: Simulator;

beforeAll(async () => {
  // Calls that last for the whole test.
  simulator = await startSimulator({ callDurationMs: 600_000 });
});
beforeEach(() => {
  simulator.reset();
  timeLimits.passWhileWaitingFor(simulator);
});
afterEach(() => {
  jest.restoreAllMocks();
  expect(simulator.contractViolations).toEqual([]);
});
afterAll(() => simulator.stop());

interface Attempt {
  readonly input?: Partial<CallInput>;
  readonly clock?: DrivenClock;
  readonly on?: Simulator;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly operationMs?: number;
}

const place = ({
  input,
  clock = drivenClock(),
  on = simulator,
  signal,
  ...limits
}: Attempt = {}): Promise<CallResult> =>
  placeCall(
    clientTo(on.url, { apiKey: on.world.acme.apiKey, clock, ...limits }),
    { agent: { by: 'triggerId', value: 'lead-qualifier' }, phoneNumber: NUMBER, ...input },
    signal === undefined ? {} : { signal },
  );

function drivenClock(onSleep?: () => void | Promise<void>): DrivenClock {
  return new DrivenClock(0, onSleep, Date.now());
}

const strike = (fault: Fault, on: 'call' | 'runs' | 'run' = 'call', times = 1): void => {
  simulator.faults.add({ on, fault, times });
};

/** Dograh lost only the provider's response, so it ended the run as failed. Later the provider reported something. */
function serverDisconnected(callbacks: string[]): { refuse: () => void; clock: DrivenClock } {
  const detail = 'Failed to initiate call: Server disconnected';
  return {
    refuse: () => {
      strike({ kind: 'status', callPlaced: true, status: 400, body: { detail } });
    },
    clock: drivenClock(() => {
      for (const run of simulator.runs) {
        run.disposition = 'error';
        run.gatheredContext = { error: detail, call_disposition: 'error' };
        run.callbacks = callbacks.map((status) => ({ status, timestamp: run.createdAt }));
      }
    }),
  };
}

const searches = (): RequestRecord[] =>
  simulator.requests.filter(({ path }) => path.endsWith('/usage/runs'));

describe('the search for a run after an unknown outcome', () => {
  it('returns the run that was found, as recovered', async () => {
    strike(ANSWER_LOST);
    const context = { json: { customer_name: 'Ann' } };

    expect(await place({ input: { context } })).toMatchObject({
      workflow_run_id: simulator.calls[0]?.runId,
      workflow_run_name: simulator.calls[0]?.runName,
      agent_name: 'Lead Qualifier',
      status: 'initiated',
      outcome: null,
      phone_number: NUMBER,
      initial_context: { customer_name: 'Ann' },
      environment: 'production',
      recovered: true,
      skipped: false,
      notes: [],
    });
    expect(simulator.calls).toHaveLength(1);
  });

  it('does not start if the response arrived', async () => {
    expect(await place()).toMatchObject({ recovered: false, skipped: false });
    expect(simulator.requests).toHaveLength(1);
  });

  it('continues while Dograh restarts', async () => {
    strike(ANSWER_LOST);
    const start = Date.now();
    const restarted = start + 45_000;
    const clock = new DrivenClock(
      0,
      () => {
        simulator.faults.clear();
        if (clock.now() < restarted)
          strike({ kind: 'status', callPlaced: false, status: 502 }, 'runs', Infinity);
      },
      start,
    );

    expect(await place({ clock })).toMatchObject({ recovered: true });
    expect(clock.now()).toBeGreaterThan(restarted);
    expect(clock.now()).toBeLessThan(restarted + 20_000);
    expect(simulator.calls).toHaveLength(1);
  });

  it('ends after two minutes if Dograh does not come back', async () => {
    strike(ANSWER_LOST);
    strike({ kind: 'status', callPlaced: false, status: 502 }, 'runs', Infinity);
    const clock = drivenClock();
    const start = clock.now();

    expect(await rejectionOf(place({ clock }))).toMatchObject({ kind: 'OutcomeUnknown' });
    expect(clock.now() - start).toBeGreaterThan(110_000);
    expect(clock.now() - start).toBeLessThanOrEqual(120_000);
    expect(simulator.callRequests).toHaveLength(1);
  });

  it('ends with an unknown outcome after about ten seconds without such a run', async () => {
    strike(NEVER_HANDLED);
    const clock = drivenClock();

    const refusal = await rejectionOf(place({ clock }));

    expect(refusal).toMatchObject({ kind: 'OutcomeUnknown', callPlaced: 'unknown' });
    expect(refusal.message).toMatch(
      /^It is not known whether \+14155550123 is being called: .* Dograh lists no run of this call so far\.$/,
    );
    expect(clock.slept).toEqual([250, 1_000, 3_000, 6_000]);
    expect(searches()).toHaveLength(4);
    expect(simulator.calls).toHaveLength(0);
  });

  it('finds a run that appears late', async () => {
    strike({ kind: 'silence', callPlaced: false });
    const clock = drivenClock(async () => {
      // A slow Dograh handles the request late.
      if (clock.slept.length === 3) await sendAgain(simulator.requests[0]);
    });

    expect(await place({ clock })).toMatchObject({ recovered: true });
    expect(simulator.calls).toHaveLength(1);
  });

  it('keeps the candidates of an earlier search', async () => {
    strike(NEVER_HANDLED);
    const hidden = listWith({ id: 7, called_number: NUMBER, initial_context: null });
    strike({ kind: 'status', callPlaced: false, status: 200, body: hidden }, 'runs');

    const refusal = await rejectionOf(place());

    expect(refusal).toMatchObject({ kind: 'OutcomeUnknown', trace: { candidates: [7] } });
    expect(refusal.message).toContain('Dograh lists run 7, which may be this call.');
  });

  it('finds the run of a number with spaces', async () => {
    strike(ANSWER_LOST);
    const input = { phoneNumber: '+1 415 555 0123', phoneNumberRules: { format: 'any' } };

    expect(await place({ input })).toMatchObject({ recovered: true });
  });

  it('accepts its request ID as proof, even with another number', async () => {
    strike(ANSWER_LOST);
    const clock = drivenClock(() => {
      for (const run of simulator.runs) run.phoneNumber = `0${NUMBER.slice(1)}`;
    });

    expect(await place({ clock })).toMatchObject({ recovered: true, phone_number: NUMBER });
  });

  it('does not mistake a gathered value named error for a failure', async () => {
    strike(ANSWER_LOST);
    const clock = drivenClock(() => {
      for (const run of simulator.runs) run.gatheredContext = { error: 'printer shows E42' };
    });

    expect(await place({ clock })).toMatchObject({ recovered: true });
  });

  it.each([
    'Server disconnected',
    'Request timed out',
    '',
    'Connection lost',
    '408: {"message": "Request Timeout"}',
    '503: {"code": 20503, "message": "Service unavailable"}',
    "201: Vobiz API response missing call identifier. Response: {'message': 'call fired'}",
    'No session token returned from Cloudonix',
    "201, message='Attempt to decode JSON with unexpected mimetype: text/html'",
    "Response payload is not completed: <TransferEncodingError: 400, message='Not enough data'>",
    "'sid'",
    'an unknown reason',
  ])('keeps the outcome unknown if the provider may have accepted the call: %p', async (words) => {
    const detail = `Failed to initiate call: ${words}`;
    strike({ kind: 'status', callPlaced: true, status: 400, body: { detail } });
    const clock = drivenClock(() => {
      for (const run of simulator.runs) {
        run.disposition = 'error';
        run.gatheredContext = { error: detail, call_disposition: 'error' };
      }
    });
    const refusal = await rejectionOf(place({ clock }));

    expect(refusal).toMatchObject({
      kind: 'OutcomeUnknown',
      trace: { candidates: [simulator.calls[0]?.runId] },
    });
    expect(refusal.message).toContain(
      `Run ${String(simulator.calls[0]?.runId)} in Dograh is this call. It does not show whether the provider dialed.`,
    );
  });

  it.each(['initiated', 'ringing', 'in-progress', 'answered', 'completed', 'busy', 'no-answer'])(
    'returns the run if the provider reported %s after such a refusal',
    async (status) => {
      const { refuse, clock } = serverDisconnected(['queued', status]);
      refuse();

      expect(await place({ clock })).toMatchObject({
        workflow_run_id: simulator.calls[0]?.runId,
        status: 'initiated',
        outcome: null,
        recovered: true,
      });
      expect(simulator.callRequests).toHaveLength(1);
    },
  );

  it('stays unknown if the execution is stopped while the run is read', async () => {
    const { refuse, clock } = serverDisconnected(['ringing']);
    refuse();
    const stop = new AbortController();
    const removeListener = simulator.onRequest(({ path }) => {
      if (/\/runs\/\d+$/.test(path)) stop.abort();
    });
    strike({ kind: 'silence', callPlaced: false }, 'run');
    const refusal = await rejectionOf(place({ clock, signal: stop.signal }));
    removeListener();

    expect(refusal).toMatchObject({ kind: 'Cancelled', callPlaced: 'unknown' });
    expect(refusal.trace?.callRequestId).toEqual(expect.any(String));
  });

  it('says so if the reports of the provider cannot be read', async () => {
    const { refuse, clock } = serverDisconnected([]);
    refuse();
    strike({ kind: 'status', callPlaced: false, status: 500 }, 'run', Infinity);
    const { message } = await rejectionOf(place({ clock }));

    expect(message).toMatch(
      /Run \d+ in Dograh is this call\. Whether the provider dialed could not be read: .* answered 500/,
    );
  });

  it('does not take the agent’s own word error for a call that was not placed', async () => {
    strike(ANSWER_LOST);
    const clock = drivenClock(() => {
      for (const run of simulator.runs) {
        const own = { call_disposition: 'error', error: 'E42', call_tags: ['error'] };
        run.gatheredContext = { provider: 'twilio', ...own };
      }
    });

    expect(await place({ clock })).toMatchObject({ recovered: true });
  });

  it.each(['failed', 'canceled', 'error', 'queued'])(
    'keeps the outcome unknown if the provider reported only %s',
    async (status) => {
      const { refuse, clock } = serverDisconnected([status]);
      refuse();

      expect(await rejectionOf(place({ clock }))).toMatchObject({ kind: 'OutcomeUnknown' });
    },
  );

  it.each([
    '400: {"code": 21211, "message": "The timeout is invalid", "status": 400}',
    "404, message='Attempt to decode JSON with unexpected mimetype: text/html'",
    '400: Failed to initiate call via Cloudonix (HTTP 400): connection closed',
    'Cannot connect to host api.twilio.com:443 ssl:default [Network is unreachable]',
    'Twilio provider not properly configured',
    'No phone numbers configured for Cloudonix provider. At least one is required.',
  ])('is not needed if the provider refused or was not asked: %p', async (words) => {
    const body = { detail: `Failed to initiate call: ${words}` };
    strike({ kind: 'status', callPlaced: false, status: 400, body });

    expect(await rejectionOf(place())).toMatchObject({ kind: 'Telephony', callPlaced: 'no' });
    expect(searches()).toHaveLength(0);
  });

  it('ends after two minutes if Dograh responds slowly', async () => {
    strike(ANSWER_LOST);
    strike({ kind: 'status', callPlaced: false, status: 503 }, 'runs', Infinity);
    const clock = drivenClock();
    const { apiKey } = simulator.world.acme;
    const client = clientTo(simulator.url, {
      apiKey,
      clock,
      onSend: () => {
        clock.advance(50_000);
      },
    });
    await rejectionOf(
      placeCall(client, {
        agent: { by: 'triggerId', value: 'lead-qualifier' },
        phoneNumber: NUMBER,
      }),
    );

    expect(searches()).toHaveLength(3);
  });

  it('continues after a failure', async () => {
    strike(ANSWER_LOST);
    strike({ kind: 'status', callPlaced: false, status: 503 }, 'runs');
    strike({ kind: 'reset', callPlaced: false, moment: 'after-reading' }, 'runs');
    strike({ kind: 'not-json', callPlaced: true }, 'runs');

    expect(await place()).toMatchObject({ recovered: true });
    expect(searches()).toHaveLength(4);
  });

  it('says why it failed', async () => {
    strike(ANSWER_LOST);
    strike({ kind: 'status', callPlaced: false, status: 503 }, 'runs', Infinity);

    const refusal = await rejectionOf(place());

    expect(refusal).toMatchObject({ kind: 'OutcomeUnknown', callPlaced: 'unknown' });
    expect(refusal.message).toMatch(/list of runs failed: .* answered 503/);
    expect(simulator.calls).toHaveLength(1);
  });

  it('ends at once when the execution is stopped, with an unknown outcome', async () => {
    strike(ANSWER_LOST);
    const stop = new AbortController();
    const clock = drivenClock(() => {
      stop.abort();
    });

    const refusal = await rejectionOf(place({ clock, signal: stop.signal }));

    expect(refusal).toMatchObject({ kind: 'Cancelled', callPlaced: 'unknown' });
    expect(searches()).toHaveLength(0);
  });

  it('ends within the time limit of the operation', async () => {
    strike({ kind: 'silence', callPlaced: false });
    const clock = drivenClock();

    const refusal = await rejectionOf(place({ clock, timeoutMs: 500, operationMs: 6_000 }));

    expect(refusal).toMatchObject({ kind: 'OutcomeUnknown' });
    expect(clock.slept).toEqual([250, 1_000, 3_000]);
  });

  it('is not needed if no time was left to send the call', async () => {
    const clock = drivenClock();
    const { apiKey } = simulator.world.acme;
    const client = clientTo(simulator.url, {
      apiKey,
      clock,
      operationMs: 25_000,
      // The search for an earlier call is slow.
      onSend: () => {
        clock.advance(16_000);
      },
    });
    const refusal = await rejectionOf(
      placeCall(client, {
        agent: { by: 'triggerId', value: 'lead-qualifier' },
        phoneNumber: NUMBER,
        callReference: 'lead-42',
        skipIfCalledWithin: 1,
      }),
    );

    expect(refusal).toMatchObject({ kind: 'Network', callPlaced: 'no', retryable: true });
    expect(simulator.callRequests).toHaveLength(0);
  });

  it('says if there was no time for it', async () => {
    strike({ kind: 'status', callPlaced: true, status: 500 });
    const clock = drivenClock();
    const { apiKey } = simulator.world.acme;
    const client = clientTo(simulator.url, {
      apiKey,
      clock,
      operationMs: 25_000,
      onSend: () => {
        clock.advance(24_900);
      },
    });
    const refusal = await rejectionOf(
      placeCall(client, {
        agent: { by: 'triggerId', value: 'lead-qualifier' },
        phoneNumber: NUMBER,
      }),
    );

    expect(refusal).toMatchObject({ kind: 'OutcomeUnknown' });
    expect(refusal.message).toMatch(/There was no time left to search for its run\.$/);
    expect(searches()).toHaveLength(0);
  });

  it('accepts a failed run as proof that no phone was dialed', async () => {
    const [unreachable = ''] = simulator.world.unreachableNumbers;
    strike({ kind: 'cut-off', callPlaced: true });

    const refusal = await rejectionOf(place({ input: { phoneNumber: unreachable } }));

    expect(refusal).toMatchObject({ kind: 'Telephony', callPlaced: 'no' });
    expect(refusal.message).toMatch(/^Dograh could not dial: .*Invalid 'To' Phone Number/);
    expect(simulator.calls).toHaveLength(0);
  });
});

describe('the search does not mistake another call for this one', () => {
  it.each<[string, Partial<CallInput>]>([
    ['an equal call that another execution placed at the same moment', {}],
    [
      'a call of another agent to the same number',
      { agent: { by: 'agentUuid', value: createWorld().agents.deliveryUpdate.uuid } },
    ],
    ['a call of the same reference', { callReference: 'lead-42' }],
  ])('not %s', async (_name, theirs) => {
    const their = await place({ input: theirs });
    strike(NEVER_HANDLED);

    const refusal = await rejectionOf(place({ input: { callReference: theirs.callReference } }));

    expect(refusal).toMatchObject({ kind: 'OutcomeUnknown', trace: { candidates: [] } });
    expect(refusal.hint).toContain(
      `Run ${their.workflow_run_id} is another call to ${NUMBER} and not this one.`,
    );
    expect(simulator.calls).toHaveLength(1);
  });

  it('finds its run between two equal ones', async () => {
    await place();
    strike(ANSWER_LOST);
    const ours = await place();
    await place();

    expect(ours).toMatchObject({ recovered: true, workflow_run_id: simulator.calls[1]?.runId });
    expect(simulator.calls).toHaveLength(3);
  });

  it('lists the candidates if a proxy repeated the request', async () => {
    strike(ANSWER_LOST);
    const clock = drivenClock(async () => {
      if (clock.slept.length === 1) await sendAgain(simulator.requests[0]);
    });

    const refusal = await rejectionOf(place({ clock }));

    const ids = simulator.runs.map(({ runId }) => runId).toReversed();
    expect(ids).toHaveLength(2);
    expect(refusal).toMatchObject({ kind: 'OutcomeUnknown', trace: { candidates: ids } });
    expect(refusal.message).toContain(
      `Dograh lists runs ${ids.join(', ')}, and one of them may be`,
    );
  });
});

describe('the search with a clock that differs from Dograh’s', () => {
  it.each([-2 * MINUTE, 2 * MINUTE, -180 * MINUTE, 180 * MINUTE])(
    'finds the run at a difference of %d ms',
    async (clockOffsetMs) => {
      const skewed = await startSimulator({ clockOffsetMs });
      skewed.faults.add({ on: 'call', fault: ANSWER_LOST });

      const result = await place({ on: skewed }).finally(() => skewed.stop());

      expect(result).toMatchObject({ recovered: true });
    },
  );
});

describe('the request ID', () => {
  it('is new for each request, and the error contains it', async () => {
    strike(NEVER_HANDLED, 'call', 2);
    const first = await rejectionOf(place());
    const second = await rejectionOf(place());

    const sent = simulator.callRequests.map(requestId);
    expect(sent).toEqual([first.trace?.callRequestId, second.trace?.callRequestId]);
    expect(new Set(sent).size).toBe(2);
    expect(first.hint).toContain(`call_request_id ${String(sent[0])}`);
  });

  it('is sent with the variables, but not returned with them', async () => {
    const result = await place({ input: { context: { json: { customer_name: 'Ann' } } } });

    expect(simulator.requests[0]?.body).toEqual({
      phone_number: NUMBER,
      initial_context: {
        customer_name: 'Ann',
        call_request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    });
    expect(result.initial_context).toEqual({ customer_name: 'Ann' });
  });

  it('cannot be set by the user', async () => {
    const context = { json: { call_request_id: 'mine' } };
    expect(await rejectionOf(place({ input: { context } }))).toMatchObject({
      kind: 'InvalidInput',
      message: expect.stringContaining('"call_request_id" cannot be set'),
    });
    expect(simulator.requests).toHaveLength(0);
  });
});

/** The ID in a request. */
function requestId({ body }: RequestRecord): unknown {
  return (body as { initial_context: Record<string, unknown> }).initial_context['call_request_id'];
}

async function sendAgain(request: RequestRecord | undefined): Promise<void> {
  if (request === undefined) throw new Error('nothing was sent');
  await fetch(`${simulator.url}${request.path}`, {
    method: request.method,
    headers: {
      'content-type': 'application/json',
      'x-api-key': simulator.world.acme.apiKey,
    },
    body: JSON.stringify(request.body),
  });
}

/** A response of Dograh's that lists only this run. */
function listWith(run: Record<string, unknown>): unknown {
  const always = {
    name: 'WR-API-1000',
    workflow_id: 1,
    workflow_name: null,
    created_at: new Date().toISOString(),
    call_duration_seconds: 0,
  };
  return { runs: [{ ...always, ...run }], page: 1, total_pages: 1 };
}
