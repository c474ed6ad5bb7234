import type { INode } from 'n8n-workflow';

/** A node as n8n's editor stores it, without its ID and its position. */
export type NewNode = Omit<INode, 'id' | 'position'>;

/** @param response Default: the items of the last node */
export function webhook(
  path: string,
  response: INode['parameters'] = { responseMode: 'lastNode', responseData: 'allEntries' },
): NewNode {
  return {
    name: 'Webhook',
    type: 'n8n-nodes-base.webhook',
    typeVersion: 2.1,
    webhookId: crypto.randomUUID(),
    parameters: { path, httpMethod: 'POST', ...response },
  };
}

/** One item for each row in the request. */
export const rows: NewNode = {
  name: 'Rows',
  type: 'n8n-nodes-base.splitOut',
  typeVersion: 1,
  parameters: { fieldToSplitOut: 'body.rows' },
};

export function nothing(name: string): NewNode {
  return { name, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
}
