import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import timers from 'node:timers/promises';
import {
  answerTo,
  failureOf,
  firstRequestRead,
  getRuns,
  post,
} from '../../../tools/simulator/api-caller';
import {
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from '../../../tools/simulator/index';

const quick = { dialMs: 1, ringMs: 1, callDurationMs: 1 };
const running: Simulator[] = [];

async function started(options?: SimulatorOptions): Promise<Simulator> {
  const simulator = await startSimulator(options);
  running.push(simulator);
  return simulator;
}

afterEach(async () => {
  jest.restoreAllMocks();
  for (const { contractViolations } of running) expect(contractViolations).toEqual([]);
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
});

/** Makes the next restart last until the returned function is called. */
function holdNextPause(): () => void {
  let resume = (): void => undefined;
  jest.spyOn(timers, 'setTimeout').mockImplementationOnce(
    () =>
      new Promise((resolve) => {
        resume = () => {
          resolve(undefined);
        };
      }),
  );
  return () => {
    resume();
  };
}

/** Resolves after the simulator has closed its connections. */
const hungUp = (): Promise<unknown> => new Promise(setImmediate);

const lost = expect.stringMatching(/^(UND_ERR_SOCKET|ECONNRESET)$/);

describe('a restart keeps', () => {
  it('runs, requests, the world and planned faults', async () => {
    const simulator = await started();
    simulator.world.agents.leadQualifier.name = 'Renamed';
    await answerTo(simulator, { route: 'lead-qualifier' });
    simulator.faults.add({
      on: 'health',
      fault: { kind: 'status', callPlaced: false, status: 503 },
    });
    const { url } = simulator;
    await simulator.restart(1);

    expect(simulator.url).toBe(url);
    expect((await fetch(`${url}/api/v1/health`)).status).toBe(503);
    expect(await (await getRuns(simulator)).json()).toMatchObject({
      runs: [{ id: 1001, workflow_name: 'Renamed' }],
    });
    expect(simulator.requests.map(({ status }) => status)).toEqual([200, 'fault:status', 200]);
  });

  it('running calls, which end during the restart', async () => {
    const simulator = await started(quick);
    await answerTo(simulator);
    const back = simulator.restart(50);
    const [run] = await Promise.all([simulator.waitFor(1001, 'completed'), back]);

    expect(run.disposition).toBe('user_hangup');
  });
});

describe('during a restart', () => {
  it('all connections are refused', async () => {
    const simulator = await started();
    const comeBack = holdNextPause();
    const back = simulator.restart(100);
    await hungUp();

    expect(await failureOf(post(simulator))).toBe('ECONNREFUSED');
    comeBack();
    await back;
    expect((await post(simulator)).status).toBe(200);
    expect(simulator.requests).toHaveLength(1);
  });

  it('the simulator waits until its port is free again', async () => {
    const simulator = await started();
    const comeBack = holdNextPause();
    const back = simulator.restart(50);
    await hungUp();
    const other = createServer((_request, response) => response.end());
    await once(other.listen(Number(new URL(simulator.url).port), '127.0.0.1'), 'listening');
    comeBack();
    await new Promise(setImmediate);
    other.close();
    await back;

    expect((await post(simulator)).status).toBe(200);
  });
});

describe('a request that is open during a restart', () => {
  it.each([true, false])('loses its connection, call placed: %s', async (callPlaced) => {
    const simulator = await started();
    simulator.faults.add({ on: 'call', fault: { kind: 'silence', callPlaced } });
    const answer = failureOf(post(simulator));
    await firstRequestRead(simulator);
    await simulator.restart(1);

    expect(await answer).toEqual(lost);
    expect(simulator.calls).toHaveLength(callPlaced ? 1 : 0);
  });

  it('is no longer handled if it was waiting', async () => {
    const simulator = await started();
    simulator.faults.add({
      on: 'call',
      fault: { kind: 'latency', callPlaced: true, ms: 60_000, delayed: 'request' },
    });
    const answer = failureOf(post(simulator));
    await firstRequestRead(simulator);
    await simulator.restart(1);

    expect(await answer).toEqual(lost);
    expect(simulator.runs).toEqual([]);
  });

  it('places no call if only half of it arrived', async () => {
    const simulator = await started();
    const { hostname, port } = new URL(simulator.url);
    const socket = connect(Number(port), hostname);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.write(
      'POST /api/v1/public/agent/lead-qualifier HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\n{"phone',
    );
    while (simulator.requests.length === 0) await new Promise(setImmediate);
    await simulator.restart(1);
    await closed;

    expect(simulator.runs).toEqual([]);
    expect(simulator.requests).toMatchObject([{ status: 'unanswered' }]);
  });
});

describe('many restarts', () => {
  it('one after another all succeed', async () => {
    const simulator = await started();
    for (let count = 0; count < 12; count += 1) {
      await simulator.restart(1);
      expect((await post(simulator, { apiKey: 'dg_wrong' })).status).toBe(401);
    }
  });

  it('at the same time run one after the other', async () => {
    const simulator = await started();
    const back: number[] = [];
    const restarts = [1, 2, 3].map((number) =>
      simulator.restart(1).then(() => {
        back.push(number);
      }),
    );
    await Promise.all(restarts);

    expect(back).toEqual([1, 2, 3]);
    expect((await post(simulator)).status).toBe(200);
  });

  it('under load lose responses, but no call whose response arrived', async () => {
    const simulator = await started(quick);
    simulator.world.acme.concurrentCallLimit = Infinity;
    simulator.faults.add({
      on: 'call',
      fault: { kind: 'latency', callPlaced: true, ms: 5, delayed: 'answer' },
      times: Infinity,
    });
    let isOver = false;
    const answered: unknown[] = [];
    const failures = new Set<string>();
    const callOnAndOn = async (): Promise<void> => {
      while (!isOver) {
        const text = await failureOf(post(simulator));
        if (text.startsWith('answered 200 ')) answered.push(JSON.parse(text.slice(13)));
        else failures.add(text);
      }
    };
    const callers = Array.from({ length: 8 }, callOnAndOn);
    for (let count = 0; count < 5; count += 1) {
      const before = answered.length;
      while (answered.length < before + 8) await new Promise(setImmediate);
      await simulator.restart(10);
    }
    isOver = true;
    await Promise.all(callers);

    const called = simulator.calls.map(({ runId }) => runId);
    const told = answered.map((body) => (body as { workflow_run_id: number }).workflow_run_id);
    expect(new Set(told).size).toBe(told.length);
    expect(called).toEqual(expect.arrayContaining(told));
    expect(called.length).toBeGreaterThan(told.length);
    expect(failures).toContain('ECONNREFUSED');
    expect([...failures].join()).not.toContain('answered');
  });
});

describe('a stop', () => {
  it('during a restart is immediate, and the restart ends', async () => {
    const simulator = await started();
    const back = simulator.restart(600_000);
    await hungUp();
    await simulator.stop();
    await back;

    expect(await failureOf(post(simulator))).toBe('ECONNREFUSED');
  });

  it('at the beginning of a restart also ends the restart', async () => {
    const simulator = await started();
    await Promise.all([simulator.restart(0), simulator.stop()]);

    expect(await failureOf(post(simulator))).toBe('ECONNREFUSED');
  });

  it('prevents later restarts', async () => {
    const simulator = await started();
    await simulator.stop();
    await simulator.restart(1);

    expect(await failureOf(post(simulator))).toBe('ECONNREFUSED');
  });
});
