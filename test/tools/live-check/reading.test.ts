import { dograhDocument } from '../../../tools/contract/dograh-fixture';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import { hurryWaits } from '../../support/host-time';
import { check, lineOf, READING } from './live-check';

hurryWaits();

const LONG_AGO = { createdAt: '2026-01-10T09:00:00.000Z' };

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  simulator.reset();
});
afterAll(() => simulator.stop());

describe('npm run check:dograh without --call', () => {
  it('prints a line for each check and requests no call', async () => {
    const { runId } = simulator.addRun();
    const checked = await check(simulator);
    expect(checked.verdicts).toEqual(READING.map((name) => [name, 'works']));
    expect(checked.lines).toHaveLength(READING.length);
    expect(lineOf(checked, 'agents')).toContain('Active agents: 7.');
    expect(lineOf(checked, 'telephony')).toContain('configurations: 3. Ready to call: 2.');
    expect(lineOf(checked, 'runs')).toContain(`Run ${runId} was read by its ID and its time.`);
    expect(simulator.callRequests).toEqual([]);
  });

  it('reads the whole recording', async () => {
    const { runId } = simulator.addRun();
    const run = await check(simulator);
    const [, bytes] = / has (\d+) bytes of audio\/wav/.exec(lineOf(run, 'recording')) ?? [];
    const file = simulator.storageRequests.filter(({ path }) => path.includes('recording'));
    expect(file).toHaveLength(1);
    const { url } = simulator;
    const { headers } = await fetch(
      `${url}/api/v1/public/download/workflow/${String(simulator.runs[0]?.publicAccessToken)}/recording`,
    );
    expect(bytes).toBe(headers.get('content-length'));
    expect(lineOf(run, 'recording')).toContain(`run ${runId} `);
  });

  it('does not count a contract that is not published as a difference', async () => {
    simulator.faults.add({
      on: 'openapi',
      fault: { kind: 'status', callPlaced: false, status: 404 },
    });
    const checked = await check(simulator);
    expect(lineOf(checked, 'contract')).toMatch(/^not tried .*openapi\.json.* answered 404/);
    expect(checked.worksAll).toBe(true);
  });

  it('requests only the contract and the connection while the connection does not work', async () => {
    simulator.faults.add({
      on: 'context',
      fault: { kind: 'status', callPlaced: false, status: 401 },
    });
    await check(simulator);
    expect(simulator.requests.map(({ path }) => path)).toEqual([
      '/api/v1/openapi.json',
      '/api/v1/organizations/context',
    ]);
  });

  it('finds that a run is missing from the list of its time', async () => {
    const { runId } = simulator.addRun();
    await check(simulator);
    // The run is not read again, because Dograh created its addresses at the first reading.
    const stop = simulator.onRequest(({ path }) => {
      if (!path.endsWith(`/runs/${runId}`)) return;
      const body = { runs: [], total_pages: 0 };
      simulator.faults.add({ on: 'runs', fault: { kind: 'off-contract', callPlaced: true, body } });
    });
    const checked = await check(simulator);
    stop();
    expect(lineOf(checked, 'runs')).toMatch(/^differs .*by its time \S+Z\. Came: no run\.$/);
  });
});

describe('the variables', () => {
  it('are those of the newest agent, also if it has only a draft', async () => {
    const { neverPublished, ...others } = simulator.world.agents;
    for (const agent of [others.triggerOnlyInDraft, others.withoutOwner, others.springOffer]) {
      agent.status = 'archived';
    }
    const checked = await check(simulator);
    expect(lineOf(checked, 'variables')).toBe(
      `works      variables: "${neverPublished.name}", draft version: customer_name.`,
    );
  });

  it.each([
    ['its name', 'Lead Qualifier'],
    ['its Agent UUID', 'A9E17000-0000-4000-8000-000000000102'],
  ])('are those of the agent that was given by %s', async (_, agent) => {
    const checked = await check(simulator, ['--agent', agent]);
    expect(lineOf(checked, 'variables')).toContain(
      '"Lead Qualifier", published version: first_name, company.name,',
    );
  });

  it('differ if no agent has the name', async () => {
    const checked = await check(simulator, ['--agent', 'Nobody']);
    expect(lineOf(checked, 'variables')).toMatch(/^differs .*"Nobody"\. Came: none of 7 agents/);
    expect(checked.worksAll).toBe(false);
  });

  it('differ if two agents have the name', async () => {
    simulator.world.agents.deliveryUpdate.name = 'Lead Qualifier';
    const checked = await check(simulator, ['--agent', 'Lead Qualifier']);
    expect(lineOf(checked, 'variables')).toMatch(/^differs .* 2 agents have it\./);
  });

  it('differ if the named agent was never published', async () => {
    const { name } = simulator.world.agents.neverPublished;
    const checked = await check(simulator, ['--agent', name]);
    expect(lineOf(checked, 'variables')).toMatch(/^differs .* was never published\./);
  });

  it('are not tried if there is no agent', async () => {
    for (const agent of Object.values(simulator.world.agents)) agent.status = 'archived';
    const checked = await check(simulator);
    expect(lineOf(checked, 'variables')).toBe('not tried  variables: There is no active agent.');
    expect(checked.worksAll).toBe(true);
  });
});

describe('the transcript and the recording', () => {
  it('are not tried if there is no finished call that was answered', async () => {
    simulator.addRun({ ending: { disposition: 'busy' } });
    simulator.addRun({ endedAt: null });
    const checked = await check(simulator);
    const why = 'There is no finished call that was answered.';
    expect(lineOf(checked, 'transcript')).toBe(`not tried  transcript: ${why}`);
    expect(lineOf(checked, 'recording')).toBe(`not tried  recording: ${why}`);
    expect(lineOf(checked, 'runs')).toMatch(/^works /);
    expect(checked.worksAll).toBe(true);
  });

  it('are those of the newest answered call', async () => {
    simulator.addRun(LONG_AGO);
    const { runId } = simulator.addRun({ createdAt: '2026-01-11T09:00:00.000Z' });
    simulator.addRun({ ending: { disposition: 'no-answer' } });
    const checked = await check(simulator);
    expect(lineOf(checked, 'transcript')).toMatch(new RegExp(`^works .* run ${runId} has \\d+ ch`));
    expect(lineOf(checked, 'recording')).toMatch(new RegExp(`^works .* run ${runId} has \\d+ by`));
  });

  const withoutFiles = { ending: { transcript: null, recording: false } };

  it('are not tried if Dograh may still store them', async () => {
    simulator.addRun(withoutFiles);
    const checked = await check(simulator);
    expect(lineOf(checked, 'transcript')).toMatch(
      /^not tried .* has no transcript\. Dograh stores/,
    );
    expect(lineOf(checked, 'recording')).toMatch(/^not tried .* has no recording\. Dograh stores/);
    expect(checked.worksAll).toBe(true);
  });

  it('differ if the files are empty', async () => {
    simulator.addRun();
    const headers = { 'content-type': 'audio/wav' };
    simulator.faults.add({
      on: 'storage',
      times: 2,
      fault: { kind: 'status', callPlaced: false, status: 200, body: '', headers },
    });
    const checked = await check(simulator);
    expect(lineOf(checked, 'transcript')).toMatch(/^differs .*Expected text\. Came: an empty file/);
    expect(lineOf(checked, 'recording')).toMatch(/^differs .*Expected sound\. Came: an empty file/);
  });

  it('are not tried if an old call has none, because recording may be turned off', async () => {
    simulator.addRun({ ...LONG_AGO, ...withoutFiles });
    const checked = await check(simulator);
    expect(lineOf(checked, 'transcript')).toMatch(/^not tried .* has no transcript\./);
    expect(lineOf(checked, 'recording')).toMatch(/^not tried .* has no recording\./);
    expect(checked.worksAll).toBe(true);
  });
});

it('the telephony is not tried without a configuration that can call', async () => {
  for (const configuration of Object.values(simulator.world.telephony)) {
    configuration.outboundBlockedReason = 'Add an active phone number first.';
  }
  const checked = await check(simulator);

  expect(lineOf(checked, 'telephony')).toMatch(/^not tried .*No telephony configuration can call/);
});

describe('the API key', () => {
  it('is printed nowhere, also if the server repeats it', async () => {
    const { apiKey } = simulator.world.acme;
    const document = dograhDocument();
    document.components.schemas.TriggerCallResponse.properties['workflow_run_id'] = {
      enum: [apiKey],
    };
    simulator.faults.add({
      on: 'openapi',
      fault: { kind: 'off-contract', callPlaced: true, body: document },
    });
    simulator.faults.add({
      on: 'telephony',
      fault: { kind: 'status', callPlaced: false, status: 403, body: { detail: `No ${apiKey}` } },
    });
    simulator.world.agents.springOffer.name = `Agent ${apiKey}`;
    const checked = await check(simulator);
    expect(lineOf(checked, 'contract')).toContain('"[API key]" now; we read integer');
    expect(lineOf(checked, 'telephony')).toContain('No [API key]');
    expect(lineOf(checked, 'variables')).toContain('"Agent [API key]"');
    expect(checked.lines.join('\n')).not.toContain(apiKey);
  });
});
