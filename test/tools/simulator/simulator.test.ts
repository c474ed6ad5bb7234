import { answerTo, failureOf, firstRequestRead, post } from '../../../tools/simulator/api-caller';
import {
  createWorld,
  startSimulator,
  type RunState,
  type Simulator,
} from '../../../tools/simulator/index';

const quick = { dialMs: 1, ringMs: 1, callDurationMs: 1 };
const running: Simulator[] = [];

async function started(options?: Parameters<typeof startSimulator>[0]): Promise<Simulator> {
  const simulator = await startSimulator(options);
  running.push(simulator);
  return simulator;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
});

describe('a call', () => {
  it('is initiated, rings, is answered and ends', async () => {
    const simulator = await started(quick);
    const seen: (RunState | undefined)[] = [];
    simulator.onChange((run) => seen.push(run.states.at(-1)?.state));
    await answerTo(simulator);
    const run = await simulator.waitFor(1001, 'completed');

    expect(seen).toEqual(['initiated', 'ringing', 'in_progress', 'completed']);
    expect(run.states.map(({ state }) => state)).toEqual(seen);
    expect(run.disposition).toBe('user_hangup');
  });

  it('gets IDs that begin with the given one', async () => {
    const simulator = await started({ ...quick, firstRunId: 7 });

    expect((await answerTo(simulator)).body).toMatchObject({ workflow_run_id: 7 });
    expect((await answerTo(simulator)).body).toMatchObject({ workflow_run_id: 8 });
  });

  it('frees its slot of the concurrency limit when it ends', async () => {
    const simulator = await started(quick);
    simulator.world.acme.concurrentCallLimit = 1;
    await answerTo(simulator);
    await simulator.waitFor(1001, 'completed');

    expect((await post(simulator)).status).toBe(200);
  });

  it('does not notify a removed listener', async () => {
    const simulator = await started(quick);
    const listener = jest.fn();
    simulator.onChange(listener)();
    await answerTo(simulator);
    await simulator.waitFor(1001, 'completed');

    expect(listener).not.toHaveBeenCalled();
  });

  it('makes waitFor fail after the timeout', async () => {
    const simulator = await started();
    await answerTo(simulator);

    await expect(simulator.waitFor(1001, 'completed', 1)).rejects.toThrow(
      'Run 1001 is initiated after 1 ms, not completed.',
    );
    await expect(simulator.waitFor(7, 'ringing', 1)).rejects.toThrow('Run 7 does not exist');
  });
});

describe('the record of requests', () => {
  it('contains requests and responses', async () => {
    const simulator = await started();
    await post(simulator, { route: 'lead-qualifier?a=b', body: '{no json' });

    expect(simulator.requests).toEqual([
      {
        method: 'POST',
        path: '/api/v1/public/agent/lead-qualifier',
        query: { a: 'b' },
        headers: expect.objectContaining({ 'x-api-key': simulator.world.acme.apiKey }),
        body: '{no json',
        answer: { detail: [expect.objectContaining({ type: 'json_invalid' })] },
        status: 422,
      },
    ]);
  });

  it('notifies listeners of each request', async () => {
    const simulator = await started();
    const paths: string[] = [];
    simulator.onRequest(({ path, status }) => paths.push(`${path} ${String(status)}`));
    await fetch(`${simulator.url}/api/v1/health`);
    await fetch(`${simulator.url}/nowhere`);

    expect(paths).toEqual(['/api/v1/health 200', '/nowhere 404']);
  });
});

describe('reset', () => {
  it('forgets everything and restores the world in place', async () => {
    const simulator = await started();
    const { acme, agents } = simulator.world;
    acme.concurrentCallLimit = 1;
    agents.leadQualifier.published = null;
    Object.assign(agents, { oneMore: agents.archived });
    simulator.world.unreachableNumbers.push('+14155550150');
    simulator.faults.add({ on: 'any', fault: { kind: 'silence', callPlaced: false } });
    simulator.reset();

    expect(simulator.world).toEqual(createWorld());
    expect(acme.concurrentCallLimit).toBe(10);
    expect(agents.leadQualifier.published).not.toBeNull();
    expect((await post(simulator, { route: 'lead-qualifier' })).status).toBe(200);
    simulator.reset();
    expect([simulator.calls, simulator.runs, simulator.requests]).toEqual([[], [], []]);
  });

  it('ends running calls, so that they free their slots', async () => {
    const world = createWorld();
    world.acme.concurrentCallLimit = 1;
    const simulator = await started({ world });
    await answerTo(simulator);
    simulator.reset();

    expect((await post(simulator)).status).toBe(200);
    expect((await post(simulator)).status).toBe(429);
  });
});

describe('start and stop', () => {
  it('uses a copy of the given world', async () => {
    const world = createWorld();
    const simulator = await started({ world });
    simulator.world.acme.apiKey = 'dg_changed';

    expect(world.acme.apiKey).toBe(createWorld().acme.apiKey);
  });

  it('refuses a port that is in use', async () => {
    const first = await started();
    const port = Number(new URL(first.url).port);

    await expect(startSimulator({ port })).rejects.toThrow('EADDRINUSE');
  });

  it('stops at once, even if a request waits for its response', async () => {
    const simulator = await started();
    simulator.faults.add({ on: 'any', fault: { kind: 'silence', callPlaced: false } });
    const answer = failureOf(post(simulator));
    await firstRequestRead(simulator);
    await simulator.stop();

    expect(['UND_ERR_SOCKET', 'ECONNRESET']).toContain(await answer);
  });

  it('may be stopped twice, and keeps its records', async () => {
    const simulator = await started();
    await answerTo(simulator);
    await simulator.stop();
    await simulator.stop();

    expect(await failureOf(post(simulator))).toBe('ECONNREFUSED');
    expect(simulator.calls).toHaveLength(1);
  });
});
