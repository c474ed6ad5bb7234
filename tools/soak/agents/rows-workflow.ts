import { callForm } from '../../hosts/n8n/call-form';
import type { WorkflowFile } from '../../n8n-server/n8n-rest';
import { to } from '../../n8n-server/workflow-edits';
import { rows, webhook, type NewNode } from '../../n8n-server/workflow-nodes';
import type { AttemptPlan, RowsPlan } from './plan';
import { REFORMAT, RETRY_ON_FAIL } from './parameters';

/** A webhook, one item for each row, the Dograh node, and the node after it. */
export function rowsWorkflow(
  subject: RowsPlan,
  { edit, changed }: AttemptPlan,
  given: {
    readonly path: string;
    readonly name: string;
    readonly dograh: string;
    readonly next: NewNode;
  },
): WorkflowFile {
  const { path, name, dograh, next } = given;
  const number = `((${JSON.stringify(changed)})[$json.phone] ?? $json.phone)`;
  const nodes: NewNode[] = [
    webhook(path),
    rows,
    {
      name,
      type: 'n8n-nodes-dograh.dograh',
      typeVersion: 1,
      parameters: callForm({
        operation: subject.waits ? 'triggerAndWait' : 'trigger',
        phoneNumber: `={{ ${number}${edit.isReformatted ? REFORMAT : ''} }}`,
        ...(subject.waits && { pollSeconds: 2 }),
        options: { concurrency: subject.concurrency, timeoutSeconds: edit.timeoutSeconds },
      }),
      credentials: { dograhApi: { id: dograh, name: 'Dograh' } },
      onError: subject.onError,
      ...(subject.retries && RETRY_ON_FAIL),
    },
    next,
  ];
  return {
    name: path,
    nodes: nodes.map((node, index) => ({
      ...node,
      // A node keeps its ID when it is renamed.
      id: node.name === name ? 'dograh' : node.name,
      position: [index * 200, 0],
    })),
    connections: {
      Webhook: { main: [[to('Rows')]] },
      Rows: { main: [[to(name)]] },
      [name]: { main: [[to(next.name)]] },
    },
  };
}
