import type { INodeParameters } from 'n8n-workflow';
import type { Simulator } from '../simulator';

/** The fields of Trigger Call as the editor stores them, filled in rightly but for what is given. */
export function callForm(fields: INodeParameters = {}): INodeParameters {
  return {
    resource: 'call',
    operation: 'trigger',
    agent: agentBy('triggerId', 'lead-qualifier'),
    phoneNumber: '+14155550123',
    ...fields,
  };
}

export function agentBy(mode: string, value: string): INodeParameters {
  return { __rl: true, mode, value };
}

export function variables(...pair: { name: string; value: unknown }[]): INodeParameters {
  return { pair: pair as INodeParameters[] };
}

export function credentialsFor({ url, world }: Simulator): { apiKey: string; baseUrl: string } {
  return { apiKey: world.acme.apiKey, baseUrl: url };
}
