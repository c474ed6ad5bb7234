import { hurryWaits } from '../support/host-time';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { credentialsFor } from '../../tools/hosts/n8n/call-form';
import { ActiveTrigger } from './active-trigger';

hurryWaits();

let simulator: Simulator;
/** Its run IDs are the same as those of the first Dograh. */
let otherDograh: Simulator;
/** n8n reads it again for each request. */
let credential: { apiKey: string; baseUrl: string };
let now: jest.SpyInstance<number>;

beforeAll(async () => {
  const options = { resultsAfterMs: 0, artifactsAfterMs: 0 };
  [simulator, otherDograh] = await Promise.all([startSimulator(options), startSimulator(options)]);
});
beforeEach(() => {
  simulator.reset();
  otherDograh.reset();
  credential = credentialsFor(simulator);
  now = jest.spyOn(Date, 'now');
});
afterEach(() => {
  now.mockRestore();
  expect(simulator.contractViolations).toEqual([]);
  expect(otherDograh.contractViolations).toEqual([]);
});
afterAll(() => Promise.all([simulator.stop(), otherDograh.stop()]));

/** A poll shortly after another one with the same memory would be skipped. */
function waitForNextPoll(): void {
  const time = Date.now() + 60_000;
  now.mockReturnValue(time);
}

function globexKey(): { apiKey: string } {
  return { apiKey: simulator.world.globex.apiKey };
}

describe.each([false, true])('the Dograh Trigger, with staged memory: %p', (isStaged) => {
  /** n8n stores staged memory after polls, but not after the activation. */
  async function activeTrigger(): Promise<ActiveTrigger> {
    const active = await new ActiveTrigger({ credentials: credential, isStaged }).activate();
    await active.poll();
    return active;
  }

  it('continues where it stopped after its workflow used another Dograh', async () => {
    const active = await activeTrigger();
    const first = simulator.addRun();
    expect(await active.poll()).toEqual([first.runId]);
    await active.activate({ credentials: credentialsFor(otherDograh) });
    waitForNextPoll();
    await active.poll();
    const elsewhere = otherDograh.addRun();
    waitForNextPoll();
    expect(await active.poll()).toEqual([elsewhere.runId]);
    const meanwhile = simulator.addRun();
    waitForNextPoll();
    await active.activate({ credentials: credential });
    waitForNextPoll();
    await active.poll();

    expect(active.ids).toEqual([first.runId, elsewhere.runId, meanwhile.runId]);
  });

  it('loses no call if its credential gets the key of another organization and back', async () => {
    const { globexSurvey } = simulator.world.agents;
    const active = await activeTrigger();
    const { apiKey } = credential;
    Object.assign(credential, globexKey());
    waitForNextPoll();
    await active.poll();
    const elsewhere = simulator.addRun({ agent: globexSurvey });
    const meanwhile = simulator.addRun();
    waitForNextPoll();
    expect(await active.poll()).toEqual([elsewhere.runId]);
    Object.assign(credential, { apiKey });
    waitForNextPoll();

    expect(await active.poll()).toEqual([meanwhile.runId]);
    expect(active.errors).toEqual([]);
  });

  it('loses no call if its credential changes between two requests of a poll', async () => {
    const active = await activeTrigger();
    const runs = Array.from({ length: 150 }, () => simulator.addRun());
    const { apiKey } = credential;
    const stop = simulator.onRequest(() => {
      stop();
      Object.assign(credential, globexKey());
    });
    waitForNextPoll();
    expect(await active.poll()).toEqual([]);
    Object.assign(credential, { apiKey });
    waitForNextPoll();

    expect(await active.poll()).toEqual(runs.map(({ runId }) => runId));
  });
});
