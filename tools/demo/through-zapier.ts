import { sentenceOf } from '../hosts/zapier/host';
import { runTriggerCall } from '../hosts/zapier/runtime';
import type { CallThroughHost } from './demo-call';

export const callThroughZapier: CallThroughHost = async (call) => {
  const { output } = await runTriggerCall({
    authData: { api_key: call.apiKey, base_url: call.baseUrl },
    inputData: {
      api_trigger: call.trigger,
      phone_number: call.phoneNumber,
      // The agent of a real Dograh may need other variables.
      require_variables: 'no',
      context: Object.fromEntries(call.variables.map(({ name, value }) => [name, value])),
    },
  }).catch((error: unknown) => {
    throw new Error(error instanceof Error ? sentenceOf(error) : String(error));
  });
  const runId = output['workflow_run_id'];
  if (typeof runId === 'number') return { workflow_run_id: runId };
  throw new Error(`Zapier's output has no run: ${JSON.stringify(output)}`);
};
