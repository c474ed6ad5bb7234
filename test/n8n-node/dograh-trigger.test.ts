import { printed } from './loud-logs';
import { LoadOptionsContext } from 'n8n-core';
import {
  NodeApiError,
  NodeOperationError,
  Workflow,
  type ILoadOptionsFunctions,
  type INode,
} from 'n8n-workflow';
import { hurryWaits } from '../support/host-time';
import { startOtherOrigin } from '../../tools/support/servers';
import { startSimulator, type Run, type Simulator } from '../../tools/simulator';
import { ActiveTrigger, type TriggerSettings } from './active-trigger';
import { credentialsFor } from '../../tools/hosts/n8n/call-form';
import { everythingIn } from '../../tools/hosts/n8n/engine';
import {
  additionalData,
  dograhNodeType,
  nodeTypes,
  TRIGGER_NODE,
} from '../../tools/hosts/n8n/n8n-host';

hurryWaits();

const DAY = 24 * 60 * 60_000;
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ resultsAfterMs: 0, artifactsAfterMs: 0 });
});
beforeEach(() => {
  simulator.reset();
  printed.length = 0;
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
});
afterAll(() => simulator.stop());

function trigger(settings: Partial<TriggerSettings> = {}): ActiveTrigger {
  return new ActiveTrigger({ credentials: credentialsFor(simulator), ...settings });
}

function ongoing(beganAgo = 0): Run {
  const createdAt = new Date(Date.now() - beganAgo).toISOString();
  return simulator.addRun({ createdAt, endedAt: null });
}

async function finish({ runId }: Run): Promise<void> {
  simulator.finish(runId);
  await simulator.waitFor(runId, 'results');
}

describe('the Dograh Trigger', () => {
  it('ignores old runs and starts one execution with one item per new run', async () => {
    simulator.addRun();
    const active = await trigger().activate();
    expect(await active.poll()).toEqual([]);
    const [one, other] = [
      simulator.addRun(),
      simulator.addRun({ ending: { disposition: 'busy' } }),
    ];
    await active.poll();

    expect(active.executions).toMatchObject([
      [
        { json: { workflow_run_id: one.runId, outcome: 'answered', transcript: null } },
        { json: { workflow_run_id: other.runId, outcome: 'busy' } },
      ],
    ]);
    expect(await active.poll()).toEqual([]);
    expect(active.errors).toEqual([]);
  });

  it.each([false, true])(
    'neither misses nor repeats a run while n8n is down, with staged memory: %p',
    async (isStaged) => {
      const first = ongoing(DAY / 2);
      const active = await trigger({ isStaged }).activate();
      await active.poll();
      const second = ongoing(60_000);
      const given = simulator.addRun();
      expect(await active.poll()).toEqual([given.runId]);
      // A second poll shortly after the first with the same memory is skipped. A real n8n takes longer to start.
      const start = async (afterMs: number): Promise<void> => {
        const now = Date.now() + afterMs;
        const clock = jest.spyOn(Date, 'now').mockReturnValue(now);
        await active.activate();
        clock.mockRestore();
      };
      await start(0);
      const third = simulator.addRun();
      for (const run of [first, second]) await finish(run);
      // Loads the state from the database again, because it is JSON there.
      await start(15_000);
      await start(30_000);

      expect(active.ids).toEqual([given.runId, first.runId, second.runId, third.runId]);
    },
  );

  it('ignores old runs after days without a start, even if the filters changed', async () => {
    const active = await trigger({ filters: { direction: 'inbound' } }).activate();
    for (let run = 0; run < 3; run += 1) {
      simulator.addRun();
      await active.poll();
    }
    await active.activate({ filters: { direction: 'outbound' } });
    expect(active.ids).toEqual([]);
    const { runId } = simulator.addRun();

    expect(await active.poll()).toEqual([runId]);
  });

  it.each([false, true])(
    'outputs each run once if two polls overlap, with staged memory: %p',
    async (isStaged) => {
      const active = await trigger({ isStaged }).activate();
      await active.poll();
      const { runId } = simulator.addRun();
      simulator.faults.add({
        on: 'runs',
        fault: { kind: 'latency', callPlaced: true, ms: 150, delayed: 'answer' },
      });
      await Promise.all([active.poll(), active.poll()]);
      await active.poll();

      expect(active.ids).toEqual([runId]);
    },
  );

  it('reports a failed poll and outputs its runs in the next poll', async () => {
    const active = await trigger().activate();
    const { runId } = simulator.addRun();
    simulator.faults.add({
      on: 'runs',
      fault: { kind: 'status', callPlaced: false, status: 503 },
      times: 3,
    });
    expect(await active.poll()).toEqual([]);
    expect(active.errors).toHaveLength(1);
    expect(active.errors[0]).toBeInstanceOf(NodeApiError);
    expect(active.errors[0]).toMatchObject({
      httpCode: '503',
      description: 'Try again later.',
      failure: { cause: 'temporarily-unavailable' },
    });

    expect(await active.poll()).toEqual([runId]);
  });

  it.each([
    ['a wrong key', { apiKey: 'dg_wrong_0123456789' }, 'Dograh does not accept the API key'],
    ['an invalid address', { baseUrl: 'dograh' }, 'Base URL is not a web address.'],
  ])('cannot be activated with %s', async (_what, wrong, message) => {
    const credentials = { ...credentialsFor(simulator), ...wrong };

    await expect(trigger({ credentials }).activate()).rejects.toMatchObject({
      message: expect.stringContaining(message) as unknown,
    });
  });

  it('filters by the agents chosen from the list', async () => {
    const { leadQualifier } = simulator.world.agents;
    const options = await agentOptions();
    expect(options).toContainEqual({ name: leadQualifier.name, value: leadQualifier.uuid });
    const active = await trigger({ filters: { agents: [leadQualifier.uuid] } }).activate();
    simulator.addRun();
    const { runId } = simulator.addRun({ agent: leadQualifier });

    expect(await active.poll()).toEqual([runId]);
  });

  it('places no call', async () => {
    const active = await trigger().activate();
    simulator.addRun();
    await active.poll();
    await active.test();

    expect(simulator.callRequests).toEqual([]);
    expect(simulator.requests.every(({ method }) => method === 'GET')).toBe(true);
  });
});

describe('Fetch Test Event in the editor', () => {
  it('shows the newest finished run that matches the filters and stores nothing', async () => {
    const active = trigger({ filters: { dispositions: 'busy' } });
    const busy = simulator.addRun({ ending: { disposition: 'busy' } });
    simulator.addRun();
    const { stored } = active;

    for (let time = 0; time < 2; time += 1) {
      expect(await active.test()).toMatchObject([[{ json: { workflow_run_id: busy.runId } }]]);
    }
    expect(active.stored).toBe(stored);
  });

  it('says what to do if there is no finished run', async () => {
    ongoing();
    const error: unknown = await trigger()
      .test()
      .catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(NodeOperationError);
    expect(error).toMatchObject({
      message: 'No finished call was found.',
      description: expect.stringContaining('Place a call with one of your agents') as unknown,
    });
  });
});

describe('the API key of the trigger', () => {
  it('is in no output, memory, message or log', async () => {
    const { apiKey } = simulator.world.acme;
    const active = await trigger().activate();
    simulator.addRun({ ending: { gathered: { said: `my key is ${apiKey}` } } });
    await active.poll();
    const body = { detail: `The key ${apiKey} is not good enough` };
    for (const status of [401, 500, 500, 500]) {
      simulator.faults.add({
        on: 'runs',
        fault: { kind: 'status', callPlaced: false, status, body },
      });
    }
    await active.poll();
    await active.poll();
    const shown = everythingIn(
      active.executions,
      active.errors,
      active.stored,
      active.inMemory,
      printed,
    );

    expect(active.executions).toHaveLength(1);
    expect(active.errors).toHaveLength(2);
    expect(printed).not.toHaveLength(0);
    expect(shown).toContain('[API key]');
    expect(shown).not.toContain(apiKey);
  });

  it('is not sent to the target of a redirect', async () => {
    const active = await trigger().activate();
    const elsewhere = await startOtherOrigin();
    simulator.faults.add({
      on: 'runs',
      fault: { kind: 'redirect', callPlaced: false, status: 307, location: elsewhere.url },
    });
    await active.poll();
    await elsewhere.stop();

    expect(active.errors).toHaveLength(1);
    expect(elsewhere.received).toEqual([]);
  });
});

async function agentOptions(): Promise<unknown> {
  const node: INode = {
    id: 'trigger',
    name: 'Dograh Trigger',
    type: TRIGGER_NODE,
    typeVersion: 1,
    position: [0, 0],
    parameters: {},
    credentials: { dograhApi: { id: '1', name: 'Dograh account' } },
  };
  const workflow = new Workflow({
    nodes: [node],
    connections: {},
    active: false,
    nodeTypes: await nodeTypes(),
  });
  const data = await additionalData(credentialsFor(simulator), 'internal', '1');
  const { methods } = await dograhNodeType('dograhTrigger');
  const context = new LoadOptionsContext(workflow, node, data, 'filters.agents');
  return await methods?.loadOptions?.['getAgents']?.call(context as ILoadOptionsFunctions);
}
