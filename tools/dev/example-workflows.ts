import type { INode, INodeParameters } from 'n8n-workflow';
import type { WorkflowFile } from '../n8n-server/n8n-rest';
import type { Agent, World } from '../simulator';

export interface StoredCredential {
  readonly id: string;
  readonly name: string;
}

export const FIRST_EXAMPLE = 'Place a call';
export const WAITING_EXAMPLE = 'Call people and wait for what comes of it';
export const MANUAL = 'When clicking Execute workflow';

const ANSWERED = '+14155550123';

/** What there is to try, the first one first. */
export function exampleWorkflows(
  { agents, endings }: World,
  credential: StoredCredential,
): readonly WorkflowFile[] {
  const credentials = { dograhApi: { id: credential.id, name: credential.name } };
  const manual = node(MANUAL, 'n8n-nodes-base.manualTrigger');
  const people = [ANSWERED, ...Object.keys(endings)].map((phone) => ({ phone }));
  return [
    inARow(FIRST_EXAMPLE, [
      manual,
      {
        ...node('Call', 'n8n-nodes-dograh.dograh', {
          resource: 'call',
          operation: 'trigger',
          agent: fromList(agents.appointmentReminder),
          phoneNumber: ANSWERED,
          contextPairs: {
            pair: [
              { name: 'customer_name', value: 'Ada' },
              { name: 'appointment.date', value: 'Tuesday' },
              { name: 'appointment.time', value: '3 pm' },
            ],
          },
        }),
        credentials,
      },
    ]),
    inARow(WAITING_EXAMPLE, [
      manual,
      node(
        'People',
        'n8n-nodes-base.set',
        {
          mode: 'raw',
          jsonOutput: JSON.stringify({ people }),
        },
        3.4,
      ),
      node('One item each', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'people' }),
      {
        ...node('Call and wait', 'n8n-nodes-dograh.dograh', {
          resource: 'call',
          operation: 'triggerAndWait',
          agent: fromList(agents.leadQualifier),
          phoneNumber: '={{ $json.phone }}',
          contextPairs: { pair: [{ name: 'first_name', value: 'Ada' }] },
          options: { concurrency: people.length },
        }),
        credentials,
      },
    ]),
    inARow('When a call is over', [
      { ...node('Dograh Trigger', 'n8n-nodes-dograh.dograhTrigger'), credentials },
      node('Do something', 'n8n-nodes-base.noOp'),
    ]),
  ];
}

function fromList({ uuid, name }: Agent): INodeParameters {
  return { __rl: true, mode: 'list', value: uuid, cachedResultName: name };
}

function node(
  name: string,
  type: string,
  parameters: INodeParameters = {},
  typeVersion = 1,
): INode {
  return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

/** One node after the other, from left to right. */
function inARow(name: string, nodes: readonly INode[]): WorkflowFile {
  const steps = nodes
    .slice(1)
    .map(({ name: to }, index) => [
      nodes[index]?.name ?? '',
      { main: [[{ node: to, type: 'main' as const, index: 0 }]] },
    ]);
  return {
    name,
    nodes: nodes.map((step, index) => ({ ...step, position: [index * 220, 0] })),
    connections: Object.fromEntries(steps) as WorkflowFile['connections'],
  };
}
