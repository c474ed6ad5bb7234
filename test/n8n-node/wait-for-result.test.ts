import { getEventListeners } from 'node:events';
import type { INodeParameters } from 'n8n-workflow';
import { hurryWaits } from '../support/host-time';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeOutcome, type NodeRun } from '../../tools/hosts/n8n/engine';
import { shownBy } from '../../tools/hosts/n8n/host';

const PHONES = ['+14155550121', '+14155550122', '+14155550123'];

describe('Trigger Call and Wait for Result in n8n', () => {
  let simulator: Simulator;

  hurryWaits();
  beforeAll(async () => {
    simulator = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: 30 });
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
  });
  afterAll(() => simulator.stop());

  const run = (fields: INodeParameters = {}, node: Partial<NodeRun> = {}): Promise<NodeOutcome> =>
    runDograhNode({
      parameters: callForm({ operation: 'triggerAndWait', ...fields }),
      credentials: credentialsFor(simulator),
      ...node,
    });

  it('outputs the finished run', async () => {
    simulator.endNext({ disposition: 'voicemail_detected', gathered: { mood: 'good' } });
    const { status, outputs } = await run();

    expect(status).toBe('success');
    expect(outputs[0]?.[0]?.json).toMatchObject({
      workflow_run_id: simulator.calls[0]?.runId,
      status: 'completed',
      outcome: 'voicemail',
      disposition: 'voicemail_detected',
      gathered_context: { mood: 'good' },
      recovered: false,
      skipped: false,
      notes: [],
    });
    expect(simulator.calls).toHaveLength(1);
  });

  it('keeps the remarks about the request', async () => {
    const { outputs } = await run({
      contextMode: 'json',
      contextJson: '{"initial_context": {"vip": true}}',
    });

    expect(outputs[0]?.[0]?.json).toMatchObject({
      status: 'completed',
      notes: [expect.stringContaining('taken out of "initial_context"')],
    });
  });

  it.each([
    ['busy', 'busy'],
    ['no-answer', 'no_answer'],
    ['failed', 'failed'],
  ])('treats %s as an outcome, not as an error', async (disposition, outcome) => {
    simulator.endNext({ disposition });
    const { status, outputs } = await run();

    expect(status).toBe('success');
    expect(outputs[0]?.[0]?.json).toMatchObject({ outcome, disposition });
  });

  it('waits for several calls at the same time and keeps the order of the items', async () => {
    const { outputs } = await run(
      { phoneNumber: '={{ $json.phone }}', options: { concurrency: 3 } },
      { items: PHONES.map((phone) => ({ phone })) },
    );

    expect(outputs[0]?.map(({ json }) => [json['phone_number'], json['status']])).toEqual(
      PHONES.map((phone) => [phone, 'completed']),
    );
  });

  it('fails on timeout, and waits again without a new call when n8n retries', async () => {
    const endless = await startSimulator({ callDurationMs: Infinity });
    const outcome = await run(
      { waitTimeoutMinutes: 0.005 },
      {
        credentials: credentialsFor(endless),
        settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
      },
    );
    await endless.stop();

    expect(shownBy(outcome)).toMatch(
      /Run 1001 was placed, but was not finished[^]*The call continues/,
    );
    expect(endless.calls).toHaveLength(1);
  });

  it('removes its listeners from long-lived signals after each status check', async () => {
    const slow = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: 3000 });
    const listened = jest.spyOn(EventTarget.prototype, 'addEventListener');
    const { status } = await run({ pollSeconds: 2 }, { credentials: credentialsFor(slow) });
    const signals = listened.mock.contexts.filter((one): one is AbortSignal => 'aborted' in one);
    listened.mockRestore();
    const statusChecks = slow.requests.length - slow.calls.length;
    await slow.stop();
    const left = [...new Set(signals)].flatMap((signal) => getEventListeners(signal, 'abort'));

    expect(status).toBe('success');
    expect(statusChecks).toBeGreaterThan(3);
    expect(signals.length).toBeGreaterThan(statusChecks);
    // The signal with which n8n stops the execution.
    expect(left.length).toBeLessThanOrEqual(1);
  });

  it('returns the unfinished run if On Timeout says so', async () => {
    const endless = await startSimulator({ callDurationMs: Infinity });
    const { outputs } = await run(
      { waitTimeoutMinutes: 0.005, onWaitTimeout: 'returnRun' },
      { credentials: credentialsFor(endless) },
    );
    await endless.stop();

    expect(outputs[0]?.[0]?.json).toMatchObject({ status: 'in_progress', outcome: null });
  });

  it.each([
    ['waitTimeoutMinutes', 0, /Maximum Wait for Result must be a number of minutes/],
    ['pollSeconds', 1, /Maximum Check Interval must be a number of seconds/],
  ])('rejects %s of %p before the call', async (name, value, sentence) => {
    expect(shownBy(await run({ [name]: value }))).toMatch(sentence);
    expect(simulator.requests).toHaveLength(0);
  });
});

describe('Get Run in n8n', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: 1 });
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(() => simulator.stop());

  const get = (runId: unknown, fields: INodeParameters = {}): Promise<NodeOutcome> =>
    runDograhNode({
      parameters: { resource: 'run', operation: 'get', runId: runId as string, ...fields },
      credentials: credentialsFor(simulator),
    });

  it('reads a run by its ID, with the URLs of its files', async () => {
    await runDograhNode({ parameters: callForm(), credentials: credentialsFor(simulator) });
    await simulator.waitFor(1001, 'artifacts');
    const { outputs } = await get('1001', { simplify: false });

    expect(outputs[0]?.[0]?.json).toMatchObject({
      workflow_run_id: 1001,
      status: 'completed',
      outcome: 'answered',
      recording_url: expect.stringContaining('/public/download/workflow/'),
      transcript_url: expect.stringContaining('/public/download/workflow/'),
    });
    expect(simulator.contractViolations).toEqual([]);
  });

  it('reads an unfinished run', async () => {
    const endless = await startSimulator({ callDurationMs: Infinity });
    const credentials = credentialsFor(endless);
    await runDograhNode({ parameters: callForm(), credentials });
    const { outputs } = await runDograhNode({
      parameters: { resource: 'run', operation: 'get', runId: 1001 },
      credentials,
    });
    await endless.stop();

    expect(outputs[0]?.[0]?.json).toMatchObject({ status: 'in_progress', outcome: null });
  });

  it.each([
    ['9999', /There is no run 9999 in the organization of this API key/],
    ['soon', /Run ID must be .*, not "soon"/],
    ['-1', /Run ID must be .*, not "-1"/],
    ['14155550123', /Run ID must be .*, not "14155550123"[^]*It is not a phone number/],
  ])('explains why it cannot read the run %p', async (runId, sentence) => {
    expect(shownBy(await get(runId))).toMatch(sentence);
  });

  it('reads the transcript without sending the key to the storage host', async () => {
    simulator.endNext({ transcript: 'agent: Hello!\nuser: Hi.' });
    await runDograhNode({ parameters: callForm(), credentials: credentialsFor(simulator) });
    await simulator.waitFor(1001, 'artifacts');
    const { outputs } = await runDograhNode({
      parameters: { resource: 'run', operation: 'getTranscript', runId: '1001' },
      credentials: credentialsFor(simulator),
    });

    expect(outputs[0]?.[0]?.json).toMatchObject({
      workflow_run_id: 1001,
      outcome: 'answered',
      transcript: 'agent: Hello!\nuser: Hi.',
    });
    expect(simulator.storageRequests).toHaveLength(1);
    const keyless = [...simulator.storageRequests, ...downloads(simulator)];
    expect(keyless.map(({ headers }) => headers['x-api-key'])).toEqual([undefined, undefined]);
  });

  it('says that a run has no transcript', async () => {
    simulator.endNext({ transcript: null });
    await runDograhNode({ parameters: callForm(), credentials: credentialsFor(simulator) });
    await simulator.waitFor(1001, 'artifacts');
    const outcome = await runDograhNode({
      parameters: { resource: 'run', operation: 'getTranscript', runId: '1001' },
      credentials: credentialsFor(simulator),
    });

    expect(shownBy(outcome)).toMatch(/Run 1001 has no transcript\./);
  });

  it('does not find a run of another organization', async () => {
    await runDograhNode({ parameters: callForm(), credentials: credentialsFor(simulator) });
    const { apiKey } = simulator.world.globex;
    const outcome = await runDograhNode({
      parameters: { resource: 'run', operation: 'get', runId: 1001 },
      credentials: { apiKey, baseUrl: simulator.url },
    });

    expect(shownBy(outcome)).toMatch(/There is no run 1001/);
  });
});

/** The requests for a file at Dograh itself. */
function downloads({ requests }: Simulator): Simulator['requests'] {
  return requests.filter(({ path }) => path.includes('/public/download/'));
}
