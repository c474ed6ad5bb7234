import { startChatModel, type ChatModel, type ToolUse } from '../../tools/chat-model/chat-model';
import {
  conversationOf,
  Conversations,
  type AnsweredUse,
} from '../../tools/chat-model/conversation';
import {
  agentWorkflow,
  CALL_TOOL,
  type AgentWorkflow,
} from '../../tools/n8n-server/agent-workflow';
import type { StoredExecution, StoredWorkflow } from '../../tools/n8n-server/n8n-rest';
import { N8nServer, WITH_SHORT_WAITS } from '../../tools/n8n-server/n8n-server';
import { startSimulator, type Fault, type Simulator } from '../../tools/simulator';
import { until } from './until';

/** The task of a row and the number that it is about. */
export const PEOPLE = {
  Ann: '+14155550131',
  Ben: '+14155550132',
  Cleo: '+14155550133',
} as const;
export type Person = keyof typeof PEOPLE;

/** What the model answers in order to call a person. */
export function call(person: Person, tool = CALL_TOOL): ToolUse {
  return { tool, input: { phone_number: PEOPLE[person] } };
}

export const DONE = { say: 'Done.' } as const;
/** The model fails, and with it the agent. */
export const FAIL = { fail: 500 } as const;

/** The choices that a test makes. */
export type Choice = Omit<AgentWorkflow, 'path' | 'dograh' | 'model'> & {
  readonly dograh?: string;
};

/** An execution that may still be running. */
export interface Begun {
  readonly workflow: StoredWorkflow;
  readonly choice: Choice;
  readonly answer: Promise<Answer>;
}

export interface Asked extends Omit<Begun, 'answer'> {
  readonly execution: StoredExecution;
  readonly answer: Answer;
}

/** The response of the webhook. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A real n8n, a chat model that answers from scripts, and two servers of Dograh. */
export class AgentServer {
  /** The ID of the credential of each Dograh. */
  credential = '';
  otherCredential = '';
  #modelCredential = '';
  #paths = 0;

  private constructor(
    readonly n8n: N8nServer,
    readonly simulator: Simulator,
    readonly otherSimulator: Simulator,
    readonly model: ChatModel,
    readonly conversations: Conversations,
  ) {}

  static async start(): Promise<AgentServer> {
    const conversations = new Conversations();
    const timing = { dialMs: 10, ringMs: 10, callDurationMs: 100 };
    const n8n = await N8nServer.start(WITH_SHORT_WAITS);
    const [simulator, other, model] = await Promise.all([
      startSimulator(timing),
      startSimulator({ ...timing, firstRunId: 9001 }),
      startChatModel(conversations.nextTurn),
    ]);
    const server = new AgentServer(n8n, simulator, other, model, conversations);
    server.credential = await server.connect(simulator);
    server.otherCredential = await server.connect(other);
    server.#modelCredential = await n8n.rest.createCredential('openAiApi', 'Model', {
      apiKey: 'sk-test',
      url: model.url,
    });
    return server;
  }

  async stop(): Promise<void> {
    await this.n8n.stop();
    await Promise.all([this.simulator.stop(), this.otherSimulator.stop(), this.model.stop()]);
  }

  reset(): void {
    this.simulator.reset();
    this.otherSimulator.reset();
    this.conversations.clear();
  }

  connect({ url, world }: Simulator, { apiKey } = world.acme): Promise<string> {
    return this.n8n.rest.createCredential('dograhApi', 'Dograh', { apiKey, baseUrl: url });
  }

  /** Publishes a workflow and sends these rows to its agent. Resolves when the execution has ended. */
  async ask(tasks: readonly string[], choice: Choice): Promise<Asked> {
    const begun = await this.begin(tasks, choice);
    return { ...begun, answer: await begun.answer, execution: await this.ended(begun.workflow) };
  }

  /** The same, but resolves when n8n has got the rows. */
  async begin(tasks: readonly string[], choice: Choice): Promise<Begun> {
    const path = `agent-${(this.#paths += 1)}`;
    const { rest } = this.n8n;
    const workflow = await rest.createWorkflow(this.#workflow(path, choice));
    await rest.activate(workflow);
    const answer = rest.webhook(path, { rows: tasks.map((text) => ({ text })) });
    return { workflow, choice, answer };
  }

  /** The newest execution. */
  async ended(workflow: StoredWorkflow): Promise<StoredExecution> {
    return until('the execution to end', async () => {
      const [newest] = await this.n8n.rest.executionsOf(workflow.id);
      return newest && !['new', 'running'].includes(newest.status) ? newest : undefined;
    });
  }

  /** Retries the newest execution by hand, after this edit of the workflow. */
  async retry(
    { workflow, choice }: Pick<Asked, 'workflow' | 'choice'>,
    edit?: Partial<Choice>,
  ): Promise<StoredExecution> {
    const { rest } = this.n8n;
    if (edit !== undefined) {
      await rest.changeWorkflow(workflow.id, this.#workflow(workflow.name, { ...choice, ...edit }));
    }
    const [newest] = await rest.executionsOf(workflow.id);
    return rest.retry(newest?.id ?? '');
  }

  #workflow(path: string, choice: Choice): ReturnType<typeof agentWorkflow> {
    return agentWorkflow({
      dograh: this.credential,
      ...choice,
      path,
      model: this.#modelCredential,
    });
  }

  /** The requests to the model about this task and their results, as in the newest request of the conversation. */
  told(task: string): readonly AnsweredUse[] {
    const conversations = this.model.requests.map(conversationOf);
    return conversations.findLast((one) => one.task === task)?.uses ?? [];
  }

  /** The first items of the results of the tool, without errors. Agents before version 3 hide errors from the model. */
  results(task: string): readonly unknown[] {
    return this.told(task).map(({ result }) =>
      Array.isArray(result) ? (result[0] as unknown) : result,
    );
  }

  /** The messages of the errors of a tool, oldest first. */
  async errorsOf({ id }: StoredExecution, tool = CALL_TOOL): Promise<readonly string[]> {
    const { data } = await this.n8n.rest.execution(id);
    const runs = data.resultData.runData[tool] ?? [];
    return runs.flatMap(({ error }) => (error === undefined ? [] : [error.message]));
  }

  /** The next call gets no response, and Dograh's list of runs fails. */
  loseResponse(fault: Fault): void {
    this.simulator.faults.add({ on: 'call', fault });
    this.simulator.faults.add({
      on: 'runs',
      fault: { kind: 'status', callPlaced: false, status: 503 },
      times: Infinity,
    });
  }

  /** The numbers that were dialed, in order. */
  dialed(): string[] {
    return this.simulator.calls.map(({ phoneNumber }) => phoneNumber);
  }
}
