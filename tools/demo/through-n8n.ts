import { agentBy, variables } from '../hosts/n8n/call-form';
import { runDograhNode } from '../hosts/n8n/engine';
import type { CallThroughHost } from './demo-call';

export const callThroughN8n: CallThroughHost = async (call) => {
  const { outputs, error } = await runDograhNode({
    credentials: { apiKey: call.apiKey, baseUrl: call.baseUrl },
    items: [{ phone: call.phoneNumber }],
    parameters: {
      resource: 'call',
      operation: 'trigger',
      agent: agentBy(call.trigger.includes('/') ? 'triggerUrl' : 'triggerId', call.trigger),
      phoneNumber: '={{ $json.phone }}',
      contextMode: 'pairs',
      contextPairs: variables(...call.variables),
      // The agent of a real Dograh may need other variables.
      options: { requireVariables: false },
    },
  });
  const runId = outputs[0]?.[0]?.json['workflow_run_id'];
  if (typeof runId === 'number') return { workflow_run_id: runId };
  throw new Error(
    [error?.message, error?.description].filter(Boolean).join(' ') || 'n8n gave no output.',
  );
};
