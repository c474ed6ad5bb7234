import type { Agent, World } from './world';

const acmeId = 1;
const globexId = 2;
const initechId = 3;

/** A fresh world with the same IDs every time. Change what the test needs and give it to `startSimulator`. */
export function createWorld(): World {
  return {
    acme: {
      id: acmeId,
      name: 'Acme Dental',
      apiKey: 'dg_simulated_acme_0000000000000000',
      concurrentCallLimit: 10,
      quotaExhausted: null,
    },
    globex: {
      id: globexId,
      name: 'Globex Logistics',
      apiKey: 'dg_simulated_globex_00000000000000',
      concurrentCallLimit: 10,
      quotaExhausted: null,
    },
    initech: {
      id: initechId,
      name: 'Initech',
      apiKey: 'dg_simulated_initech_0000000000000',
      concurrentCallLimit: 10,
      quotaExhausted: null,
    },
    agents: agents(),
    telephony: telephony(),
    phoneNumbers: phoneNumbers(),
    unreachableNumbers: ['+14155550199'],
  };
}

function agents(): World['agents'] {
  const leadQualifier = 'lead-qualifier';
  return {
    appointmentReminder: agent(101, 'Appointment Reminder', {
      draft: { triggers: [triggerOf(101)], templateContext: {} },
    }),
    leadQualifier: agent(102, 'Lead Qualifier', {
      trigger: leadQualifier,
      published: { triggers: [leadQualifier], templateContext: {} },
    }),
    deliveryUpdate: agent(103, 'Delivery Update', {
      published: {
        triggers: [triggerOf(103)],
        templateContext: { customer_name: 'Sam Sample', parcel_count: 1 },
      },
    }),
    neverPublished: agent(104, 'Win-Back (Never Published)', {
      published: null,
      draft: { triggers: [triggerOf(104)], templateContext: {} },
    }),
    triggerOnlyInDraft: agent(105, 'Payment Reminder (Trigger Only in Draft)', {
      published: { triggers: [], templateContext: {} },
      draft: { triggers: [triggerOf(105)], templateContext: {} },
    }),
    archived: agent(106, 'Summer Campaign (Archived)', { status: 'archived' }),
    withoutOwner: agent(107, 'Recall Notice (No Owner)', { ownerId: null }),
    withoutTelephony: agent(301, 'Help Desk (No Telephony)', { organizationId: initechId }),
    globexSurvey: agent(201, 'Driver Survey', { organizationId: globexId }),
  };
}

function telephony(): World['telephony'] {
  const usual = {
    provider: 'twilio',
    organizationId: acmeId,
    isDefaultOutbound: false,
    inactive: false,
    outboundBlockedReason: null,
  };
  return {
    acmeMain: { ...usual, id: 11, name: 'Main Line', isDefaultOutbound: true },
    acmeBackup: { ...usual, id: 12, name: 'Backup Line', provider: 'vonage' },
    acmeUnfinished: {
      ...usual,
      id: 13,
      name: 'New Trunk',
      provider: 'plivo',
      outboundBlockedReason: 'Add an active phone number first.',
    },
    globexMain: {
      ...usual,
      id: 21,
      name: 'Globex Trunk',
      organizationId: globexId,
      isDefaultOutbound: true,
    },
  };
}

function phoneNumbers(): World['phoneNumbers'] {
  const usual = { telephonyConfigurationId: 11, isActive: true, isDefaultCallerId: false };
  return {
    acmeReception: {
      ...usual,
      id: 111,
      address: '+14155550111',
      label: 'Reception',
      isDefaultCallerId: true,
    },
    acmeSales: { ...usual, id: 112, address: '+14155550112', label: 'Sales' },
    acmeRetired: { ...usual, id: 113, address: '+14155550113', label: 'Retired', isActive: false },
    acmeBackupLine: {
      ...usual,
      id: 121,
      address: '+14155550121',
      label: 'Backup',
      telephonyConfigurationId: 12,
    },
    globexLine: {
      ...usual,
      id: 211,
      address: '+14155550120',
      label: 'Dispatch',
      telephonyConfigurationId: 21,
      isDefaultCallerId: true,
    },
  };
}

/** A published, active agent of acme with one API Trigger, but for what `differs`. */
function agent(id: number, name: string, differs: Partial<Agent>): Agent {
  return {
    id,
    name,
    uuid: uuid('a9e17000', id),
    trigger: triggerOf(id),
    triggerState: 'active',
    organizationId: acmeId,
    status: 'active',
    ownerId: 1,
    published: { triggers: [triggerOf(id)], templateContext: {} },
    draft: null,
    ...differs,
  };
}

function triggerOf(agentId: number): string {
  return uuid('7d166e00', agentId);
}

/** Fixed and recognisable: the last digits are the agent's ID. */
function uuid(family: string, id: number): string {
  return `${family}-0000-4000-8000-${String(id).padStart(12, '0')}`;
}
