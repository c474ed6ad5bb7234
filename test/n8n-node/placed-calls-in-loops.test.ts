import { WorkflowExecute } from 'n8n-core';
import {
  createRunExecutionData,
  Workflow,
  type IConnection,
  type IExecuteData,
  type INode,
  type INodeParameters,
  type IRunExecutionData,
  type WorkflowExecuteMode,
} from 'n8n-workflow';
import { callForm, credentialsFor, variables } from '../../tools/hosts/n8n/call-form';
import { additionalData, DOGRAH_NODE, ITEMS_NODE, nodeTypes } from '../../tools/hosts/n8n/n8n-host';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { hurryWaits } from '../support/host-time';

/** The memory of calls if a workflow comes to the node several times, and is retried, edited or killed between. */

hurryWaits();

const ANN = '+14155550121';
const BEN = '+14155550122';
const INVALID = '+1415';
const DAY = 86_400_000;
const goOn = { onError: 'continueRegularOutput' } as const;
const thrice = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } as const;
let dograh: Simulator;

beforeAll(async () => {
  dograh = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: DAY });
});
beforeEach(() => {
  dograh.reset();
  dograh.world.acme.concurrentCallLimit = 1_000;
});
afterEach(() => {
  jest.restoreAllMocks();
  expect(dograh.contractViolations).toEqual([]);
});
afterAll(() => dograh.stop());

const dialed = (): string[] => dograh.calls.map(({ phoneNumber }) => phoneNumber);
const acceptOne = (): void => {
  dograh.faults.add({
    on: 'call',
    fault: { kind: 'latency', callPlaced: true, ms: 0, delayed: 'answer' },
  });
};
const refuseOne = (): void => {
  dograh.faults.add({
    on: 'call',
    fault: { kind: 'status', callPlaced: false, status: 402, body: { detail: 'No credit' } },
  });
};
const form = (firstName = 'friend', fields: INodeParameters = {}): INodeParameters =>
  callForm({
    phoneNumber: '={{ $json.phone }}',
    contextPairs: variables({ name: 'first_name', value: firstName }),
    ...fields,
  });
const copyOf = <T>(data: T): T => JSON.parse(JSON.stringify(data)) as T;

const MAX_PASSES = 60;
const wayOf = (pass: number): INode => ({
  id: `way-${pass}`,
  name: `Way ${pass}`,
  type: ITEMS_NODE,
  typeVersion: 1,
  position: [0, 0],
  parameters: {},
});
const passOf = (pass: number, phones: readonly string[]): IExecuteData => ({
  node: wayOf(pass),
  data: { main: [phones.map((phone) => ({ json: { phone } }))] },
  source: null,
});
/** The passes that an execution has before it. */
const loop = (...passes: string[][]): IRunExecutionData =>
  createRunExecutionData({
    executionData: { nodeExecutionStack: passes.map((phones, index) => passOf(index, phones)) },
  });
/** The node behind Dograh failed. A retry goes on there and comes to Dograh with the next pass. */
const failedBehind = (data: IRunExecutionData, next: readonly string[]): IRunExecutionData => {
  const copy = copyOf(data);
  copy.executionData?.nodeExecutionStack.push(passOf(1, next));
  return copy;
};

let executions = 0;

/** Runs the passes of the data through the node and, if there is one, through a second Dograh node. */
async function run(
  given: IRunExecutionData,
  mode: WorkflowExecuteMode,
  settings: Partial<INode> = {},
  second?: Partial<INode>,
): Promise<IRunExecutionData> {
  const node: INode = {
    id: 'dograh',
    name: 'Dograh',
    type: DOGRAH_NODE,
    typeVersion: 1,
    position: [0, 0],
    parameters: form(),
    credentials: { dograhApi: { id: '1', name: 'Dograh' } },
    ...settings,
  };
  const others = second === undefined ? [] : [{ ...node, id: 'second', name: 'Second', ...second }];
  const ways = Array.from({ length: MAX_PASSES }, (_, pass) => wayOf(pass));
  const to = (name: string): { main: IConnection[][] } => ({
    main: [[{ node: name, type: 'main', index: 0 }]],
  });
  const workflow = new Workflow({
    id: 'workflow',
    nodes: [...ways, node, ...others],
    active: false,
    nodeTypes: await nodeTypes(),
    settings: { executionOrder: 'v1' },
    connections: {
      ...Object.fromEntries(ways.map(({ name }) => [name, to(node.name)])),
      ...(second && { [node.name]: to('Second') }),
    },
  });
  const data = copyOf(given);
  // As n8n's server does before a retry.
  delete data.resultData.error;
  const last = data.resultData.runData[data.resultData.lastNodeExecuted ?? ''];
  if (last?.at(-1)?.error !== undefined) last.pop();
  for (const entry of data.executionData?.nodeExecutionStack ?? []) {
    entry.node = workflow.getNode(entry.node.name) ?? entry.node;
  }
  const additional = await additionalData(credentialsFor(dograh), mode, String((executions += 1)));
  const { data: after } = await new WorkflowExecute(additional, mode, data).processRunExecutionData(
    workflow,
  );
  return copyOf(after);
}

it('a crash after a pass without a call, while another Dograh node has a memory: not dialed again', async () => {
  const saved = loop([INVALID], [ANN]);
  const other = { id: 'a', name: 'A', isTool: false, calls: [], ended: {} };
  if (saved.executionData === undefined) throw new Error('No data');
  saved.executionData.contextData = { flow: { dograhCalls: { nodes: [other], connections: [] } } };
  const { executionData } = await run(saved, 'trigger', goOn);
  // n8n was killed. It stored the execution before the loop, and its log tells that the node ran.
  saved.executionData.runtimeData = executionData?.runtimeData ?? {
    version: 1,
    establishedAt: 0,
    source: 'trigger',
  };
  saved.resultData.runData['Dograh'] = [
    { startTime: 0, executionTime: 0, executionIndex: 0, source: [null], data: { main: [[]] } },
  ];
  await run(saved, 'retry', goOn);

  expect(dialed()).toEqual([ANN]);
});

it('renamed for one retry, and not for the next retry of the same execution: not dialed again', async () => {
  const failed = failedBehind(await run(loop([ANN]), 'trigger'), [BEN]);
  await run(failed, 'retry', { name: 'Phone' });
  await run(failed, 'retry');

  expect(dialed()).toEqual([ANN, BEN]);
});

it('an old loop retried again with edited variables and a failed read: not dialed again', async () => {
  refuseOne();
  const failed = await run(loop([ANN], [ANN]), 'trigger');
  const byPass = form('={{ $runIndex ? "Bob" : "Ann" }}');
  await run(failed, 'retry', { parameters: byPass });
  dograh.faults.add({ on: 'runs', fault: { kind: 'status', callPlaced: false, status: 404 } });
  await run(failed, 'retry', { parameters: form('Bob'), ...goOn, ...thrice });

  expect(dialed()).toEqual([ANN, ANN]);
});

it.each<[string, readonly string[]]>([
  ['complete', [ANN]],
  ['with a failed item', [ANN, INVALID]],
])('renamed after a pass that was %s: the next pass is a call of its own', async (_, phones) => {
  const failed = failedBehind(await run(loop([...phones]), 'trigger', goOn), [ANN]);
  await run(failed, 'retry', { name: 'Phone' });

  expect(dialed()).toEqual([ANN, ANN]);
});

it.each(['Dograh', 'Renamed'])(
  'the first of two Dograh nodes is now named %s: the second one gets none of its calls',
  async (name) => {
    acceptOne();
    refuseOne();
    const once = { parameters: form('friend', { phoneNumber: ANN }), executeOnce: true };
    const second = { ...once, onError: 'stopWorkflow' } as const;
    const failed = await run(loop([ANN, INVALID]), 'trigger', goOn, second);
    await run(failed, 'retry', { ...goOn, name }, second);

    expect(dialed()).toEqual([ANN, ANN]);
  },
);

it('an execution that failed before the node: its retry stores no more for more passes', async () => {
  const sizeAfter = async (passes: number): Promise<number> => {
    const data = loop(...Array.from({ length: passes }, () => [ANN]));
    const { executionData } = await run(data, 'retry');
    return JSON.stringify(executionData?.contextData).length;
  };

  expect(await sizeAfter(40)).toBeLessThan((await sizeAfter(2)) * 1.1);
  expect(dialed()).toHaveLength(42);
});

it('a call of an earlier attempt, returned in one pass of a retry: no later pass gets it', async () => {
  const failed = await run(loop([ANN, INVALID], [ANN]), 'trigger');
  const corrected = form('friend', {
    phoneNumber: `={{ $json.phone === "${INVALID}" ? "${BEN}" : $json.phone }}`,
  });
  await run(failed, 'retry', { parameters: corrected });

  expect(dialed().toSorted()).toEqual([ANN, ANN, BEN]);
});

it('the clock of n8n was ahead at the start: not dialed again', async () => {
  refuseOne();
  const { now } = Date;
  const ahead = jest.spyOn(Date, 'now').mockImplementation(() => now() + DAY / 2);
  const failed = await run(loop([ANN]), 'trigger');
  ahead.mockRestore();
  await run(failed, 'retry');
  await run(failed, 'retry');

  expect(dialed()).toEqual([ANN]);
});

it.each([{}, [], { nodes: {} }, { nodes: [], connections: {} }, 'text', null])(
  'a memory of another program, %j: calls as if there were none',
  async (foreign) => {
    const data = loop([ANN]);
    if (data.executionData === undefined) throw new Error('No data');
    data.executionData.contextData = { flow: { dograhCalls: foreign as never } };
    const { resultData } = await run(data, 'trigger');

    expect(resultData.error).toBeUndefined();
    expect(dialed()).toEqual([ANN]);
  },
);
