import type { AgentVersion } from './agent-definition';
import type { CallOrder } from './call-order';
import type { CampaignRow } from './campaigns/campaign';
import type { DialPlan } from './choose-telephony';
import { profileOf, type DograhVersion } from './version';
import type { Agent, Organization, TelephonyConfiguration } from './world';

type Context = Record<string, unknown>;

/** Keys of the client's context that Dograh drops without an error. */
const droppedKeys = new Set(['provider', 'runtime_configuration', 'mps_correlation_id']);

/** The context of a run. Of equal keys, the last one wins. No client can change `called_number`. */
export function contextOfRun(
  order: CallOrder,
  organization: Organization,
  agent: Agent,
  version: AgentVersion,
  dialPlan: DialPlan,
): Context {
  return {
    ...(order.environment === 'test' ? version.templateContext : {}),
    ...recordOfTheRun(order, organization, agent, dialPlan),
    ...withoutDroppedKeys(order.body.initial_context ?? {}),
    called_number: order.body.phone_number,
  };
}

/** The keys that the telephony provider adds after dialing. No client can change them. */
export function contextAfterDialing(phoneNumber: string, { callerId }: DialPlan): Context {
  return {
    called_number: phoneNumber,
    ...(callerId ? { caller_number: callerId.address } : {}),
  };
}

/** The context of a call of a campaign. No column of its file can change Dograh's record. */
export function contextOfCampaignRow(
  campaignId: number,
  row: CampaignRow,
  {
    configuration,
    callerId,
  }: { configuration: TelephonyConfiguration; callerId?: string | undefined },
): Context {
  return {
    ...withoutDroppedKeys(row.context),
    campaign_id: campaignId,
    provider: configuration.provider,
    source_uuid: row.sourceUuid,
    caller_number: callerId,
    called_number: row.context['phone_number'],
    direction: 'outbound',
    telephony_configuration_id: configuration.id,
  };
}

/** The variables that only this version fills in. */
export function ownVariablesOf(runId: number, version: DograhVersion): Context {
  const values = { call_id: `CA${String(runId)}`, workflow_run_id: runId };
  const { ownVariables } = profileOf(version);
  return Object.fromEntries(Object.entries(values).filter(([name]) => ownVariables.has(name)));
}

/** The context of a run in which a person calls the agent. */
export function contextOfInbound(
  phoneNumber: string,
  { configuration, callerId }: DialPlan,
): Context {
  return {
    caller_number: phoneNumber,
    called_number: callerId?.address ?? null,
    direction: 'inbound',
    provider: configuration.provider,
    telephony_configuration_id: configuration.id,
  };
}

/** Dograh's record of the run. A client that uses these names overwrites the record. */
function recordOfTheRun(
  order: CallOrder,
  organization: Organization,
  agent: Agent,
  dialPlan: DialPlan,
): Context {
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
    ...(typeof body.from_phone_number_id === 'number'
      ? { from_phone_number_id: body.from_phone_number_id }
      : {}),
  };
}

function withoutDroppedKeys(context: Context): Context {
  return Object.fromEntries(Object.entries(context).filter(([key]) => !droppedKeys.has(key)));
}
