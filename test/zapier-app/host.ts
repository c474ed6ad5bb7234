import { inspect } from 'node:util';
import type { Host, HostCall } from '../behaviour/host';
import { runInZapier } from './runtime';

/** The built app in Zapier's core, as the tests of common behaviour see it. */
export const zapier: Host = {
  name: 'Zapier',
  async triggerCall(call) {
    const outcome = await runInZapier('creates.trigger_call.operation.perform', {
      authData: { api_key: call.apiKey, base_url: call.baseUrl },
      inputData: toInputData(call),
    });
    if (outcome.ok) return { placed: true, output: outcome.output };
    return {
      placed: false,
      shown: sentenceOf(outcome.error),
      stored: [...outcome.logs, everythingIn(outcome.error)].join('\n'),
    };
  },
};

/** The sentence in one of Zapier's errors; some of them carry it inside JSON. */
export function sentenceOf(error: Error): string {
  return error.message.startsWith('{') ? String(partsOf(error)['message']) : error.message;
}

/** What Zapier is given beside the sentence, by the errors that carry JSON. */
export function partsOf(error: Error): Record<string, unknown> {
  return JSON.parse(error.message) as Record<string, unknown>;
}

/** Everything reachable from a value, hidden parts too: for the search for what must not be in there. */
export function everythingIn(value: unknown): string {
  return inspect(value, { depth: Infinity, showHidden: true, maxArrayLength: null });
}

function toInputData(call: HostCall): Record<string, unknown> {
  return {
    [call.agent.by === 'agentUuid' ? 'agent' : 'api_trigger']: call.agent.value,
    agent_version: call.environment,
    phone_number: call.phoneNumber,
    context: Object.fromEntries((call.contextPairs ?? []).map(({ name, value }) => [name, value])),
    context_json: call.contextJson,
    call_reference: call.callReference,
    skip_if_called_within: call.skipIfCalledWithin,
    telephony_configuration_id: call.telephonyConfigurationId,
    from_phone_number_id: call.fromPhoneNumberId,
  };
}
