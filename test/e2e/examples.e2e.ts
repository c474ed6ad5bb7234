import type { IRunData } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { startChatModel, type ChatModel } from '../../tools/dev/chat-model';
import { adaptExample, exampleCredentials, exampleFiles, EXAMPLES, readExample } from './examples';
import type { Example } from './examples';
import type { StoredWorkflow } from '../../tools/n8n-server/n8n-rest';
import { N8nServer } from '../../tools/n8n-server/n8n-server';
import { until } from './until';
import { EVERY_TWO_SECONDS } from './workflows';

/** The workflows that people are to copy, imported and run in a real n8n. */
describe('the example workflows', () => {
  let simulator: Simulator;
  let n8n: N8nServer;

  beforeAll(async () => {
    simulator = await startSimulator({ ringMs: 50, callDurationMs: 200 });
    n8n = await N8nServer.start();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(async () => {
    await n8n.stop();
    await simulator.stop();
  });

  it('are all run here', () => {
    expect(EXAMPLES.map(({ file }) => file).toSorted()).toEqual(exampleFiles().toSorted());
  });

  it.each(EXAMPLES.map((example) => [example.file, example] as const))(
    '%s does what it says',
    async (file, example) => {
      simulator.world.endings = { ...example.endings };
      const model = await startChatModel(example.script ?? []);
      const workflow = await imported(file, model);
      const answers = await started(workflow, example);
      const executions = await runDataOf(workflow);
      await model.stop();

      example.check({ simulator, executions, answers, modelRequests: model.requests });
      expect(executions).not.toEqual([]);
      expect(n8n.log).not.toContain(simulator.world.acme.apiKey);
    },
  );

  /** With the credentials, the agent and, where it polls, the interval that a user would have chosen. */
  async function imported(file: string, model: ChatModel): Promise<StoredWorkflow> {
    const credentials = await Promise.all(
      exampleCredentials(simulator, model.url).map(async (credential) => {
        const { type, name, data } = credential;
        return { ...credential, id: await n8n.rest.createCredential(type, name, data) };
      }),
    );
    const { name, nodes, connections, settings } = adaptExample(
      readExample(file),
      credentials,
      simulator.world,
    );
    const often = nodes.map((node) =>
      'pollTimes' in node.parameters
        ? { ...node, parameters: { ...node.parameters, pollTimes: EVERY_TWO_SECONDS } }
        : node,
    );
    return n8n.rest.createWorkflow({ name, nodes: often, connections, settings });
  }

  /** @returns what those who started it were answered */
  async function started(workflow: StoredWorkflow, { start }: Example): Promise<unknown[]> {
    if (start.by === 'hand') {
      const trigger = workflow.nodes.find(({ type }) => type.endsWith('.manualTrigger'));
      for (let times = 1; times <= start.times; times += 1) {
        await n8n.rest.run(workflow, trigger?.name ?? 'none');
        await ended(workflow, times);
      }
      return [];
    }
    await n8n.rest.activate(workflow);
    const answers: unknown[] = [];
    if (start.by === 'webhook') {
      for (const body of start.bodies) {
        answers.push((await n8n.rest.webhook(start.path, body, start.headers)).body);
      }
      await ended(workflow, start.bodies.length);
    } else {
      await until('the first look', () => (simulator.requests.length > 0 ? true : undefined));
      start.happens(simulator);
      await ended(workflow, 1);
    }
    await n8n.rest.deactivate(workflow);
    return answers;
  }

  async function ended({ id }: StoredWorkflow, count: number): Promise<void> {
    await until(`execution ${count} to end`, async () => {
      const executions = await n8n.rest.executionsOf(id);
      const isOver = executions.every(({ status }) => !['new', 'running'].includes(status));
      return isOver && executions.length >= count ? true : undefined;
    });
  }

  /** The oldest first. */
  async function runDataOf({ id }: StoredWorkflow): Promise<IRunData[]> {
    const executions = [...(await n8n.rest.executionsOf(id))].reverse();
    const stored = await Promise.all(executions.map((one) => n8n.rest.execution(one.id)));
    return stored.map(({ data }) => data.resultData.runData);
  }
});
