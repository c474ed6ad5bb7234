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
  // Calls that go on for the whole test.
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

const strike = (fault: Fault, on: 'call' | 'runs' = 'call', times = 1): void => {
  simulator.faults.add({ on, fault, times });
};

const looks = (): RequestRecord[] => simulator.requests.filter(({ method }) => method === 'GET');

describe('design 5: after an unknown outcome the run is looked for, and nothing is sent again', () => {
  it('returns the run that was found, flagged as recovered', async () => {
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
    });
    expect(simulator.calls).toHaveLength(1);
  });

  it('does not look when the answer arrived', async () => {
    expect(await place()).toMatchObject({ recovered: false, skipped: false });
    expect(simulator.requests).toHaveLength(1);
  });

  it('says that it is not known when there is no such run, and has looked for about ten seconds', async () => {
    strike(NEVER_HANDLED);
    const clock = drivenClock();

    const refusal = await rejectionOf(place({ clock }));

    expect(refusal).toMatchObject({ kind: 'OutcomeUnknown', callPlaced: 'unknown' });
    expect(refusal.message).toMatch(
      /^It is not known whether \+14155550123 is being called: .* Dograh lists no run of this call so far\.$/,
    );
    expect(clock.slept).toEqual([250, 1_000, 3_000, 6_000]);
    expect(looks()).toHaveLength(4);
    expect(simulator.calls).toHaveLength(0);
  });

  it('finds a run that shows up late', async () => {
    strike({ kind: 'silence', callPlaced: false });
    const clock = drivenClock(async () => {
      // What a slow Dograh does in the end: it handles the request that it read long ago.
      if (clock.slept.length === 3) await sendAgain(simulator.requests[0]);
    });

    expect(await place({ clock })).toMatchObject({ recovered: true });
    expect(simulator.calls).toHaveLength(1);
  });

  it('remembers what an earlier look showed', async () => {
    strike(NEVER_HANDLED);
    const hidden = listWith({ id: 7, called_number: NUMBER, initial_context: null });
    strike({ kind: 'status', callPlaced: false, status: 200, body: hidden }, 'runs');

    const refusal = await rejectionOf(place());

    expect(refusal).toMatchObject({ kind: 'OutcomeUnknown', trace: { candidates: [7] } });
    expect(refusal.message).toContain('Dograh lists run 7, which may be this call.');
  });

  it('finds the run of a number that was passed on with blanks', async () => {
    strike(ANSWER_LOST);
    const input = { phoneNumber: '+1 415 555 0123', phoneNumberRules: { format: 'any' } };

    expect(await place({ input })).toMatchObject({ recovered: true });
  });

  it('takes its ID for a proof, whatever number Dograh writes down', async () => {
    strike(ANSWER_LOST);
    const clock = drivenClock(() => {
      for (const run of simulator.runs) run.phoneNumber = `0${NUMBER.slice(1)}`;
    });

    expect(await place({ clock })).toMatchObject({ recovered: true, phone_number: NUMBER });
  });

  it('takes a value that the agent gathered under the name of error for no failure', async () => {
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
    'something that nobody here has ever read',
  ])('does not know either when the provider may have taken the call: %p', async (words) => {
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
  });

  it.each([
    '400: {"code": 21211, "message": "The timeout is invalid", "status": 400}',
    "404, message='Attempt to decode JSON with unexpected mimetype: text/html'",
    '400: Failed to initiate call via Cloudonix (HTTP 400): connection closed',
    'Cannot connect to host api.twilio.com:443 ssl:default [Network is unreachable]',
    'Twilio provider not properly configured',
    'No phone numbers configured for Cloudonix provider. At least one is required.',
  ])(
    'knows that nobody was dialled when the provider refused or was not asked: %p',
    async (words) => {
      const body = { detail: `Failed to initiate call: ${words}` };
      strike({ kind: 'status', callPlaced: false, status: 400, body });

      expect(await rejectionOf(place())).toMatchObject({ kind: 'Telephony', callPlaced: 'no' });
      expect(looks()).toHaveLength(0);
    },
  );

  it('ends its search after thirty seconds where Dograh answers slowly', async () => {
    strike(ANSWER_LOST);
    strike({ kind: 'status', callPlaced: false, status: 503 }, 'runs', Infinity);
    const clock = drivenClock();
    const { apiKey } = simulator.world.acme;
    const client = clientTo(simulator.url, {
      apiKey,
      clock,
      onSend: () => {
        clock.advance(14_000);
      },
    });
    await rejectionOf(
      placeCall(client, {
        agent: { by: 'triggerId', value: 'lead-qualifier' },
        phoneNumber: NUMBER,
      }),
    );

    expect(looks()).toHaveLength(2);
  });

  it('looks on when a look fails', async () => {
    strike(ANSWER_LOST);
    strike({ kind: 'status', callPlaced: false, status: 503 }, 'runs');
    strike({ kind: 'reset', callPlaced: false, moment: 'after-reading' }, 'runs');
    strike({ kind: 'not-json', callPlaced: true }, 'runs');

    expect(await place()).toMatchObject({ recovered: true });
    expect(looks()).toHaveLength(4);
  });

  it('says why it could not look', async () => {
    strike(ANSWER_LOST);
    strike({ kind: 'status', callPlaced: false, status: 503 }, 'runs', Infinity);

    const refusal = await rejectionOf(place());

    expect(refusal).toMatchObject({ kind: 'OutcomeUnknown', callPlaced: 'unknown' });
    expect(refusal.message).toMatch(/list of runs failed: .* answered 503/);
    expect(simulator.calls).toHaveLength(1);
  });

  it('stops looking at once when it is cancelled, and then still does not know', async () => {
    strike(ANSWER_LOST);
    const stop = new AbortController();
    const clock = drivenClock(() => {
      stop.abort();
    });

    const refusal = await rejectionOf(place({ clock, signal: stop.signal }));

    expect(refusal).toMatchObject({ kind: 'Cancelled', callPlaced: 'unknown' });
    expect(looks()).toHaveLength(0);
  });

  it('answers within the time that the whole operation has', async () => {
    strike({ kind: 'silence', callPlaced: false });
    const clock = drivenClock();

    const refusal = await rejectionOf(place({ clock, timeoutMs: 500, operationMs: 6_000 }));

    expect(refusal).toMatchObject({ kind: 'OutcomeUnknown' });
    expect(clock.slept).toEqual([250, 1_000, 3_000]);
  });

  it('sends nothing when too little of that time is left for an answer', async () => {
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

  it('does not claim to have looked when there was no time to', async () => {
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
    expect(looks()).toHaveLength(0);
  });

  it('takes the word of a run that failed before anybody was dialled', async () => {
    const [unreachable = ''] = simulator.world.unreachableNumbers;
    strike({ kind: 'cut-off', callPlaced: true });

    const refusal = await rejectionOf(place({ input: { phoneNumber: unreachable } }));

    expect(refusal).toMatchObject({ kind: 'Telephony', callPlaced: 'no' });
    expect(refusal.message).toMatch(/^Dograh could not dial: .*Invalid 'To' Phone Number/);
    expect(simulator.calls).toHaveLength(0);
  });
});

describe('design 5: recovery does not adopt a run of somebody else', () => {
  it.each<[string, Partial<CallInput>]>([
    ['an equal call that another execution placed at the same moment', {}],
    [
      'a call of another agent to the same number',
      { agent: { by: 'agentUuid', value: createWorld().agents.deliveryUpdate.uuid } },
    ],
    ['a call of the same reference', { callReference: 'lead-42' }],
  ])('%s', async (_name, theirs) => {
    const their = await place({ input: theirs });
    strike(NEVER_HANDLED);

    const refusal = await rejectionOf(place({ input: { callReference: theirs.callReference } }));

    expect(refusal).toMatchObject({ kind: 'OutcomeUnknown', trace: { candidates: [] } });
    expect(refusal.hint).toContain(
      `Run ${their.workflow_run_id} is another call to ${NUMBER} and not this one.`,
    );
    expect(simulator.calls).toHaveLength(1);
  });

  it('finds its own between two equal ones', async () => {
    await place();
    strike(ANSWER_LOST);
    const ours = await place();
    await place();

    expect(ours).toMatchObject({ recovered: true, workflow_run_id: simulator.calls[1]?.runId });
    expect(simulator.calls).toHaveLength(3);
  });

  it('lists the candidates when something on the way repeated the request', async () => {
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

describe('design 5: the clocks may differ', () => {
  it.each([-2 * MINUTE, 2 * MINUTE, -180 * MINUTE, 180 * MINUTE])(
    'by %d ms',
    async (clockOffsetMs) => {
      const skewed = await startSimulator({ clockOffsetMs });
      skewed.faults.add({ on: 'call', fault: ANSWER_LOST });

      const result = await place({ on: skewed }).finally(() => skewed.stop());

      expect(result).toMatchObject({ recovered: true });
    },
  );
});

describe('the ID by which a call is found again', () => {
  it('is new for each request, and known to the error', async () => {
    strike(NEVER_HANDLED, 'call', 2);
    const first = await rejectionOf(place());
    const second = await rejectionOf(place());

    const sent = simulator.callRequests.map(requestId);
    expect(sent).toEqual([first.trace?.callRequestId, second.trace?.callRequestId]);
    expect(new Set(sent).size).toBe(2);
    expect(first.hint).toContain(`call_request_id ${String(sent[0])}`);
  });

  it('stands beside the variables, and does not come back among them', async () => {
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

  it('cannot be chosen by the user', async () => {
    const context = { json: { call_request_id: 'mine' } };
    expect(await rejectionOf(place({ input: { context } }))).toMatchObject({
      kind: 'InvalidInput',
      message: expect.stringContaining('"call_request_id" cannot be set'),
    });
    expect(simulator.requests).toHaveLength(0);
  });
});

/** The ID that a request carries. */
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

/** An answer of Dograh's with this run alone. */
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
