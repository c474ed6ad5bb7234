import { hasWebhook } from './agent-definition';
import type { CallOrder } from './call-order';
import { chooseTelephony } from './choose-telephony';
import { contextOfInbound, contextOfRun, contextAfterDialing } from './context-of-run';
import type { Ending } from './ending';
import type { Run, RunDetails } from './run';
import type { Runs } from './runs';
import { organizationsOf, type Agent, type World } from './world';

/** A run that a test adds without a call. Each value that is left out has a default, as in a usual finished call. */
export interface PastRun {
  /** Default: Acme's appointmentReminder. */
  agent?: Agent;
  /** Default: `outbound`. */
  direction?: Run['direction'];
  /** Default: the telephony provider. `smallwebrtc` for a test in the browser, `textchat` for a text chat. */
  mode?: string;
  environment?: Run['environment'];
  /** The number of the other party: the called number, or the caller of an inbound call. */
  phoneNumber?: string;
  /** The variables that the client sent. */
  initialContext?: Record<string, unknown>;
  /** ISO-8601 UTC. Default: a minute before its end. */
  createdAt?: string;
  /** When it was completed. Null while it is running. Default: a minute after its beginning, but at most now. */
  endedAt?: string | null;
  ending?: Ending;
}

const usualNumber = '+14155550150';
const usualLengthMs = 60_000;

/** Adds a run to the history of its agent's organization. Throws if the agent has no version that can run. */
export function addRun(past: PastRun, world: World, runs: Runs): Run {
  return runs.add(detailsOf(past, world), {
    ...timesOf(past, runs.now()),
    ending: past.ending ?? {},
  });
}

function detailsOf(past: PastRun, world: World): RunDetails {
  const {
    agent = world.agents.appointmentReminder,
    direction = 'outbound',
    environment = 'production',
    phoneNumber = usualNumber,
    initialContext = {},
  } = past;
  const isDraft = environment === 'test' && agent.draft !== null;
  const version = isDraft ? agent.draft : agent.published;
  const organization = organizationsOf(world).find(({ id }) => id === agent.organizationId);
  if (!version || !organization) throw new Error(`${agent.name} has no version that can run.`);
  const order: CallOrder = {
    target: { kind: 'agent-uuid', uuid: agent.uuid },
    environment,
    apiKey: organization.apiKey,
    body: { phone_number: phoneNumber, initial_context: initialContext },
  };
  const dialPlan = chooseTelephony(order.body, organization, world);
  return {
    direction,
    mode: past.mode ?? dialPlan.configuration.provider,
    environment,
    agentVersion: isDraft ? 'draft' : 'published',
    agentUuid: agent.uuid,
    trigger: null,
    organizationId: organization.id,
    phoneNumber,
    campaignRow: null,
    initialContext:
      direction === 'inbound'
        ? { ...initialContext, ...contextOfInbound(phoneNumber, dialPlan) }
        : {
            ...contextOfRun(order, organization, agent, version, dialPlan),
            ...contextAfterDialing(phoneNumber, dialPlan),
          },
    telephonyConfigurationId: dialPlan.configuration.id,
    fromPhoneNumberId: null,
    hasWebhook: hasWebhook(version),
  };
}

function timesOf(past: PastRun, now: string): { createdAt: string; endedAt: string | null } {
  const { createdAt, endedAt } = past;
  if (endedAt === undefined) {
    const end = createdAt === undefined ? now : shifted(createdAt, usualLengthMs);
    const notAfterNow = Date.parse(end) < Date.parse(now) ? end : now;
    return { createdAt: createdAt ?? shifted(notAfterNow, -usualLengthMs), endedAt: notAfterNow };
  }
  return { createdAt: createdAt ?? shifted(endedAt ?? now, -usualLengthMs), endedAt };
}

function shifted(time: string, ms: number): string {
  return new Date(Date.parse(time) + ms).toISOString();
}
