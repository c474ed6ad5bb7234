import type { IRunData } from 'n8n-workflow';
import { scripted, startChatModel, type ChatModel } from '../../tools/chat-model/chat-model';
import {
  connectExample,
  exampleCredentials,
  exampleFiles,
  readExample,
  type ExampleWorkflow,
} from '../../tools/dev/connect-example';
import { exampleWorld } from '../../tools/dev/example-world';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { EXAMPLES, type Example } from './examples';
import type { StoredWorkflow } from '../../tools/n8n-server/n8n-rest';
import { N8nServer, withClock } from '../../tools/n8n-server/n8n-server';
import { until } from './until';
import { EVERY_TWO_SECONDS } from './workflows';

/** What the trigger asks Dograh for. */
const LISTS = ['/api/v1/organizations/usage/runs', '/api/v1/campaign/'];

describe('the example workflows', () => {
  let simulator: Simulator;
  let n8n: N8nServer;
  /** How far the clocks of n8n and of Dograh are ahead. */
  let offsetMs = 0;

  beforeAll(async () => {
    simulator = await startSimulator({
      world: exampleWorld(),
      ringMs: 50,
      callDurationMs: 200,
      clockOffsetMs: () => offsetMs,
    });
    n8n = await N8nServer.start();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(async () => {
    await n8n.stop();
    await simulator.stop();
  });

  it('are all here', () => {
    expect(EXAMPLES.map(({ file }) => file).toSorted()).toEqual(exampleFiles().toSorted());
  });

  it.each(EXAMPLES.map((example) => [example.file, example] as const))(
    '%s does what its notes say',
    async (file, example) => {
      const model = await startChatModel(scripted(example.script ?? []));
      const workflow = await imported(file, model);
      const answers = await started(workflow, example);
      const executions = await runDataOf(workflow);
      await model.stop();

      example.check({ simulator, executions, answers, modelRequests: model.requests });
      expect(executions).not.toEqual([]);
      expect(n8n.log).not.toContain(simulator.world.acme.apiKey);
    },
  );

  async function imported(file: string, model: ChatModel): Promise<StoredWorkflow> {
    const credentials = await Promise.all(
      exampleCredentials(simulator, model.url).map(async (credential) => {
        const { type, name, data } = credential;
        return { ...credential, id: await n8n.rest.createCredential(type, name, data) };
      }),
    );
    const connected = connectExample(readExample(file), credentials, simulator.world);
    const { name, nodes, connections, settings } = forPrograms(connected);
    return n8n.rest.createWorkflow({ name, nodes, connections, settings });
  }

  /** @returns the responses to the requests that started it */
  async function started(workflow: StoredWorkflow, { start }: Example): Promise<unknown[]> {
    if (start.by === 'hand') {
      if (start.at !== undefined) await restartAt(start.at);
      await runByHand(workflow, start.times);
      for (const time of start.waits ?? []) {
        await restartAt(time);
        await resumed(workflow, time);
      }
      return [];
    }
    if (start.by === 'handAndPoll') {
      await restartAt(start.at);
      start.prepare(simulator);
    }
    await n8n.rest.activate(workflow);
    const answers: unknown[] = [];
    if (start.by === 'webhook') {
      for (const body of start.bodies) {
        answers.push((await n8n.rest.webhook(start.path, body, start.headers)).body);
      }
      await ended(workflow, start.bodies.length);
    } else {
      // When the second one begins, the first one has read its list.
      await polled(2);
      if (start.by === 'poll') {
        start.happens(simulator);
        await ended(workflow, 1);
      } else {
        await runByHand(workflow, start.times);
        for (const [index, happens] of start.happens.entries()) {
          happens(simulator);
          await ended(workflow, start.times + index + 1);
        }
        await polled(3);
      }
    }
    await n8n.rest.deactivate(workflow);
    return answers;
  }

  async function runByHand(workflow: StoredWorkflow, count: number): Promise<void> {
    const trigger = workflow.nodes.find(({ type }) => type.endsWith('.manualTrigger'));
    for (let times = 1; times <= count; times += 1) {
      await n8n.rest.run(workflow, trigger?.name ?? 'none');
      await ended(workflow, times);
    }
  }

  /** Waits for more polls. Each of them begins with a list. */
  async function polled(times: number): Promise<void> {
    const lists = () => simulator.requests.filter(({ path }) => LISTS.includes(path));
    const before = lists().length;
    await until(`${times} polls`, () => (lists().length >= before + times ? true : undefined));
  }

  async function ended({ id }: StoredWorkflow, count: number): Promise<void> {
    await until(`execution ${count} to end`, async () => {
      const executions = await n8n.rest.executionsOf(id);
      const isOver = executions.every(({ status }) => !['new', 'running'].includes(status));
      return isOver && executions.length >= count ? true : undefined;
    });
  }

  async function restartAt(time: string): Promise<void> {
    offsetMs = Date.parse(time) - Date.now();
    await n8n.restart(withClock(offsetMs));
  }

  /** Every execution that was to wait until this time has ended, or waits for a later one. */
  async function resumed({ id }: StoredWorkflow, time: string): Promise<void> {
    await until(`the executions to resume at ${time}`, async () => {
      const executions = await n8n.rest.executionsOf(id);
      const isOver = executions.every(
        ({ status, waitTill }) =>
          status === 'success' ||
          (status === 'waiting' && Date.parse(waitTill ?? '') > Date.parse(time)),
      );
      return isOver ? true : undefined;
    });
  }

  /** The oldest first. */
  async function runDataOf({ id }: StoredWorkflow): Promise<IRunData[]> {
    const executions = [...(await n8n.rest.executionsOf(id))].reverse();
    const stored = await Promise.all(executions.map((one) => n8n.rest.execution(one.id)));
    return stored.map(({ data }) => data.resultData.runData);
  }
});

/** Lets a program write into the chat, and polls every two seconds. */
function forPrograms(workflow: ExampleWorkflow): ExampleWorkflow {
  const nodes = workflow.nodes.map((node) => ({
    ...node,
    parameters: {
      ...node.parameters,
      ...('pollTimes' in node.parameters && { pollTimes: EVERY_TWO_SECONDS }),
      ...(node.type.endsWith('.chatTrigger') && { public: true, mode: 'webhook' }),
    },
  }));
  return { ...workflow, nodes };
}
