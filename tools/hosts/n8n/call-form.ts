import type { INodeParameters } from 'n8n-workflow';
import type { Simulator } from '../../simulator';

/**
 * Valid fields of Trigger Call as the editor stores them, with the given changes. Rows need the mode for rows. The
 * variables of the agent are not required, because most calls give it none.
 */
export function callForm(fields: INodeParameters = {}): INodeParameters {
  return {
    resource: 'call',
    operation: 'trigger',
    agent: agentBy('triggerId', 'lead-qualifier'),
    phoneNumber: '+14155550123',
    ...('contextPairs' in fields && { contextMode: 'pairs' }),
    ...fields,
    ...(fields['options'] !== null && {
      options: { requireVariables: false, ...(fields['options'] as INodeParameters | undefined) },
    }),
  };
}

export function agentBy(mode: string, value: string): INodeParameters {
  return { __rl: true, mode, value };
}

export function variables(...pair: { name: string; value: unknown }[]): INodeParameters {
  return { pair: pair as INodeParameters[] };
}

/** The stored resource mapper for the variables, with fields for `names`. */
export function mapping(
  mappingMode: 'defineBelow' | 'autoMapInputData',
  value: Readonly<Record<string, unknown>> | null,
  names: readonly string[] = Object.keys(value ?? {}),
): INodeParameters {
  const schema = names.map((id) => ({ id, displayName: id, required: false, display: true }));
  return { contextMapping: { mappingMode, value, schema } } as unknown as INodeParameters;
}

export function credentialsFor({ url, world }: Simulator): { apiKey: string; baseUrl: string } {
  return { apiKey: world.acme.apiKey, baseUrl: url };
}

/** The context of a call without the ID of the request. */
export function ownContext(body: unknown): Record<string, unknown> {
  const { initial_context: context = {} } = body as { initial_context?: Record<string, unknown> };
  return Object.fromEntries(Object.entries(context).filter(([name]) => name !== 'call_request_id'));
}
