import type { INodeParameters, NodeParameterValueType, ResourceMapperField } from 'n8n-workflow';
import {
  requirementOf,
  type Host,
  type HostCall,
  type HostChoice,
  type HostOutcome,
} from '../host';
import { agentBy, mapping, variables } from './call-form';
import { everythingIn, runDograhNode, type NodeOutcome } from './engine';
import { loadOptionsContext } from './load-options';
import { dograhNodeType } from './n8n-host';

/** The built package in n8n's engine. */
export const n8n: Host = {
  name: 'n8n',
  triggerCall: (call) => run('trigger', call),
  previewCall: (call) => run('preview', call),
  async variablesInForm(choice) {
    const { fields, emptyFieldsNotice = '' } = await variableFields(choice);
    return { fields: fields.map(toShown), remark: emptyFieldsNotice };
  },
};

async function run(operation: string, call: HostCall): Promise<HostOutcome> {
  const { apiKey, baseUrl } = call;
  const outcome = await runDograhNode({
    parameters: formOf(operation, call),
    credentials: { apiKey, baseUrl },
  });
  const [item] = outcome.outputs[0] ?? [];
  return item === undefined
    ? { ok: false, shown: shownBy(outcome), stored: everythingIn(outcome) }
    : { ok: true, output: item.json };
}

/** The text that the editor shows for a failed node: title, description and details. */
export function shownBy({ error }: NodeOutcome): string {
  return [error?.message, error?.description].filter(Boolean).join('\n');
}

/** The fields of the resource mapper, loaded with n8n's own context for it. */
export async function variableFields({ apiKey, baseUrl, agent, environment }: HostChoice) {
  const form = {
    contextMode: 'mapped',
    agent: agentBy(agent.by, agent.value),
    environment: environment ?? 'production',
  };
  const context = await loadOptionsContext('contextMapping', form, { apiKey, baseUrl });
  const { methods } = await dograhNodeType();
  const method = methods?.resourceMapping?.['getAgentVariables'];
  if (method === undefined) throw new Error('The node has no such method.');
  return method.call(context);
}

function toShown({ id, displayName, required }: ResourceMapperField) {
  return { name: id, isNeeded: required, text: displayName };
}

function formOf(operation: string, call: HostCall): INodeParameters {
  return {
    resource: 'call',
    operation,
    agent: agentBy(call.agent.by, call.agent.value),
    phoneNumber: call.phoneNumber as NodeParameterValueType,
    ...(call.environment === undefined ? {} : { environment: call.environment }),
    ...contextOf(call),
    options: given({
      greeting: greetingOf(call),
      requireVariables: requirementOf(call),
      callReference: call.callReference,
      skipIfCalledWithin: call.skipIfCalledWithin,
      telephonyConfigurationId: call.telephonyConfigurationId,
      fromPhoneNumberId: call.fromPhoneNumberId,
      ...call.fields?.n8n,
    }),
  };
}

function contextOf({ contextJson, contextPairs, contextMapping }: HostCall): INodeParameters {
  if (contextMapping !== undefined) {
    return { contextMode: 'mapped', ...mapping('defineBelow', contextMapping) };
  }
  if (contextJson !== undefined) return { contextMode: 'json', contextJson };
  return contextPairs === undefined
    ? {}
    : { contextMode: 'pairs', contextPairs: variables(...contextPairs) };
}

function greetingOf({ greeting }: HostCall): object | undefined {
  if (greeting === undefined) return undefined;
  const { type, value } = greeting;
  return { values: type === 'text' ? { type, text: value } : { type, recordingId: value } };
}

/** A collection contains only the added options. */
function given(options: Readonly<Record<string, unknown>>): INodeParameters {
  const added = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(added) as INodeParameters;
}
