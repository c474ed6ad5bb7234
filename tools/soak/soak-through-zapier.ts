import { setTimeout as delay } from 'node:timers/promises';
import { sentenceOf } from '../hosts/zapier/host';
import { runInZapier } from '../hosts/zapier/runtime';
import { answerOrder } from './soak-process';
import { MAX_ATTEMPTS, type SoakCall, type SoakOrder, type SoakOutcome } from './soak-call';

/** Calls through the built app in Zapier's core: one run per call, several runs at once. */
const RUNS_AT_ONCE = 12;
/** Shorter than the minute that Zapier waits before it runs a throttled step again. */
const RUN_AGAIN_MS = 200;

answerOrder(async (order, report) => {
  const waiting = order.calls.values();
  const worker = async (): Promise<void> => {
    for (const call of waiting) {
      const outcome = await ask(order, call);
      report(call.twice && outcome.ending === 'placed' ? await ask(order, call) : outcome);
    }
  };
  await Promise.all(Array.from({ length: RUNS_AT_ONCE }, worker));
});

/** Runs the step until it has a final result, as Zapier and the owner of a Zap do. */
async function ask(
  { baseUrl, apiKey }: SoakOrder,
  { phoneNumber, reference, twice }: SoakCall,
): Promise<SoakOutcome> {
  for (let attempts = 1; ; attempts += 1) {
    const outcome = await runInZapier('creates.trigger_call.operation.perform', {
      authData: { api_key: apiKey, base_url: baseUrl },
      inputData: {
        api_trigger: 'lead-qualifier',
        phone_number: phoneNumber,
        require_variables: 'no',
        call_reference: reference,
        skip_if_called_within: twice ? 1 : undefined,
      },
    });
    if (outcome.ok) {
      const runId = Number(outcome.output['workflow_run_id']);
      const recovered = outcome.output['recovered'] === true;
      return { phoneNumber, attempts, ending: 'placed', runId, recovered };
    }
    const ended = { phoneNumber, attempts, said: sentenceOf(outcome.error) };
    // Only this error means that a phone may be ringing. A step with any other error may run again.
    if (outcome.error.name === 'HaltedError') return { ...ended, ending: 'unknown' };
    if (attempts === MAX_ATTEMPTS) return { ...ended, ending: 'refused' };
    await delay(RUN_AGAIN_MS);
  }
}
