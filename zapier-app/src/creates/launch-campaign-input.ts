import {
  InvalidInputError,
  isBlank,
  type AgentReference,
  type ContactInput,
  type CsvContacts,
  type DograhClient,
  type LaunchInput,
} from '@dograh/shared';
import type { InferInputData } from 'zapier-platform-core';
import { toCallingRules, type FilledForm } from '../calling-rules-input';
import { assertOnlyOne } from './assert-only-one';
import type { inputFields } from './launch-campaign-fields';
import { variablesIn } from './variable-key';

/** The values of the form. The line items come from a field that depends on the agent. */
export type LaunchCampaignInput = Partial<InferInputData<typeof inputFields>> & {
  readonly contacts?: unknown;
};

/** As many can be checked in the time of a step, also on a slow machine. With more, Zapier would try forever. */
const MAX_CONTACTS = 20_000;

/**
 * Reads the contacts of the form, before anything is created.
 * @throws InvalidInputError unless the contacts are given in exactly one way, and if there are too many; DograhError
 */
export async function readContacts(
  input: LaunchCampaignInput,
  client: DograhClient,
): Promise<CsvContacts> {
  const contacts = await contactsOfForm(input, client);
  const count = contacts.contacts.length;
  if (count <= MAX_CONTACTS) return contacts;
  throw new InvalidInputError({
    message: `There are ${count} contacts, but this step can launch at most ${MAX_CONTACTS} in the time that Zapier allows.`,
    hint: 'Divide the list, and launch each part with its own Campaign Reference.',
  });
}

async function contactsOfForm(
  input: LaunchCampaignInput,
  client: DograhClient,
): Promise<CsvContacts> {
  const items = itemsOf(input.contacts);
  assertOnlyOne({ 'CSV File': input.file, Contacts: items.length === 0 ? undefined : 'given' });
  if (items.length > 0) return contactsOf(items);
  if (!isBlank(input.file)) {
    const { file, phone_number_column: phoneColumn } = input;
    return client.readContacts({ file, phoneColumn, agent: agentOf(input) });
  }
  throw new InvalidInputError({
    message: 'There are no contacts: CSV File and Contacts are empty.',
    hint: 'Fill in one of them. If it uses a value of an earlier step, that value is empty.',
  });
}

/** @throws InvalidInputError if a calling rule would be off */
export function toLaunchInput(
  form: FilledForm<LaunchCampaignInput>,
  { contacts, nameOfContact }: CsvContacts,
): LaunchInput {
  const { inputData: input } = form;
  const phoneNumberRules = { defaultCountry: input.default_country };
  const greeting = isBlank(input.greeting)
    ? undefined
    : { type: 'text' as const, text: input.greeting };
  return {
    name: input.name,
    reference: input.campaign_reference,
    agent: agentOf(input),
    contacts: withDefaults(contacts, { phoneNumberRules, greeting }),
    nameOfContact,
    callingRules: toCallingRules(form),
    phoneNumberRules,
    startNow: input.start_now,
    onInvalidContact: input.on_invalid_contact,
    telephonyConfigurationId: input.telephony_configuration_id,
    concurrency: input.concurrency,
    retries: retriesOf(input),
  };
}

function agentOf({ agent }: LaunchCampaignInput): AgentReference {
  return { by: 'agentUuid', value: agent };
}

/** Undefined if no field is filled in. Then Dograh decides. */
function retriesOf(input: LaunchCampaignInput): LaunchInput['retries'] {
  const retries = {
    maximum: input.maximum_retries,
    delaySeconds: input.retry_after,
    onBusy: input.retry_if_busy,
    onNoAnswer: input.retry_if_not_answered,
  };
  return Object.values(retries).every(isBlank) ? undefined : retries;
}

function* withDefaults(
  contacts: Iterable<ContactInput>,
  defaults: Pick<ContactInput, 'phoneNumberRules' | 'greeting'>,
): Generator<ContactInput> {
  for (const contact of contacts) yield { ...contact, ...defaults };
}

interface LineItem {
  /** From 1 on. */
  readonly number: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Zapier adds empty line items if its lists have different lengths. @throws InvalidInputError */
function itemsOf(contacts: unknown): readonly LineItem[] {
  if (isBlank(contacts)) return [];
  const given: readonly unknown[] = Array.isArray(contacts) ? contacts : [contacts];
  return given
    .map((values, index) => ({ number: index + 1, values: valuesOf(values) }))
    .filter(({ values }) => !Object.values(values).every(isBlank));
}

function valuesOf(item: unknown): Readonly<Record<string, unknown>> {
  if (typeof item === 'object' && item !== null && !Array.isArray(item)) return { ...item };
  throw new InvalidInputError({
    message: 'Contacts must be line items.',
    hint: 'Map the line items of an earlier step to its fields. For a text, use CSV File.',
  });
}

function contactsOf(items: readonly LineItem[]): CsvContacts {
  return {
    contacts: items.map(({ values }) => ({
      phoneNumber: values['phone_number'],
      callReference: values['call_reference'],
      context: { mapped: variablesIn(values) },
    })),
    nameOfContact: (index) => `Line item ${items[index]?.number ?? '?'}`,
    notes: [],
  };
}
