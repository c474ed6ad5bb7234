import { defaultAgents } from './default-agents';
import { usualVersion, type DograhVersion } from './version';
import type { World } from './world';

const acmeId = 1;
const globexId = 2;
const initechId = 3;

/** A new world, always with the same IDs. Change what the test needs and pass it to `startSimulator`. */
export function createWorld(version: DograhVersion = usualVersion()): World {
  return {
    version,
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
    agents: defaultAgents({ acme: acmeId, globex: globexId, initech: initechId }),
    telephony: telephony(),
    phoneNumbers: phoneNumbers(),
    unreachableNumbers: ['+14155550199'],
    endings: {
      '+14155550191': { disposition: 'busy' },
      '+14155550192': { disposition: 'no-answer' },
      '+14155550193': { disposition: 'voicemail_detected' },
    },
    assumedUrl: null,
    unknownFilters: [],
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
