import { randomUUID } from 'node:crypto';
import { startSimulator, type Run, type Simulator } from '../../../tools/simulator';
import { rejectionOf } from '../../support/refusal';
import { Poller } from './poller';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

let simulator: Simulator;
/** Its run IDs are the same as those of the first Dograh. */
let otherDograh: Simulator;
let poller: Poller;

beforeAll(async () => {
  // The tests decide when a call ends.
  const options = { resultsAfterMs: 0, artifactsAfterMs: 0 };
  [simulator, otherDograh] = await Promise.all([startSimulator(options), startSimulator(options)]);
});
beforeEach(async () => {
  simulator.reset();
  otherDograh.reset();
  poller = new Poller(simulator);
  await poller.poll();
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  expect(otherDograh.contractViolations).toEqual([]);
});
afterAll(() => Promise.all([simulator.stop(), otherDograh.stop()]));

/** A call of the organization whose key the poller uses now. It ended a moment ago, or is still running. */
function addRun(isRunning = false): Run {
  const to = poller.simulator;
  const { appointmentReminder, globexSurvey } = to.world.agents;
  const agent = poller.organization === 'globex' ? globexSurvey : appointmentReminder;
  const times = isRunning
    ? { createdAt: new Date(Date.now() - 2 * MINUTE).toISOString(), endedAt: null }
    : { createdAt: new Date().toISOString(), endedAt: new Date(Date.now() + SECOND).toISOString() };
  return to.addRun({ agent, ...times });
}

async function finish({ runId }: Run): Promise<void> {
  simulator.finish(runId);
  await simulator.waitFor(runId, 'results');
}

/** The paths of the requests that one poll sends. */
async function requestsOfPoll(): Promise<string[]> {
  const { requests } = poller.simulator;
  const before = requests.length;
  await poller.poll();
  return requests.slice(before).map(({ path }) => path.replace('/api/v1/organizations/', ''));
}

const OTHERS: readonly [string, () => void][] = [
  ['another Dograh', () => (poller.simulator = otherDograh)],
  ['another organization of the same Dograh', () => (poller.organization = 'globex')],
];

function switchBack(): void {
  poller.simulator = simulator;
  poller.organization = 'acme';
}

describe.each(OTHERS)('after a switch to %s', (_where, switchCredential) => {
  it('the first poll returns no old runs, and the next one returns new runs', async () => {
    addRun();
    await poller.poll();
    switchCredential();
    const running = addRun(true);
    addRun();
    expect(await poller.poll()).toEqual([]);
    const { runId } = addRun();

    expect(await poller.poll()).toEqual([runId]);
    poller.simulator.finish(running.runId);
    await poller.simulator.waitFor(running.runId, 'results');
    expect(await poller.poll()).toEqual([running.runId]);
    expect(await poller.poll()).toEqual([]);
  });

  it('no running call of before is asked for', async () => {
    addRun(true);
    await poller.poll();
    switchCredential();
    await poller.poll();

    expect(await requestsOfPoll()).toEqual(['usage/runs']);
  });

  it('and back, the poll returns everything that ended meanwhile, and nothing twice', async () => {
    const running = addRun(true);
    const returned = addRun();
    expect(await poller.poll()).toEqual([returned.runId]);
    switchCredential();
    await poller.poll();
    const elsewhere = [addRun(), addRun(), addRun()].map(({ runId }) => runId);
    expect(await poller.poll()).toEqual(elsewhere);
    switchBack();
    await finish(running);
    const meanwhile = addRun();

    expect(await poller.poll()).toEqual([running.runId, meanwhile.runId]);
    expect(await poller.poll()).toEqual([]);
    switchCredential();
    expect(await poller.poll()).toEqual([]);
  });

  it('an agent that is only known there is an error, and the switch back loses nothing', async () => {
    const { leadQualifier } = simulator.world.agents;
    poller.filters = { agents: [leadQualifier.uuid] };
    // A poll with the new filter.
    await poller.poll();
    switchCredential();
    otherDograh.world.agents.leadQualifier.uuid = randomUUID();
    const { stored } = poller;

    expect(await rejectionOf(poller.poll())).toMatchObject({ kind: 'InvalidInput' });
    expect(poller.stored).toBe(stored);
    switchBack();
    const { runId } = simulator.addRun({ agent: leadQualifier });
    expect(await poller.poll()).toEqual([runId]);
  });

  it('during a poll, no run is lost and none is returned twice', async () => {
    switchCredential();
    await poller.poll();
    const elsewhere = addRun();
    switchBack();
    const here = addRun();
    simulator.faults.add({
      on: 'runs',
      fault: { kind: 'latency', callPlaced: true, ms: 100, delayed: 'answer' },
    });
    const slow = poller.poll();
    switchCredential();
    await poller.poll();
    await slow;
    await poller.poll();
    switchBack();
    await poller.poll();

    expect(poller.ids).toEqual([here.runId, elsewhere.runId]);
  });
});

describe('a new API key of the same organization', () => {
  it('loses no run and returns none twice', async () => {
    const running = addRun(true);
    const returned = addRun();
    await poller.poll();
    simulator.world.acme.apiKey = 'dg_rotated_0123456789';
    await finish(running);
    const meanwhile = addRun();

    expect(await poller.poll()).toEqual([running.runId, meanwhile.runId]);
    expect(poller.ids).toEqual([returned.runId, running.runId, meanwhile.runId]);
  });

  it('starts fresh if Dograh does not tell the organization, and the old key continues', async () => {
    const context: unknown = { organization_id: null, model_services: {} };
    simulator.faults.add({
      on: 'context',
      fault: { kind: 'status', callPlaced: false, status: 200, body: context },
      times: 2,
    });
    poller = new Poller(simulator);
    await poller.poll();
    const { apiKey } = simulator.world.acme;
    simulator.world.acme.apiKey = 'dg_rotated_0123456789';
    const { runId } = addRun();
    expect(await poller.poll()).toEqual([]);
    simulator.world.acme.apiKey = apiKey;

    expect(await poller.poll()).toEqual([runId]);
  });
});

describe('the organization of an API key', () => {
  it('is asked for once', async () => {
    poller = new Poller(simulator);
    expect(await requestsOfPoll()).toEqual(['context', 'usage/runs']);
    expect(await requestsOfPoll()).toEqual(['usage/runs']);
  });

  it('is asked for once after a new key', async () => {
    simulator.world.acme.apiKey = 'dg_rotated_0123456789';

    expect(await requestsOfPoll()).toEqual(['context', 'usage/runs']);
    expect(await requestsOfPoll()).toEqual(['usage/runs']);
  });

  it('is not asked for after a switch back to a known key', async () => {
    poller.organization = 'globex';
    await poller.poll();
    poller.organization = 'acme';

    expect(await requestsOfPoll()).toEqual(['usage/runs']);
  });

  it('cannot be found with the key or a part of it in the memory', () => {
    const { apiKey } = simulator.world.acme;

    expect(poller.stored).not.toContain(apiKey);
    expect(poller.stored).not.toContain(apiKey.slice(0, 8));
  });
});

describe('a poll whose organization cannot be read', () => {
  it.each<[string, () => void, object]>([
    [
      'with a wrong key',
      () => (poller.apiKey = 'dg_wrong_0123456789'),
      { kind: 'Authentication', status: 401 },
    ],
    [
      'during an outage',
      () => {
        poller.organization = 'globex';
        simulator.faults.add({
          on: 'context',
          fault: { kind: 'status', callPlaced: false, status: 503 },
          times: 3,
        });
      },
      { kind: 'Server', status: 503 },
    ],
  ])('%s changes nothing', async (_why, breakCredential, error) => {
    const running = addRun(true);
    await poller.poll();
    const { stored } = poller;
    breakCredential();
    expect(await rejectionOf(poller.poll())).toMatchObject(error);
    expect(poller.stored).toBe(stored);
    poller.apiKey = undefined;
    switchBack();
    await finish(running);
    const { runId } = addRun();

    expect(await poller.poll()).toEqual([running.runId, runId]);
  });
});

describe('a state that was stored without its organization', () => {
  let running: Run;

  beforeEach(async () => {
    running = addRun(true);
    addRun();
    await poller.poll();
    const { source, revision, from, seen, pending, criteria } = JSON.parse(poller.stored) as Record<
      string,
      unknown
    >;
    poller.stored = JSON.stringify({
      version: 1,
      source,
      revision,
      from,
      seen,
      pending,
      criteria,
    });
  });

  it('is continued, with one more request once', async () => {
    await finish(running);
    const { runId } = addRun();
    const before = poller.given.length;
    expect(await requestsOfPoll()).toContain('context');
    expect(poller.ids.slice(before)).toEqual([running.runId, runId]);

    expect(await requestsOfPoll()).toEqual(['usage/runs']);
    poller.organization = 'globex';
    addRun();
    expect(await poller.poll()).toEqual([]);
  });

  it('is continued after a switch to another Dograh and back', async () => {
    poller.simulator = otherDograh;
    await poller.poll();
    switchBack();
    await finish(running);
    const { runId } = addRun();

    expect(await poller.poll()).toEqual([running.runId, runId]);
  });
});

describe('the memory of many organizations', () => {
  it('keeps the five that were used last', async () => {
    const visit = async (
      to: Simulator,
      organization: Poller['organization'],
    ): Promise<number[]> => {
      poller.simulator = to;
      poller.organization = organization;
      return await poller.poll();
    };
    const fifth: [Simulator, Poller['organization']] = [simulator, 'initech'];
    await visit(simulator, 'globex');
    await visit(...fifth);
    await visit(otherDograh, 'acme');
    await visit(otherDograh, 'globex');
    // Acme was used first, but also last.
    switchBack();
    await poller.poll();
    await visit(otherDograh, 'initech');
    const { globexSurvey } = simulator.world.agents;
    simulator.addRun({ agent: globexSurvey });
    switchBack();
    const { runId } = addRun();

    expect(await poller.poll()).toEqual([runId]);
    // Its state was dropped, so this is a first poll.
    expect(await visit(simulator, 'globex')).toEqual([]);
  });
});
