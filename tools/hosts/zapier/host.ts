import { inspect } from 'node:util';
import {
  requirementOf,
  type Host,
  type HostCall,
  type HostChoice,
  type HostOutcome,
} from '../host';
import type { Field } from './submission';
import { runInZapier, type ZapierRun } from './runtime';

/** The built app in Zapier's core, for the tests of behavior that both hosts share. */
export const zapier: Host = {
  name: 'Zapier',
  triggerCall: (call) => run(call, {}),
  previewCall: (call) => run(call, { preview_only: true }),
  async variablesInForm(choice) {
    const fields = (await variableFields(choice)).map(({ key, label = '', helpText = '' }) => ({
      key,
      text: `${label}\n${helpText}`,
      isNeeded: helpText.startsWith('**Needed:**'),
      helpText,
    }));
    return {
      // Long names are cut in the label, but not in the key.
      fields: fields
        .filter(({ key }) => key.startsWith('variable$'))
        .map(({ key, text, isNeeded }) => ({ name: nameIn(key), text, isNeeded })),
      remark: fields.find(({ key }) => key === 'about_variables')?.helpText ?? '',
    };
  },
};

async function run(call: HostCall, more: object): Promise<HostOutcome> {
  const outcome = await runInZapier('creates.trigger_call.operation.perform', {
    authData: connectionOf(call),
    inputData: { ...toInputData(call), ...more },
  });
  if (outcome.ok) return { ok: true, output: outcome.output };
  return {
    ok: false,
    shown: sentenceOf(outcome.error),
    stored: [...outcome.logs, everythingIn(outcome.error)].join('\n'),
  };
}

/** The fields of the action that depend on the agent. */
export async function variableFields(choice: HostChoice): Promise<readonly Field[]> {
  const outcome = await runInZapier('creates.trigger_call.operation.inputFields', {
    authData: connectionOf(choice),
    inputData: toChoice(choice),
  });
  if (!outcome.ok) throw outcome.error;
  const fields = outcome.output as unknown as readonly Field[];
  return fields.filter(({ key }) => key.startsWith('variable$') || key === 'about_variables');
}

/** The message of one of Zapier's errors. Some errors contain it inside JSON. */
export function sentenceOf(error: Error): string {
  return error.message.startsWith('{') ? String(partsOf(error)['message']) : error.message;
}

/** The parts of an error whose message is JSON. */
export function partsOf(error: Error): Record<string, unknown> {
  return JSON.parse(error.message) as Record<string, unknown>;
}

/** Prints a value with all hidden properties, to search it for the API key. */
export function everythingIn(value: unknown): string {
  return inspect(value, { depth: Infinity, showHidden: true, maxArrayLength: null });
}

function connectionOf({ apiKey, baseUrl }: HostChoice): ZapierRun['authData'] {
  return { api_key: apiKey, base_url: baseUrl };
}

function toChoice({ agent, environment }: HostChoice): Record<string, unknown> {
  return {
    [agent.by === 'agentUuid' ? 'agent' : 'api_trigger']: agent.value,
    agent_version: environment,
  };
}

function toInputData(call: HostCall): Record<string, unknown> {
  const { greeting, contextMapping = {} } = call;
  return {
    ...toChoice(call),
    phone_number: call.phoneNumber,
    context: Object.fromEntries((call.contextPairs ?? []).map(({ name, value }) => [name, value])),
    context_json: call.contextJson,
    ...Object.fromEntries(
      Object.entries(contextMapping).map(([name, value]) => [keyOf(name), value]),
    ),
    ...(greeting && {
      [greeting.type === 'text' ? 'greeting' : 'greeting_recording']: greeting.value,
    }),
    require_variables: requirementOf(call),
    call_reference: call.callReference,
    skip_if_called_within: call.skipIfCalledWithin,
    telephony_configuration_id: call.telephonyConfigurationId,
    from_phone_number_id: call.fromPhoneNumberId,
    ...call.fields?.zapier,
  };
}

/** The key of a variable's field, for names that need no escaping. */
function keyOf(name: string): string {
  return `variable$${name.replaceAll('.', '$')}`;
}

function nameIn(key: string): string {
  return key.replace('variable$', '').replaceAll('$', '.');
}
