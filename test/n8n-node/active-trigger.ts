import '../../tools/hosts/n8n/n8n-environment';
import 'reflect-metadata';
import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import { PollContext, PollTriggerExecutor, TriggersAndPollers } from 'n8n-core';
import {
  Workflow,
  type IDataObject,
  type INode,
  type INodeExecutionData,
  type INodeParameters,
  type NodeParameterValue,
  type IPollFunctions,
  type WorkflowExecuteMode,
} from 'n8n-workflow';
import { additionalData, nodeTypes, TRIGGER_NODE } from '../../tools/hosts/n8n/n8n-host';

export interface TriggerSettings {
  readonly credentials: { readonly apiKey: string; readonly baseUrl: string };
  /** Default: that of the node. */
  readonly event?: 'callFinished' | 'campaignFinished';
  readonly filters?: INodeParameters;
  readonly simplify?: NodeParameterValue;
  /** Whether each poll works on a copy of the memory, as with n8n's durable poll cursors. */
  readonly isStaged?: boolean;
}

/** The container of n8n's engine. Other packages of n8n have other versions of it. */
const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as {
  Container: { get<T>(type: new (...parts: never[]) => T): T };
};

let workflows = 0;

/**
 * A workflow that starts with the Dograh Trigger, as in n8n's server. Its memory is JSON in a database. The server
 * writes it only on activation and when a poll starts the workflow.
 */
export class ActiveTrigger {
  /** The input items of each execution. */
  readonly executions: (readonly INodeExecutionData[])[] = [];
  readonly errors: Error[] = [];
  /** The memory in the database. */
  stored = '{}';
  readonly #workflowId = `workflow-${String((workflows += 1))}`;
  #settings: TriggerSettings;
  #run: ((isTest?: boolean) => Promise<void>) | undefined;
  #workflow: Workflow | undefined;

  constructor(settings: TriggerSettings) {
    this.#settings = settings;
  }

  /** Activates the workflow, as after a start of n8n or a change of the workflow. Polls once. */
  async activate(settings: Partial<TriggerSettings> = {}): Promise<this> {
    this.#settings = { ...this.#settings, ...settings };
    const workflow = await this.#load();
    const node = nodeOf(workflow);
    const context = await this.#contextFor(workflow, node, 'trigger');
    this.#workflow = workflow;
    this.#run = Container.get(PollTriggerExecutor).create(workflow, node, context, () => true);
    await this.#run(true);
    this.#save(workflow);
    return this;
  }

  /** Polls once. @returns the run IDs in the executions that this poll started */
  async poll(): Promise<unknown[]> {
    const before = this.executions.length;
    if (this.#run === undefined) throw new Error('The workflow is not active.');
    await this.#run();
    return this.executions
      .slice(before)
      .flatMap((items) => items.map(({ json }) => json['workflow_run_id']));
  }

  get ids(): unknown[] {
    return this.executions.flatMap((items) => items.map(({ json }) => json['workflow_run_id']));
  }

  /** The button "Fetch Test Event" in the editor. */
  async test(): Promise<INodeExecutionData[][] | null> {
    const workflow = await this.#load();
    const node = nodeOf(workflow);
    const context = await this.#contextFor(workflow, node, 'manual');
    return await Container.get(TriggersAndPollers).runPollFunction(workflow, node, context);
  }

  async #load(): Promise<Workflow> {
    return new Workflow({
      id: this.#workflowId,
      nodes: [
        {
          id: 'trigger',
          name: 'Dograh Trigger',
          type: TRIGGER_NODE,
          typeVersion: 1,
          position: [0, 0],
          parameters: {
            ...(this.#settings.event === undefined ? {} : { event: this.#settings.event }),
            filters: this.#settings.filters ?? {},
            ...(this.#settings.simplify === undefined ? {} : { simplify: this.#settings.simplify }),
          },
          credentials: { dograhApi: { id: '1', name: 'Dograh account' } },
        },
      ],
      connections: {},
      active: true,
      nodeTypes: await nodeTypes(),
      staticData: JSON.parse(this.stored) as IDataObject,
    });
  }

  async #contextFor(
    workflow: Workflow,
    node: INode,
    mode: WorkflowExecuteMode,
  ): Promise<IPollFunctions> {
    const data = await additionalData(this.#settings.credentials, mode, '1');
    const copies = new AsyncLocalStorage<{ memory: IDataObject }>();
    const commit = (): Promise<void> => {
      const copy = copies.getStore();
      if (copy !== undefined) this.stored = JSON.stringify({ 'node:Dograh Trigger': copy.memory });
      return Promise.resolve();
    };
    const memoryInDatabase = (): IDataObject => {
      const all = JSON.parse(this.stored) as Record<string, IDataObject>;
      return all['node:Dograh Trigger'] ?? {};
    };
    const context = new PollContext(
      workflow,
      node,
      data,
      mode,
      'activate',
      (output) => {
        this.executions.push(output[0] ?? []);
        if (this.#settings.isStaged === true) void commit();
        else this.#save(workflow);
      },
      (error) => {
        this.errors.push(error);
      },
      commit,
      this.#settings.isStaged === true
        ? (poll) => copies.run({ memory: memoryInDatabase() }, poll)
        : undefined,
      () => copies.getStore()?.memory ?? workflow.getStaticData('node', node),
    );
    return context as IPollFunctions;
  }

  #save({ staticData }: Workflow): void {
    if (this.#settings.isStaged !== true) this.stored = JSON.stringify(staticData);
  }

  /** The static data in n8n's memory. n8n may never write it to the database. */
  get inMemory(): unknown {
    return this.#workflow?.staticData;
  }
}

function nodeOf(workflow: Workflow): INode {
  const node = workflow.getNode('Dograh Trigger');
  if (node === null) throw new Error('The workflow has no trigger.');
  return node;
}
