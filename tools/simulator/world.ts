import type { AgentVersion } from './agent-definition';
import type { Ending } from './ending';
import type { DograhVersion } from './version';

/** The data of a simulated Dograh. Tests may change any of it, and `reset()` restores it. */
export interface World {
  version: DograhVersion;
  /** The organization to which most agents belong. */
  acme: Organization;
  /** Another customer of the same Dograh, with its own agent and telephony configuration. */
  globex: Organization;
  /** An organization without telephony. */
  initech: Organization;
  agents: {
    /** Published, with a draft that has other variables. Its API Trigger is a UUID. */
    appointmentReminder: Agent;
    /** Published, without a draft. Its API Trigger has a name instead of a UUID. */
    leadQualifier: Agent;
    /** Published, with template-context defaults for test runs, and a webhook that receives each run. */
    deliveryUpdate: Agent;
    /** A draft that was never published. */
    neverPublished: Agent;
    /** Published, but only the draft has its API Trigger node. */
    triggerOnlyInDraft: Agent;
    /** All its variables can be columns of a campaign. */
    springOffer: Agent;
    archived: Agent;
    /** Has no owner. */
    withoutOwner: Agent;
    /** Belongs to initech. */
    withoutTelephony: Agent;
    /** Belongs to globex. */
    globexSurvey: Agent;
  };
  telephony: {
    /** Acme's default. */
    acmeMain: TelephonyConfiguration;
    acmeBackup: TelephonyConfiguration;
    /** Belongs to Acme. It is not ready for outbound calls. */
    acmeUnfinished: TelephonyConfiguration;
    globexMain: TelephonyConfiguration;
  };
  phoneNumbers: {
    /** Default caller ID of acmeMain. */
    acmeReception: PhoneNumber;
    acmeSales: PhoneNumber;
    /** In acmeMain, but inactive. */
    acmeRetired: PhoneNumber;
    /** In acmeBackup. */
    acmeBackupLine: PhoneNumber;
    globexLine: PhoneNumber;
  };
  /** Numbers that the telephony provider refuses to dial. */
  unreachableNumbers: string[];
  /** How calls to a number end. Any other call ends with `user_hangup`. */
  endings: Record<string, Ending>;
  /** The address that Dograh assumes for itself, for the public URLs of files. Null: its real one. */
  assumedUrl: string | null;
  /** Filters of the list of all runs that this version of Dograh does not know, and so ignores. */
  unknownFilters: string[];
}

export interface Organization {
  id: number;
  name: string;
  apiKey: string;
  /** The maximum number of running calls. */
  concurrentCallLimit: number;
  /** The reason that Dograh returns with 402. Null while there is credit. */
  quotaExhausted: string | null;
}

export interface Agent {
  id: number;
  name: string;
  /** The Agent UUID (Dograh's API: workflow_uuid). */
  uuid: string;
  /** The path of its API Trigger, as Dograh registered it. */
  trigger: string;
  triggerState: 'active' | 'archived';
  organizationId: number;
  status: 'active' | 'archived';
  ownerId: number | null;
  /** ISO-8601 UTC. */
  createdAt: string;
  published: AgentVersion | null;
  draft: AgentVersion | null;
  /** Versions that were published before, the newest first. */
  archivedVersions: AgentVersion[];
}

export interface TelephonyConfiguration {
  id: number;
  name: string;
  provider: string;
  organizationId: number;
  isDefaultOutbound: boolean;
  inactive: boolean;
  /** Why it cannot place calls. Null if it can. */
  outboundBlockedReason: string | null;
}

export interface PhoneNumber {
  id: number;
  address: string;
  label: string | null;
  telephonyConfigurationId: number;
  isActive: boolean;
  isDefaultCallerId: boolean;
}

export function organizationsOf(world: World): Organization[] {
  return [world.acme, world.globex, world.initech];
}

export function organizationWithKey(world: World, apiKey: string): Organization | undefined {
  return organizationsOf(world).find((organization) => organization.apiKey === apiKey);
}

export function agentsOf(world: World): Agent[] {
  return Object.values(world.agents);
}

export function telephonyOf(world: World, organizationId: number): TelephonyConfiguration[] {
  return Object.values(world.telephony).filter(
    (configuration) => configuration.organizationId === organizationId,
  );
}

export function phoneNumbersOf(world: World, telephonyConfigurationId: number): PhoneNumber[] {
  return Object.values(world.phoneNumbers).filter(
    (number) => number.telephonyConfigurationId === telephonyConfigurationId,
  );
}

/** Makes `current` equal to `initial` without replacing its objects, because tests keep references to them. */
export function restoreWorld(current: World, initial: World): void {
  restore(current, structuredClone(initial));
}

function restore(current: object, initial: object): void {
  for (const key of Object.keys(current)) {
    if (!Object.hasOwn(initial, key)) Reflect.deleteProperty(current, key);
  }
  for (const [key, value] of Object.entries(initial)) {
    const present: unknown = Reflect.get(current, key);
    if (isObject(present) && isObject(value) && !Array.isArray(value)) restore(present, value);
    else Reflect.set(current, key, value);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
