import type { DialPlan } from './choose-telephony';
import type { CallOrder } from './place-call';
import type { Agent, AgentVersion, Organization } from './world';

/** Keys of the caller's context that Dograh drops without a word. */
const droppedKeys = new Set(['provider', 'runtime_configuration', 'mps_correlation_id']);

/** The context that a run gets: Dograh's own keys, the caller's over them, and what nobody may change last. */
export function contextOfRun(
  order: CallOrder,
  organization: Organization,
  agent: Agent,
  version: AgentVersion,
  dialPlan: DialPlan,
): Record<string, unknown> {
  return {
    ...(order.environment === 'test' ? version.templateContext : {}),
    ...recordOfTheRun(order, organization, agent, dialPlan),
    ...withoutDroppedKeys(order.body.initial_context ?? {}),
    called_number: order.body.phone_number,
  };
}

/** What Dograh writes down about the run. A caller who uses these names overwrites the record. */
function recordOfTheRun(
  order: CallOrder,
  organization: Organization,
  agent: Agent,
  dialPlan: DialPlan,
): Record<string, unknown> {
  const { target, body } = order;
  return {
    provider: dialPlan.configuration.provider,
    direction: 'outbound',
    phone_number: body.phone_number,
    trigger_mode: order.environment,
    telephony_configuration_id: dialPlan.configuration.id,
    agent_identifier: target.kind === 'trigger' ? target.trigger : target.uuid,
    agent_identifier_type: target.kind === 'trigger' ? 'trigger_path' : 'workflow_uuid',
    workflow_uuid: agent.uuid,
    api_key_id: organization.id,
    api_key_created_by: agent.ownerId,
    ...(target.kind === 'trigger' ? { agent_uuid: target.trigger } : {}),
    ...(dialPlan.callerId ? { caller_number: dialPlan.callerId.address } : {}),
    ...(typeof body.from_phone_number_id === 'number'
      ? { from_phone_number_id: body.from_phone_number_id }
      : {}),
  };
}

function withoutDroppedKeys(context: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(context).filter(([key]) => !droppedKeys.has(key)));
}
