import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { additionalData, DOGRAH_NODE, dograhNodeType, nodeTypes } from './n8n-host';
import { SupplyDataContext } from 'n8n-core';
import { createRunExecutionData, Workflow, type INode, type INodeType } from 'n8n-workflow';
import { hideRuns } from '../behaviour/call-requests';
import { hurryWaits } from '../hurry';
import { startSimulator, type Simulator } from '../simulator';
import { callForm, credentialsFor } from './call-form';

type InvokeTool = (input: object) => Promise<unknown>;
type MakeInvokeTool = (
  contextFor: (runIndex: number) => SupplyDataContext,
  node: INode,
  type: INodeType,
  data: object,
) => InvokeTool;

hurryWaits();

/** As an AI tool n8n runs a node by another path, which counts each try of Retry On Fail as a run. */
describe('the node as a tool of an AI agent, with Retry On Fail', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(() => simulator.stop());

  it('places a call', async () => {
    const invoke = await tool(simulator);

    expect(JSON.stringify(await invoke({}))).toContain('workflow_run_id');
    expect(simulator.calls).toHaveLength(1);
  });

  it('does not dial again where a phone may be ringing', async () => {
    hideRuns(simulator);
    simulator.faults.add({
      on: 'call',
      fault: { kind: 'reset', callPlaced: true, moment: 'after-placing' },
    });
    const invoke = await tool(simulator);
    const answer = await invoke({}).catch(String);

    expect(JSON.stringify(answer)).toMatch(/It is not known whether/);
    expect(simulator.callRequests).toHaveLength(1);
  });
});

async function tool(simulator: Simulator): Promise<InvokeTool> {
  const type = await dograhNodeType();
  const node: INode = {
    id: 'dograh',
    name: 'Dograh',
    type: DOGRAH_NODE,
    typeVersion: 1,
    position: [0, 0],
    parameters: callForm(),
    credentials: { dograhApi: { id: '1', name: 'Dograh account' } },
    retryOnFail: true,
    maxTries: 3,
    waitBetweenTries: 1,
  };
  const workflow = new Workflow({
    nodes: [node],
    connections: {},
    active: false,
    nodeTypes: await nodeTypes(),
  });
  const data = createRunExecutionData();
  const additional = await additionalData(credentialsFor(simulator), 'trigger', '7');
  const items = [{ json: {} }];
  const contextFor = (runIndex: number): SupplyDataContext =>
    new SupplyDataContext(
      workflow,
      node,
      additional,
      'trigger',
      data,
      runIndex,
      items,
      { main: [items] },
      'ai_tool',
      { node, data: {}, source: null },
      [],
    );
  return makeInvokeTool()(contextFor, node, type, data);
}

/** n8n's own, which its package does not export. */
function makeInvokeTool(): MakeInvokeTool {
  const load = createRequire(__filename);
  const core = dirname(load.resolve('n8n-core/package.json'));
  const file = 'dist/execution-engine/node-execution-context/utils/get-input-connection-data.js';
  const { makeHandleToolInvocation } = load(join(core, file)) as {
    makeHandleToolInvocation: MakeInvokeTool;
  };
  return makeHandleToolInvocation;
}
