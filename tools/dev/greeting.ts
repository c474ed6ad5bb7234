import { OWNER } from '../n8n-server/n8n-server';
import type { Simulator } from '../simulator';
import { describeNumbers } from '../simulator/describe-world';

/** What `npm run dev` prints when a person can start. */
export function greeting(n8nUrl: string, log: string, { url, world }: Simulator): string {
  return [
    '',
    'n8n is ready. Open this address and sign in:',
    '',
    `  Address   ${n8nUrl}/home/workflows`,
    `  Email     ${OWNER.email}`,
    `  Password  ${OWNER.password}`,
    '',
    '1. Open a workflow of the list. Its blue note says what to do.',
    '2. Click "Execute workflow" (in the chat example: "Open chat").',
    '3. Watch the calls here. A call takes about 6 seconds.',
    '',
    `Everything is filled in and connected to a simulated Dograh at ${url}. No phone rings.`,
    ...describeNumbers(world),
    '',
    'When you change n8n-node or shared, the node is built and loaded again in about 10 seconds.',
    `The log of n8n is ${log}. Press Ctrl-C to stop everything.`,
    '',
  ].join('\n');
}
