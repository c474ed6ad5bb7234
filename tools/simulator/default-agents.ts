import { nodesOf, type AgentVersion, type Conversation } from './agent-definition';
import type { Agent, World } from './world';

/** The agents of each new world. Their prompts contain variables in all notations that Dograh knows. */
export function defaultAgents(ids: {
  acme: number;
  globex: number;
  initech: number;
}): World['agents'] {
  const agent = (id: number, name: string, differs: Partial<Agent> = {}): Agent =>
    agentWith({ id, name, organizationId: ids.acme, ...differs });
  const leadTrigger = 'lead-qualifier';
  return {
    appointmentReminder: agent(101, 'Appointment Reminder', {
      published: version([triggerOf(101)], appointment),
      draft: version([triggerOf(101)], appointmentDraft),
    }),
    leadQualifier: agent(102, 'Lead Qualifier', {
      trigger: leadTrigger,
      published: version([leadTrigger], lead),
    }),
    deliveryUpdate: agent(103, 'Delivery Update', {
      published: version([triggerOf(103)], delivery, {
        customer_name: 'Sam Sample',
        parcel_count: 1,
      }),
    }),
    neverPublished: agent(104, 'Win-Back (Never Published)', {
      published: null,
      draft: version([triggerOf(104)]),
    }),
    triggerOnlyInDraft: agent(105, 'Payment Reminder (Trigger Only in Draft)', {
      published: version([]),
      draft: version([triggerOf(105)]),
    }),
    archived: agent(106, 'Summer Campaign (Archived)', { status: 'archived' }),
    withoutOwner: agent(107, 'Recall Notice (No Owner)', { ownerId: null }),
    springOffer: agent(108, 'Spring Offer', { published: version([triggerOf(108)], offer) }),
    withoutTelephony: agent(301, 'Help Desk (No Telephony)', { organizationId: ids.initech }),
    globexSurvey: agent(201, 'Driver Survey', { organizationId: ids.globex }),
  };
}

const firstOfMany = 5001;

/** Adds agents to an organization, by default to Acme. They are published and active, and have one API Trigger each. */
export function manyAgents(world: World, count: number, organizationId = world.acme.id): Agent[] {
  const before = Object.values(world.agents).filter(({ id }) => id >= firstOfMany).length;
  const added = Array.from({ length: count }, (_, index) => {
    const number = before + index;
    const name = `Agent ${String(number + 1).padStart(3, '0')}`;
    return agentWith({ id: firstOfMany + number, name, organizationId });
  });
  Object.assign(world.agents, Object.fromEntries(added.map((agent) => [agent.uuid, agent])));
  return added;
}

/** A published, active agent with one API Trigger. `given` replaces values. */
function agentWith(given: Partial<Agent> & Pick<Agent, 'id' | 'name' | 'organizationId'>): Agent {
  return {
    uuid: uuid('a9e17000', given.id),
    trigger: triggerOf(given.id),
    triggerState: 'active',
    status: 'active',
    ownerId: 1,
    createdAt: '2026-01-05T09:00:00Z',
    published: version([triggerOf(given.id)]),
    draft: null,
    archivedVersions: [],
    ...given,
  };
}

function version(
  triggers: string[],
  conversation: Conversation = plain,
  templateContext: Record<string, unknown> = {},
): AgentVersion {
  return { triggers, templateContext, ...nodesOf(conversation) };
}

const plain: Conversation = {
  greeting: 'Hello {{customer_name | there}}!',
  opening: 'Find out whether {{customer_name}} is on the phone.',
  main: 'Say why you call, and answer what you are asked.',
  closing: 'Thank {{customer_name}} and say goodbye.',
};

const appointment: Conversation = {
  greeting: 'Hello {{customer_name | there}}, this is Acme Dental.',
  opening:
    'You call {{customer_name}} at {{called_number}}. Now it is {{current_time_Europe/Berlin}}.',
  transition: 'Great. It is about your appointment on {{appointment.date}}.',
  main:
    'Remind of the appointment on {{appointment.date}} at {{appointment.time}} with ' +
    '{{doctor | fallback:one of our dentists}}. Today is {{current_weekday}}.',
  closing: 'Say that {{initial_context.customer_name}} can call {{caller_number}} any time.',
  everywhere: 'Speak {{language | English}}.',
};

const appointmentDraft: Conversation = {
  greeting: 'Good day {{patient.name | friend}}, Acme Dental speaking.',
  opening: 'You call {{patient.name}}, born on {{initial_context.patient.birthday}}.',
  transition: 'Thank you. It is about {{treatment | fallback:your next visit}}.',
  main: 'Remind of the visit on {{visit_date}}. Now it is {{current_time}}.',
  closing: 'Ask whether {{patient.name}} needs {{ parking_hint }}.',
};

const lead: Conversation = {
  greeting: 'Hi {{first_name | friend}}!',
  opening: 'You call {{first_name}} of {{company.name}}.',
  main: 'Find out how many of the {{company.employees | unknown number of}} people need it.',
  closing: 'Promise that {{owner.name | fallback:a colleague}} will write to {{email}}.',
};

const delivery: Conversation = {
  greeting: 'Hello {{customer_name}}, your delivery is on its way.',
  opening: 'There are {{parcel_count}} parcels for {{customer_name}}.',
  main: 'They come on {{current_weekday_Europe/Berlin}}, {{delivery.window | fallback:before six}}.',
  closing: 'Say goodbye.',
  webhook: 'https://hooks.example.com/deliveries',
};

/** Campaigns can carry all of its variables. */
const offer: Conversation = {
  greeting: 'Hello {{first_name | there}}, this is Acme Dental.',
  opening: 'You call {{first_name}}. Ask whether it is a good moment.',
  main: 'Offer {{offer | a free check-up}} in {{city | your town}}, and find a day for it.',
  closing: 'Thank {{first_name}} and say goodbye.',
};

function triggerOf(agentId: number): string {
  return uuid('7d166e00', agentId);
}

/** Always the same. The last digits are the agent's ID. */
function uuid(family: string, id: number): string {
  return `${family}-0000-4000-8000-${String(id).padStart(12, '0')}`;
}
