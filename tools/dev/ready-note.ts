import type { INode } from 'n8n-workflow';
import type { ExampleWorkflow } from './connect-example';

/** What to do in each example, in the order of the list. */
export const TRY_IT: Readonly<Record<string, string>> = {
  'call-new-rows.json':
    'Click **Execute workflow**. Your terminal shows two calls. The third row has a text in place of a phone number, so it gets an error. Click again: nobody is called twice.',
  'call-wait-and-branch.json':
    'Click **Execute workflow**. Your terminal shows six calls with different results. After about 20 seconds, each person is in one of the branches.',
  'finished-calls-and-transcripts.json':
    'Click **Execute workflow**. It reads the newest finished call and its transcript.',
  'agent-that-phones.json':
    'Click **Open chat**. Write: *Call Ann at +1 415 555 0123 about her appointment.* Answer *yes*. Later, ask: *How did it go?* A simulated chat model answers.',
  'call-in-calling-hours.json':
    'Click **Execute workflow**. Ann is in New York, Ben in San Francisco and Eve in Honolulu. Your terminal shows a call for each of them who is within the hours now. The execution waits for the others: look under **Executions**. Cleo is on the list.',
  'agent-calls-a-list.json':
    'Click **Execute workflow**. Your terminal shows two calls. Open **What happened**: of five rows, two are placed, one is skipped, one needs no call, and one has an error. Click again: nobody is called twice. A simulated chat model decides.',
  'launch-a-campaign.json':
    'Click **Publish**, then **Execute workflow**. Your terminal shows 200 calls, if it is between 9:00 and 19:00 on a weekday in California. Otherwise, first remove the option **Calling Hours** from **Launch 200 people**. The calls take three minutes, and busy numbers are called again after five. Some minutes later, look under **Executions**.',
  'webhook-places-calls.json':
    'Click **Execute workflow**. It uses the sample request that is pinned to the first node. One contact is called. The other has no usable phone number, so it gets an error.',
};

const HEIGHT = 208;
const GAP = 32;
const BLUE = 5;

/** Adds a note above the first one: everything is filled in, and what to click. */
export function withReadyNote(file: string, workflow: ExampleWorkflow): ExampleWorkflow {
  const first = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.stickyNote');
  if (first === undefined) return workflow;
  const [x, y] = first.position;
  const note: INode = {
    ...first,
    id: `${workflow.id}-ready`,
    name: 'Note: Ready to run',
    position: [x, y - HEIGHT - GAP],
    parameters: {
      ...first.parameters,
      content: `### Ready to run\nCredential, agent and variables are filled in for the simulated Dograh. No phone rings. Skip the setup steps below.\n\n${TRY_IT[file] ?? ''}`,
      height: HEIGHT,
      color: BLUE,
    },
  };
  return { ...workflow, nodes: [note, ...workflow.nodes] };
}
