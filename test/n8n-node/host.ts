import type { INodeParameters } from 'n8n-workflow';
import type { Host, HostCall } from '../behaviour/host';
import { agentBy, variables } from './call-form';
import { everythingIn, runDograhNode, type NodeOutcome } from './engine';

/** The built package in n8n's engine. */
export const n8n: Host = {
  name: 'n8n',
  async triggerCall(call) {
    const { apiKey, baseUrl } = call;
    const outcome = await runDograhNode({
      parameters: formOf(call),
      credentials: { apiKey, baseUrl },
    });
    const [item] = outcome.outputs[0] ?? [];
    return item === undefined
      ? { placed: false, shown: shownBy(outcome), stored: everythingIn(outcome) }
      : { placed: true, output: item.json };
  },
};

/** What the editor shows of a failed node: title, description and details. */
export function shownBy({ error }: NodeOutcome): string {
  return [error?.message, error?.description].filter(Boolean).join('\n');
}

function formOf(call: HostCall): INodeParameters {
  return {
    resource: 'call',
    operation: 'trigger',
    agent: agentBy(call.agent.by, call.agent.value),
    phoneNumber: call.phoneNumber,
    ...(call.environment === undefined ? {} : { environment: call.environment }),
    ...contextOf(call),
    options: {
      ...(call.callReference === undefined ? {} : { callReference: call.callReference }),
      ...(call.skipIfCalledWithin === undefined
        ? {}
        : { skipIfCalledWithin: call.skipIfCalledWithin }),
      ...(call.telephonyConfigurationId === undefined
        ? {}
        : { telephonyConfigurationId: call.telephonyConfigurationId }),
      ...(call.fromPhoneNumberId === undefined
        ? {}
        : { fromPhoneNumberId: call.fromPhoneNumberId }),
    },
  };
}

function contextOf({ contextJson, contextPairs }: HostCall): INodeParameters {
  if (contextJson !== undefined) return { contextMode: 'json', contextJson };
  return contextPairs === undefined ? {} : { contextPairs: variables(...contextPairs) };
}
