import type { IConnection, IConnections, INode } from 'n8n-workflow';
import type { WorkflowFile } from './n8n-rest';
import type { NewNode } from './workflow-nodes';

export function to(node: string): IConnection {
  return { node, type: 'main', index: 0 };
}

/** Inserts a node on the way to another node. */
export function insertBefore(workflow: WorkflowFile, target: string, added: NewNode): WorkflowFile {
  const connections = redirected(workflow.connections, target, added.name);
  return {
    ...workflow,
    nodes: [...workflow.nodes, placed(added)],
    connections: { ...connections, [added.name]: { main: [[to(target)]] } },
  };
}

/** Gives the node this number of items at a time. */
export function loopOver(workflow: WorkflowFile, node: string, batchSize: number): WorkflowFile {
  const loop: NewNode = {
    name: 'Loop',
    type: 'n8n-nodes-base.splitInBatches',
    typeVersion: 3,
    parameters: { batchSize, options: {} },
  };
  const { [node]: after, ...connections } = redirected(workflow.connections, node, loop.name);
  return {
    ...workflow,
    nodes: [...workflow.nodes, placed(loop)],
    connections: {
      ...connections,
      [loop.name]: { main: [after?.['main']?.[0] ?? [], [to(node)]] },
      [node]: { main: [[to(loop.name)]] },
    },
  };
}

function redirected(connections: IConnections, from: string, target: string): IConnections {
  return Object.fromEntries(
    Object.entries(connections).map(([name, outputs]) => {
      const main = outputs['main']?.map(
        (ends) => ends?.map((end) => (end.node === from ? { ...end, node: target } : end)) ?? null,
      );
      return [name, main === undefined ? outputs : { ...outputs, main }];
    }),
  );
}

function placed(node: NewNode): INode {
  return { ...node, id: node.name, position: [0, 200] };
}
