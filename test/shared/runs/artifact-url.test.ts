import { startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ resultsAfterMs: 0, artifactsAfterMs: 0 });
});
beforeEach(() => {
  simulator.reset();
  // What a self-hosted Dograh assumes for itself. Nothing listens there.
  simulator.world.assumedUrl = 'http://localhost:1';
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
});
afterAll(() => simulator.stop());

const client = () => clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey });
const FILES = '/api/v1/public/download/workflow/';

describe('the files of a Dograh that does not know its own address', () => {
  it('have addresses below the Base URL', async () => {
    const { runId } = simulator.addRun();
    const run = await client().getRun(runId);

    const address = `${simulator.url}${FILES}${simulator.runs[0]?.publicAccessToken ?? ''}`;
    expect(run.recording_url).toBe(`${address}/recording`);
    expect(run.transcript_url).toBe(`${address}/transcript`);
  });

  it('have no address before Dograh names one', async () => {
    simulator.addRun();
    const [run] = await client().recentFinishedRuns({});

    expect(run).toMatchObject({ recording_url: null, transcript_url: null });
  });

  it.each([
    ['..', null],
    ['a/b', null],
    ['a%2Fb', null],
    ['https://evil.example', null],
    ['a-b_C9', 'a-b_C9'],
  ])('have an address only with a plain token: %s', async (token, used) => {
    const run = simulator.addRun();
    run.publicAccessToken = token;
    const { recording_url: address } = await client().getRun(run.runId);

    expect(address).toBe(used === null ? null : `${simulator.url}${FILES}${used}/recording`);
  });

  it('are downloaded from there without the API key', async () => {
    const { runId } = simulator.addRun();
    const { transcript } = await client().getTranscript(runId);
    const { bytes } = await client().openRecording(runId, 'agent');
    for await (const chunk of bytes) expect(chunk.length).toBeGreaterThan(0);

    expect(transcript).toContain('Do you have a minute?');
    const downloads = simulator.requests.filter(({ path }) => path.startsWith(FILES));
    expect(downloads).toHaveLength(2);
    for (const { headers } of downloads) expect(headers).not.toHaveProperty('x-api-key');
  });
});
