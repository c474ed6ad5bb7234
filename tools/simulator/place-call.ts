import type { CallAccepted } from '../../shared/src/contract/types.gen';
import { hasWebhook, type AgentVersion } from './agent-definition';
import { Refusal } from './answer';
import type { CallOrder } from './call-order';
import { chooseTelephony, type DialPlan } from './choose-telephony';
import { contextAfterDialing, contextOfRun, ownVariablesOf } from './context-of-run';
import type { Runs } from './runs';
import { agentsOf, organizationWithKey, type Agent, type Organization, type World } from './world';

/** Dograh's rules for placing a call, in Dograh's order. The first broken rule decides the response. */
export function placeCall(order: CallOrder, world: World, runs: Runs): CallAccepted {
  const organization = organizationWithKey(world, order.apiKey);
  if (!organization) throw new Refusal(401, 'Invalid API key');
  const agent = agentFor(order, organization, world);
  const version = versionThatRuns(agent, order);
  if (agent.ownerId === null) throw new Refusal(409, 'Workflow has no execution owner');
  const dialPlan = chooseTelephony(order.body, organization, world);

  // Dograh checks the limit before it creates a run, so there is no run after a 429.
  if (runs.liveCount(organization.id) >= organization.concurrentCallLimit) {
    throw new Refusal(429, 'Concurrent call limit reached');
  }
  return dial({ order, organization, agent, version, dialPlan }, world, runs);
}

interface ReadyCall {
  order: CallOrder;
  organization: Organization;
  agent: Agent;
  version: { name: 'published' | 'draft'; content: AgentVersion };
  dialPlan: DialPlan;
}

function dial(call: ReadyCall, world: World, runs: Runs): CallAccepted {
  const { order, organization, agent, version, dialPlan } = call;
  const run = runs.create({
    direction: 'outbound',
    mode: dialPlan.configuration.provider,
    environment: order.environment,
    agentVersion: version.name,
    agentUuid: agent.uuid,
    trigger: order.target.kind === 'trigger' ? order.target.trigger : null,
    organizationId: organization.id,
    phoneNumber: order.body.phone_number,
    campaignRow: null,
    initialContext: contextOfRun(order, organization, agent, version.content, dialPlan),
    telephonyConfigurationId: dialPlan.configuration.id,
    fromPhoneNumberId: order.body.from_phone_number_id ?? null,
    hasWebhook: hasWebhook(version.content),
  });

  if (organization.quotaExhausted !== null) {
    runs.fail(run, organization.quotaExhausted);
    throw new Refusal(402, organization.quotaExhausted);
  }
  if (world.unreachableNumbers.includes(order.body.phone_number)) {
    // Dograh passes Twilio's message on in this form.
    const reason = `Failed to initiate call: 400: {"code": 21211, "message": "Invalid 'To' Phone Number: ${order.body.phone_number}", "status": 400}`;
    runs.fail(run, reason);
    throw new Refusal(400, reason);
  }
  Object.assign(run.initialContext, contextAfterDialing(run.phoneNumber, dialPlan));
  Object.assign(run.initialContext, ownVariablesOf(run.runId, world.version));
  run.gatheredContext = {
    provider: dialPlan.configuration.provider,
    triggered_by: 'api',
    ...(run.trigger === null ? {} : { trigger_uuid: run.trigger }),
  };
  runs.place(run, world.endings[run.phoneNumber]);
  return { status: 'initiated', workflow_run_id: run.runId, workflow_run_name: run.runName };
}

function agentFor(order: CallOrder, organization: Organization, world: World): Agent {
  const agent =
    order.target.kind === 'trigger'
      ? agentBehindTrigger(order.target.trigger, organization, world)
      : agentWithUuid(order.target.uuid, organization, world);
  if (agent.status !== 'active') throw new Refusal(404, 'Workflow is not active');
  return agent;
}

function agentBehindTrigger(trigger: string, organization: Organization, world: World): Agent {
  const agent = agentsOf(world).find((candidate) => candidate.trigger === trigger);
  if (!agent) throw new Refusal(404, 'Agent trigger not found');
  if (agent.organizationId !== organization.id) throw new Refusal(403, 'Access denied');
  if (agent.triggerState !== 'active') throw new Refusal(404, 'Agent trigger is not active');
  return agent;
}

/** Searches only the organization's own agents. So Dograh reports another organization's agent as not found. */
function agentWithUuid(uuid: string, organization: Organization, world: World): Agent {
  const agent = agentsOf(world).find(
    (candidate) => candidate.uuid === uuid && candidate.organizationId === organization.id,
  );
  if (!agent) throw new Refusal(404, 'Workflow not found');
  return agent;
}

function versionThatRuns(agent: Agent, order: CallOrder): ReadyCall['version'] {
  const version =
    order.environment === 'test' && agent.draft
      ? { name: 'draft' as const, content: agent.draft }
      : agent.published && { name: 'published' as const, content: agent.published };
  if (!version) throw new Refusal(404, 'Workflow has no published definition');
  const { target } = order;
  if (target.kind === 'trigger' && !version.content.triggers.includes(target.trigger)) {
    throw new Refusal(404, 'Trigger not found in the selected Agent');
  }
  return version;
}
