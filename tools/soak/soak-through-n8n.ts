import type { IDataObject } from 'n8n-workflow';
import { agentBy, callForm } from '../hosts/n8n/call-form';
import { runDograhNode } from '../hosts/n8n/engine';
import { answerOrder } from './soak-process';
import { MAX_ATTEMPTS, type SoakCall, type SoakOrder, type SoakOutcome } from './soak-call';

/** Calls through the built node in n8n's engine: many items per execution, several executions at once. */
const ITEMS_PER_EXECUTION = 25;
const EXECUTIONS_AT_ONCE = 2;

answerOrder(async (order, report) => {
  const waiting = order.calls.map((call) => ({ call, attempts: 0 }));
  const worker = async (): Promise<void> => {
    for (;;) {
      const batch = waiting.splice(0, ITEMS_PER_EXECUTION);
      if (batch.length === 0) return;
      const outcomes = await execute(
        order,
        batch.map(({ call }) => call),
      );
      for (const [index, entry] of batch.entries()) {
        const outcome = readItem(entry.call, entry.attempts + 1, outcomes[index]);
        if (outcome.ending === 'refused' && outcome.attempts < MAX_ATTEMPTS) {
          waiting.push({ call: entry.call, attempts: outcome.attempts });
        } else {
          report(outcome);
        }
      }
    }
  };
  await Promise.all(Array.from({ length: EXECUTIONS_AT_ONCE }, worker));
});

/** A duplicate row is two items with the same reference. */
async function execute(
  { baseUrl, apiKey }: SoakOrder,
  calls: readonly SoakCall[],
): Promise<readonly (IDataObject | undefined)[]> {
  const repeated = calls.filter(({ twice }) => twice);
  const { outputs, error } = await runDograhNode({
    credentials: { baseUrl, apiKey },
    items: [...calls, ...repeated].map(({ phoneNumber, reference, twice }) => ({
      phoneNumber,
      reference,
      hours: twice ? 1 : 0,
    })),
    parameters: callForm({
      agent: agentBy('triggerId', 'lead-qualifier'),
      phoneNumber: '={{ $json.phoneNumber }}',
      options: {
        callReference: '={{ $json.reference }}',
        skipIfCalledWithin: '={{ $json.hours }}',
        concurrency: 8,
        maxWaitMinutes: 10,
        timeoutSeconds: 2,
      },
    }),
    settings: { onError: 'continueRegularOutput' },
  });
  if (error !== undefined) throw error;
  return calls.map((_call, index) => outputs[0]?.[index]?.json);
}

function readItem(
  { phoneNumber }: SoakCall,
  attempts: number,
  json: IDataObject | undefined,
): SoakOutcome {
  const runId = json?.['workflow_run_id'];
  if (typeof runId === 'number') {
    const recovered = json?.['recovered'] === true;
    return { phoneNumber, attempts, ending: 'placed', runId, recovered };
  }
  const details = json?.['details'] as { callPlaced?: unknown } | undefined;
  const said = JSON.stringify(json);
  return {
    phoneNumber,
    attempts,
    ending: details?.callPlaced === 'no' ? 'refused' : 'unknown',
    said,
  };
}
