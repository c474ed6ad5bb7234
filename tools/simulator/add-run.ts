import { hasWebhook } from './agent-definition';
import type { CallOrder } from './call-order';
import { chooseTelephony } from './choose-telephony';
import { contextOfInbound, contextOfRun, contextOnceDialled } from './context-of-run';
import type { Ending } from './ending';
import type { Run, RunDetails } from './run';
import type { Runs } from './runs';
import { organizationsOf, type Agent, type World } from './world';

/** A run that is there without a call of the simulator's. What is left out is as in a usual call that is over. */
export interface PastRun {
  /** Acme's appointmentReminder unless given. */
  agent?: Agent;
  /** `outbound` unless given. */
  direction?: Run['direction'];
  environment?: Run['environment'];
  /** The other party's number: who was called, and of an inbound call who called. */
  phoneNumber?: string;
  /** What the caller of the API gave. */
  initialContext?: Record<string, unknown>;
  /** ISO-8601 UTC; a minute before its end unless given. */
  createdAt?: string;
  /** When it was completed; null where it still goes on. A minute after its beginning unless given, or now. */
  endedAt?: string | null;
  ending?: Ending;
}

const usualNumber = '+14155550150';
const usualLengthMs = 60_000;

/** Puts a run into the history of its agent's organisation. Throws where the agent has nothing to run. */
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
  if (!version || !organization) throw new Error(`${agent.name} has no version that could run.`);
  const order: CallOrder = {
    target: { kind: 'agent-uuid', uuid: agent.uuid },
    environment,
    apiKey: organization.apiKey,
    body: { phone_number: phoneNumber, initial_context: initialContext },
  };
  const dialPlan = chooseTelephony(order.body, organization, world);
  return {
    direction,
    environment,
    agentVersion: isDraft ? 'draft' : 'published',
    agentUuid: agent.uuid,
    trigger: null,
    organizationId: organization.id,
    phoneNumber,
    initialContext:
      direction === 'inbound'
        ? { ...initialContext, ...contextOfInbound(phoneNumber, dialPlan) }
        : {
            ...contextOfRun(order, organization, agent, version, dialPlan),
            ...contextOnceDialled(phoneNumber, dialPlan),
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
