import type { CallInput, DograhErrorKind } from '@dograh/shared';
import { startSimulator, type Fault, type Simulator } from '../../../tools/simulator';
import { closedPort, startOtherOrigin } from '../../../tools/support/servers';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';
import { rejectionOf } from '../../support/refusal';
import { timeLimits } from '../../support/host-time';
import { placeCall } from '../../support/place-call';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  simulator.reset();
});
afterAll(() => simulator.stop());

const client = (): ReturnType<typeof clientTo> =>
  clientTo(simulator.url, {
    apiKey: simulator.world.acme.apiKey,
    clock: new DrivenClock(0, undefined, Date.now()),
  });

const ownId = { call_request_id: expect.any(String) };

function call(changes: Partial<CallInput> = {}): CallInput {
  return {
    agent: { by: 'triggerId', value: 'lead-qualifier' },
    phoneNumber: '+1 415 555 0123',
    ...changes,
  };
}

describe('a prepared call', () => {
  it('is placed as it was prepared', async () => {
    const result = await client()
      .prepare({ ...call(), requireVariables: false })
      .place();

    expect(simulator.calls).toMatchObject([
      { runId: result.workflow_run_id, phoneNumber: '+14155550123' },
    ]);
  });
});

describe('the body of a call', () => {
  it('contains the number and the request ID if nothing else is set', async () => {
    await placeCall(client(), call());
    expect(simulator.requests).toMatchObject([
      {
        method: 'POST',
        path: '/api/v1/public/agent/lead-qualifier',
        body: { phone_number: '+14155550123' },
      },
    ]);
    expect(simulator.requests[0]?.body).toEqual({
      phone_number: '+14155550123',
      initial_context: ownId,
    });
  });

  it('contains every field that is set, and no other', async () => {
    await placeCall(
      client(),
      call({
        environment: 'test',
        context: { pairs: [{ name: 'user.name', value: 'Ann' }] },
        telephonyConfigurationId: '11',
        fromPhoneNumberId: 112,
      }),
    );
    expect(simulator.requests[0]).toMatchObject({
      path: '/api/v1/public/agent/test/lead-qualifier',
    });
    expect(simulator.requests[0]?.body).toEqual({
      phone_number: '+14155550123',
      initial_context: { user: { name: 'Ann' }, ...ownId },
      telephony_configuration_id: 11,
      from_phone_number_id: 112,
    });
    expect(simulator.contractViolations).toEqual([]);
  });

  it.each([0, -1, 1.5, 'eleven', true, '1e99', '0x10', '1e3', '+5', NaN])(
    'does not accept %j as telephony configuration',
    async (id) => {
      const refusal = await rejectionOf(
        placeCall(client(), call({ telephonyConfigurationId: id })),
      );
      expect(refusal).toMatchObject({
        kind: 'InvalidInput',
        message: expect.stringMatching(
          /^Telephony Configuration must be a whole number from 1 to 2147483647, not /,
        ),
      });
      expect(simulator.requests).toHaveLength(0);
    },
  );

  it.each([undefined, null, '', ' '])(
    'contains no telephony configuration and no caller ID if %j is chosen',
    async (id) => {
      await placeCall(client(), call({ telephonyConfigurationId: id, fromPhoneNumberId: id }));

      expect(simulator.requests[0]?.body).toEqual({
        phone_number: '+14155550123',
        initial_context: ownId,
      });
    },
  );

  it('does not contain the key, which is in the header', async () => {
    await placeCall(client(), call());
    const [request] = simulator.requests;
    expect(request?.headers['x-api-key']).toBe(simulator.world.acme.apiKey);
    expect(JSON.stringify([request?.path, request?.body])).not.toContain(
      simulator.world.acme.apiKey,
    );
  });
});

describe('a 2xx response with a run ID', () => {
  it('becomes a result with every key', async () => {
    const result = await placeCall(client(), call({ context: { json: { a: 1 } } }));
    expect(result).toEqual({
      workflow_run_id: simulator.calls[0]?.runId,
      workflow_run_name: simulator.calls[0]?.runName,
      workflow_id: null,
      agent_name: null,
      status: 'initiated',
      outcome: null,
      disposition: null,
      phone_number: '+14155550123',
      duration_seconds: null,
      started_at: null,
      gathered_context: null,
      initial_context: { a: 1 },
      recording_url: null,
      transcript_url: null,
      transcript: null,
      cost: null,
      environment: 'production',
      run_url: null,
      recovered: false,
      skipped: false,
      skip_reason: null,
      callable_at: null,
      notes: [],
      mode: null,
      channel: 'telephony',
      caller_number: null,
      usage_info: null,
      annotations: null,
    });
    expect(simulator.calls).toHaveLength(1);
  });

  it('needs no name of the run', async () => {
    strike({ kind: 'off-contract', callPlaced: true, body: { workflow_run_id: 7 } });
    expect(await placeCall(client(), call())).toMatchObject({
      workflow_run_id: 7,
      workflow_run_name: null,
    });
  });
});

describe('a refusal that proves that no phone was dialed', () => {
  const refusals: [
    string,
    DograhErrorKind,
    RegExp,
    (s: Simulator) => Partial<CallInput> | undefined,
  ][] = [
    [
      '400 telephony',
      'Telephony',
      /Dograh could not dial: .*configur/i,
      (s) => byUuid(s.world.agents.withoutTelephony.uuid),
    ],
    [
      '400 caller ID',
      'Telephony',
      /caller ID is not an active number/,
      () => ({ telephonyConfigurationId: 12, fromPhoneNumberId: 111 }),
    ],
    [
      '400 provider',
      'Telephony',
      /^Dograh could not dial: Invalid 'To' Phone Number: \+\d+\.$/,
      (s) => ({ phoneNumber: s.world.unreachableNumbers[0] }),
    ],
    [
      '402',
      'QuotaExceeded',
      /out of credit/,
      (s) => void (s.world.acme.quotaExhausted = 'You are out of credit'),
    ],
    [
      '403',
      'PermissionDenied',
      /Access denied/,
      (s) => ({ agent: { by: 'triggerId', value: s.world.agents.globexSurvey.trigger } }),
    ],
    [
      '404 trigger',
      'NotFound',
      /API Trigger nobody/,
      () => ({ agent: { by: 'triggerId', value: 'nobody' } }),
    ],
    [
      '404 agent',
      'NotFound',
      /the agent 3f2b8c1e/,
      () => byUuid('3f2b8c1e-4d5a-4b6c-8d7e-9f0a1b2c3d4e'),
    ],
    [
      '404 telephony',
      'NotFound',
      /telephony configuration/,
      () => ({ telephonyConfigurationId: 999 }),
    ],
    ['409', 'PermissionDenied', /no owner/, (s) => byUuid(s.world.agents.withoutOwner.uuid)],
    [
      '429',
      'ConcurrencyLimit',
      /Concurrent call limit reached/,
      (s) => void (s.world.acme.concurrentCallLimit = 0),
    ],
  ];

  it.each(refusals)(
    '%s is %s with Dograh’s words, and is not sent again',
    async (name, kind, says, arrange) => {
      const changes = arrange(simulator) ?? {};
      const key =
        name === '400 telephony' ? simulator.world.initech.apiKey : simulator.world.acme.apiKey;

      const refusal = await rejectionOf(
        placeCall(clientTo(simulator.url, { apiKey: key }), call(changes)),
      );

      expect(refusal).toMatchObject({ kind, callPlaced: 'no', status: Number(name.slice(0, 3)) });
      expect(refusal.message).toMatch(says);
      expect(refusal.hint).toMatch(/\w{3,}.*\.$/);
      expect(refusal.retryable).toBe(kind === 'ConcurrencyLimit');
      expect(simulator.requests).toHaveLength(1);
      expect(simulator.calls).toHaveLength(0);
    },
  );

  it('401 is Authentication, and its message does not contain the key', async () => {
    const apiKey = 'dg_wrong_0123456789';
    const refusal = await rejectionOf(placeCall(clientTo(simulator.url, { apiKey }), call()));
    expect(refusal).toMatchObject({
      kind: 'Authentication',
      status: 401,
      detail: 'Invalid API key',
    });
    expect(JSON.stringify(refusal) + String(refusal.stack)).not.toContain(apiKey);
  });

  it.each([
    [
      [{ loc: ['body', 'phone_number'], msg: 'Field required', type: 'missing' }],
      'phone_number: Field required',
    ],
    [
      { message: 'Bad agent', errors: [{ message: 'no start' }, 'no end'] },
      'Bad agent: no start; no end',
    ],
    [{ errors: ['no start'] }, 'no start'],
  ])('422 is InvalidInput with a readable detail: %j', async (detail, read) => {
    strike({ kind: 'status', callPlaced: false, status: 422, body: { detail } });
    const refusal = await rejectionOf(placeCall(client(), call()));
    expect(refusal).toMatchObject({ kind: 'InvalidInput', status: 422, detail: read });
    expect(refusal.message).toContain(read);
  });

  it.each([400, 402, 403, 404, 405, 409, 422])(
    '%i without Dograh’s words is Contract because the server is not Dograh',
    async (status) => {
      strike({ kind: 'status', callPlaced: false, status, body: '<html>no</html>' });
      const refusal = await rejectionOf(placeCall(client(), call()));
      expect(refusal).toMatchObject({ kind: 'Contract', callPlaced: 'no', status });
      expect(refusal.message).toMatch(/a web page\. Dograh does not respond like this\.$/);
      expect(refusal.hint).toMatch(/Base URL.*not of its dashboard/);
    },
  );

  it('404 of a telephony configuration does not mention triggers', async () => {
    const refusal = await rejectionOf(placeCall(client(), call({ telephonyConfigurationId: 999 })));
    expect(refusal.message).toMatch(/does not know the telephony configuration/);
    expect(refusal.hint).toMatch(/leave it empty for the default/);
  });

  it('404 suggests no mix-up of IDs if Dograh found the trigger', async () => {
    const { trigger } = simulator.world.agents.triggerOnlyInDraft;
    const refusal = await rejectionOf(
      placeCall(client(), call({ agent: { by: 'triggerId', value: trigger } })),
    );
    expect(refusal.hint).toMatch(/^The agent must be active/);
  });

  it('404 explains an Agent UUID in place of a trigger, and the reverse', async () => {
    const { uuid, trigger } = simulator.world.agents.appointmentReminder;
    const asTrigger = await rejectionOf(
      placeCall(client(), call({ agent: { by: 'triggerId', value: uuid } })),
    );
    const asAgent = await rejectionOf(placeCall(client(), call(byUuid(trigger))));
    expect(asTrigger.hint).toMatch(/If this is an Agent UUID/);
    expect(asAgent.hint).toMatch(/Enter the ID of an API Trigger as an API Trigger/);
  });

  it.each([
    'You have exhausted your Dograh credits. Please purchase more credits.',
    'The organization linked to this Dograh service key has insufficient credits.',
    'Out of credit',
    'Monthly minutes used up',
  ])('402 advises to add credit if it is used up: %s', async (detail) => {
    simulator.world.acme.quotaExhausted = detail;
    const refusal = await rejectionOf(placeCall(client(), call()));
    expect(refusal.message).toContain(detail.replace(/\.$/, ''));
    expect(refusal.hint).toMatch(/^Add credit/);
  });

  it.each([
    ['Could not verify Dograh credits. Please try again.', /could not check the credit\. Run/],
    ['You have invalid keys in your model configuration.', /Check .* the service key/],
    ['The Dograh service token being used is created from another account.', /the service key/],
  ])('402 does not advise to add credit otherwise: %s', async (detail, advice) => {
    simulator.world.acme.quotaExhausted = detail;
    const refusal = await rejectionOf(placeCall(client(), call()));
    expect(refusal.message).toBe(`Dograh did not place the call: ${detail}`);
    expect(refusal.hint).toMatch(advice);
    expect(refusal.hint).not.toMatch(/add credit/i);
  });

  it('404 of an Agent UUID does not ask for an API Trigger in the agent', async () => {
    for (const environment of ['production', 'test']) {
      const uuid = '3f2b8c1e-4d5a-4b6c-8d7e-9f0a1b2c3d4e';
      const refusal = await rejectionOf(
        placeCall(client(), call({ ...byUuid(uuid), environment })),
      );
      expect(refusal.hint).not.toMatch(/with its API Trigger|contain the API Trigger/);
    }
  });

  it('404 of a number explains the number in the address of the dashboard', async () => {
    const agent = { by: 'triggerId', value: '102' } as const;
    const refusal = await rejectionOf(placeCall(client(), call({ agent })));
    expect(refusal.hint).toMatch(/^The number in the address of the dashboard is neither/);
  });

  it('404 of an unpublished agent says that the draft can be tested', async () => {
    const { trigger } = simulator.world.agents.neverPublished;
    const refusal = await rejectionOf(
      placeCall(client(), call({ agent: { by: 'triggerId', value: trigger } })),
    );
    expect(refusal.hint).toMatch(/Latest Draft \(Test\)/);
  });
});

describe('a fault that proves that nothing was sent', () => {
  it.each([
    ['connection refused', () => closedPort(), /127\.0\.0\.1:\d+ refused the connection/],
    [
      'unresolvable name',
      () => Promise.resolve('https://dograh.invalid'),
      /dograh\.invalid was not found/,
    ],
    [
      'TLS handshake with a plain port',
      () => Promise.resolve(simulator.url.replace('http:', 'https:')),
      /The secure connection to .* failed/,
    ],
  ])('%s is Network, and no call was placed', async (_, address, says) => {
    const refusal = await rejectionOf(
      placeCall(clientTo(await address(), { apiKey: 'dg_key_0123456789' }), call()),
    );
    expect(refusal).toMatchObject({ kind: 'Network', callPlaced: 'no', retryable: true });
    expect(refusal.message).toMatch(says);
    expect(refusal.hint).toMatch(/^This number was not dialed\./);
  });
});

describe('a request with an unknown outcome is not sent again, and its run is searched for', () => {
  const unknown: [string, Fault][] = [
    ['500', { kind: 'status', callPlaced: true, status: 500, body: { detail: 'boom' } }],
    [
      '502 as a web page',
      { kind: 'status', callPlaced: true, status: 502, body: '<html>bad</html>' },
    ],
    ['503 before placing', { kind: 'status', callPlaced: false, status: 503 }],
    ['408', { kind: 'status', callPlaced: false, status: 408 }],
    ['reset before reading', { kind: 'reset', callPlaced: false, moment: 'before-reading' }],
    ['reset after reading', { kind: 'reset', callPlaced: false, moment: 'after-reading' }],
    ['reset after placing', { kind: 'reset', callPlaced: true, moment: 'after-placing' }],
    ['an answer cut off', { kind: 'cut-off', callPlaced: true }],
    ['200 that is not JSON', { kind: 'not-json', callPlaced: true }],
    [
      '200 without a run ID',
      { kind: 'off-contract', callPlaced: true, body: { status: 'initiated' } },
    ],
    [
      '200 with a run ID as text',
      { kind: 'off-contract', callPlaced: true, body: { workflow_run_id: '7' } },
    ],
    [
      '200 with a run ID that is not valid',
      { kind: 'off-contract', callPlaced: true, body: { workflow_run_id: 0 } },
    ],
    [
      'a refusal that names a run',
      {
        kind: 'status',
        callPlaced: true,
        status: 400,
        body: { workflow_run_id: 3, detail: 'placed' },
      },
    ],
    [
      'a failure explained without end',
      { kind: 'status', callPlaced: true, status: 418, body: { detail: nested(5_000) } },
    ],
    ['200 with null', { kind: 'off-contract', callPlaced: true, body: null }],
    ['silence after placing', { kind: 'silence', callPlaced: true }],
    ['silence before placing', { kind: 'silence', callPlaced: false }],
    [
      'a response that is slower than the limit',
      { kind: 'slow-body', callPlaced: true, intervalMs: Infinity, bytesPerChunk: 1 },
    ],
  ];

  it.each(unknown)('after %s', async (_, fault) => {
    strike(fault);
    timeLimits.passWhileWaitingFor(simulator);

    const placing = placeCall(client(), call());

    if (fault.callPlaced) {
      const { runId } = await simulator.waitFor(1001, 'initiated');
      expect(await placing).toMatchObject({ workflow_run_id: runId, recovered: true });
    } else {
      expect(await rejectionOf(placing)).toMatchObject({
        kind: 'OutcomeUnknown',
        callPlaced: 'unknown',
        retryable: false,
        message: expect.stringMatching(/^It is not known whether \+14155550123 is being called: /),
        hint: expect.stringMatching(/^Before you send it again, look in the Dograh dashboard/),
      });
    }
    expect(simulator.callRequests).toHaveLength(1);
    expect(simulator.calls).toHaveLength(fault.callPlaced ? 1 : 0);
  });

  it('a slow response within the limit is read', async () => {
    strike({ kind: 'slow-body', callPlaced: true, intervalMs: 1, bytesPerChunk: 16 });
    expect(await placeCall(client(), call())).toMatchObject({ status: 'initiated' });
  });
});

describe('a defect of the client', () => {
  it('makes the outcome unknown', async () => {
    const broken = clientTo(simulator.url, {
      apiKey: simulator.world.acme.apiKey,
      clock: new DrivenClock(0, () => {
        throw new RangeError('Maximum call stack size exceeded');
      }),
    });
    strike({ kind: 'reset', callPlaced: true, moment: 'after-placing' });

    expect(await rejectionOf(placeCall(broken, call()))).toMatchObject({
      kind: 'OutcomeUnknown',
      message: 'It is not known whether the call was placed: RangeError.',
    });
  });

  it('does not occur with a deeply nested context', async () => {
    strike({ kind: 'reset', callPlaced: true, moment: 'after-placing' });
    const client = clientTo(simulator.url, {
      apiKey: simulator.world.acme.apiKey,
      clock: new DrivenClock(0, () => {
        for (const run of simulator.runs) run.gatheredContext = { deep: nested(1_000) };
      }),
    });

    expect(await placeCall(client, call())).toMatchObject({ recovered: true });
  });
});

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308] as const)('with %s is not followed', async (status) => {
    const other = await startOtherOrigin();
    strike({ kind: 'redirect', callPlaced: false, status, location: `${other.url}/api/v1/health` });

    const refusal = await rejectionOf(placeCall(client(), call()));
    await other.stop();

    expect(other.received).toHaveLength(0);
    expect(refusal).toMatchObject({ kind: 'OutcomeUnknown', status });
    expect(refusal.message).toContain(other.url);
  });
});

describe('a stopped execution', () => {
  it('places no call if it was stopped before', async () => {
    const refusal = await rejectionOf(placeCall(client(), call(), { signal: AbortSignal.abort() }));
    expect(refusal).toMatchObject({ kind: 'Cancelled', callPlaced: 'no' });
    expect(simulator.requests).toHaveLength(0);
  });

  it('ends at once during a request, with an unknown outcome', async () => {
    strike({ kind: 'silence', callPlaced: true });
    const stop = new AbortController();
    const placing = rejectionOf(placeCall(client(), call(), { signal: stop.signal }));
    await requestArrived();
    stop.abort();
    expect(await placing).toMatchObject({ kind: 'Cancelled', callPlaced: 'unknown' });
  });
});

describe('the API key', () => {
  it.each([
    ['the response contains it', { status: 400, body: { detail: 'bad key KEY' } }],
    [
      'a proxy’s redirect contains it',
      { status: 302, headers: { location: 'http://x.example/?KEY' } },
    ],
  ])('is in no message if %s', async (_, answer) => {
    const { apiKey } = simulator.world.acme;
    const filled = JSON.parse(JSON.stringify(answer).replaceAll('KEY', apiKey)) as typeof answer;
    strike({ kind: 'status', callPlaced: false, ...filled });
    const refusal = await rejectionOf(placeCall(client(), call()));
    expect(JSON.stringify(refusal) + String(refusal) + String(refusal.stack)).not.toContain(apiKey);
  });

  it.each<[string, Partial<CallInput>]>([
    ['the API Trigger', { agent: { by: 'triggerId', value: 'KEY' } }],
    ['the pasted URL', { agent: { by: 'triggerUrl', value: 'URL/api/v1/public/agent/KEY' } }],
    ['a destination of any format', { phoneNumber: 'KEY', phoneNumberRules: { format: 'any' } }],
    ['the context', { context: { pairs: [{ name: 'note', value: 'use KEY' }] } }],
  ])('is refused in %s', async (_, changes) => {
    const { apiKey } = simulator.world.acme;
    const text = JSON.stringify(changes).replace('KEY', apiKey).replace('URL', simulator.url);
    const refusal = await rejectionOf(
      placeCall(client(), call(JSON.parse(text) as Partial<CallInput>)),
    );
    expect(refusal.message).toBe('A field of the call contains the API key.');
    expect(simulator.requests).toHaveLength(0);
  });

  it('is in no message if a long value with it is cut', async () => {
    const { apiKey } = simulator.world.acme;
    const phoneNumber = `${'x'.repeat(60)}${apiKey}`;
    const refusal = await rejectionOf(placeCall(client(), call({ phoneNumber })));
    expect(refusal.message).toContain('[API key]…');
    strike({
      kind: 'status',
      callPlaced: false,
      status: 418,
      body: { detail: `${'x'.repeat(485)}${apiKey}` },
    });
    const unknown = await rejectionOf(placeCall(client(), call()));
    expect(JSON.stringify(unknown)).not.toContain(apiKey.slice(0, 10));
  });

  it('is not in the output if the name of the run contains it', async () => {
    const { apiKey } = simulator.world.acme;
    const body = { workflow_run_id: 7, workflow_run_name: `WR ${apiKey}` };
    strike({ kind: 'off-contract', callPlaced: true, body });
    expect(await placeCall(client(), call())).toMatchObject({ workflow_run_name: 'WR [API key]' });
  });

  it('is in no message if it was pasted as the phone number', async () => {
    const { apiKey } = simulator.world.acme;
    const refusal = await rejectionOf(placeCall(client(), call({ phoneNumber: apiKey })));
    expect(refusal.message).toMatch(/Phone Number "\[API key\]"/);
    expect(JSON.stringify(refusal) + String(refusal.stack)).not.toContain(apiKey);
  });
});

function nested(levels: number): unknown {
  return JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
}

function byUuid(value: string): Partial<CallInput> {
  return { agent: { by: 'agentUuid', value } };
}

function strike(fault: Fault): void {
  simulator.faults.add({ on: 'call', fault });
}

function requestArrived(): Promise<void> {
  return new Promise((resolve) => {
    const stop = simulator.onChange(() => {
      stop();
      resolve();
    });
  });
}
