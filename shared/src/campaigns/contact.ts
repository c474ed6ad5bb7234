import type { AgentDetails } from '../agents/agent-details';
import type { BaseUrl } from '../connection/base-url';
import type { ApiKey } from '../connection/api-key';
import type { DoNotCallLists } from '../calling-rules/do-not-call-list';
import { DograhError } from '../errors/dograh-error';
import { inputError } from '../errors/input-error';
import { quote } from '../errors/quote';
import { isBlank } from '../input/blank';
import type { PhoneNumberRules } from '../input/phone-number';
import { endsOf, mayReachSame } from '../input/may-reach-same';
import { parseCallInput, type CallRequest } from '../place-call/call-input';
import { fitToAgent } from '../place-call/fit-to-agent';
import type { FormSources } from '../variables/form-fields';
import type { GreetingInput } from '../variables/greeting';
import { ContactColumns, type ContactRow } from './contact-columns';

/** A person to call, from a host's form, not yet checked. */
export interface ContactInput {
  readonly phoneNumber: unknown;
  readonly phoneNumberRules?: PhoneNumberRules | undefined;
  readonly context?: FormSources | undefined;
  readonly greeting?: GreetingInput | undefined;
  /** The user's own ID of the call, which becomes the variable `call_reference`. */
  readonly callReference?: unknown;
}

/** A person to call. Its values are checked. */
export interface Contact {
  /** The index of its input. */
  readonly index: number;
  /** In international form. */
  readonly phoneNumber: string;
  readonly row: ContactRow;
}

export type ContactProblem =
  | 'invalid_contact'
  | 'duplicate_number'
  | 'do_not_call'
  | 'too_many_attempts'
  | 'outside_calling_hours';

/** A contact that is not called. */
export interface RefusedContact {
  /** The index of its input. */
  readonly index: number;
  /** Null if the number could not be read. */
  readonly phoneNumber: string | null;
  readonly reason: ContactProblem;
  /** What is wrong, as sentences. */
  readonly explanation: string;
}

export interface CheckedContacts {
  readonly contacts: readonly Contact[];
  readonly refused: readonly RefusedContact[];
  readonly columns: ContactColumns;
  /** Remarks about the input, in sentences, each once. */
  readonly notes: readonly string[];
}

/** What all contacts have in common. */
export interface ContactContext {
  readonly baseUrl: BaseUrl;
  readonly apiKey: ApiKey;
  readonly agent: AgentDetails;
  /** The columns that need a value for every contact. */
  readonly required: readonly string[];
  readonly lists: DoNotCallLists;
  /** How a host's user finds the contact with this index. */
  readonly nameOfContact: (index: number) => string;
}

/** Checks contacts one after the other, and keeps only their rows. No request is made. */
export function checkContacts(
  inputs: Iterable<ContactInput>,
  context: ContactContext,
): CheckedContacts {
  const columns = new ContactColumns();
  const seen = new SeenNumbers();
  const contacts: Contact[] = [];
  const refused: RefusedContact[] = [];
  const notes = new Set<string>();
  let index = -1;
  for (const input of inputs) {
    index += 1;
    try {
      const contact = checkContact(input, index, columns, context, notes);
      const earlier = seen.add(contact);
      if (earlier === undefined) contacts.push(contact);
      else refused.push({ ...refusalOf(contact), ...duplicateOf(contact, earlier, context) });
    } catch (error) {
      if (!(error instanceof DograhError) || error.kind !== 'InvalidInput') throw error;
      const phoneNumber = typeof input.phoneNumber === 'string' ? input.phoneNumber : null;
      const explanation = error.fullMessage;
      refused.push({ index, phoneNumber, reason: 'invalid_contact', explanation });
    }
  }
  return { contacts, refused, columns, notes: [...notes] };
}

function checkContact(
  input: ContactInput,
  index: number,
  columns: ContactColumns,
  context: ContactContext,
  notes: Set<string>,
): Contact {
  const { agent, required } = context;
  const request = parseContact(input, context);
  const { phoneNumber, initialContext } = request;
  const row = columns.rowOf(phoneNumber, initialContext);
  const missing = required.filter((name) => isBlank(columns.valueIn(row, name)));
  if (missing.length > 0) {
    throw inputError(
      `${missing.map(quote).join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing or empty, and the agent ${quote(agent.agent.name)} has no fallback.`,
      'Enter a value, or add a fallback to the prompt, as in {{name | friend}}.',
    );
  }
  for (const note of request.notes) notes.add(note);
  return { index, phoneNumber, row };
}

function parseContact(
  { phoneNumber, phoneNumberRules, context, greeting, callReference }: ContactInput,
  { agent, baseUrl, apiKey, lists }: ContactContext,
): CallRequest {
  const call = {
    agent: { by: 'agentUuid', value: agent.agent.agentUuid } as const,
    phoneNumber,
    phoneNumberRules: { ...phoneNumberRules, format: 'e164' },
    ...{ context, greeting, callReference },
  };
  return fitToAgent(parseCallInput(call, baseUrl, apiKey, lists), agent);
}

function refusalOf({ index, phoneNumber }: Contact): Pick<RefusedContact, 'index' | 'phoneNumber'> {
  return { index, phoneNumber };
}

/** Why a contact is left out whose number is already there. */
export function duplicateOf(
  { phoneNumber }: Contact,
  earlier: Contact,
  { nameOfContact }: Pick<ContactContext, 'nameOfContact'>,
) {
  const same =
    earlier.phoneNumber === phoneNumber ? '' : ` in another form: ${earlier.phoneNumber}`;
  return {
    reason: 'duplicate_number' as const,
    explanation: `The number ${phoneNumber} is also that of ${nameOfContact(earlier.index)}${same}. A campaign has each number once.`,
  };
}

/** The numbers of the contacts so far. */
export class SeenNumbers {
  readonly #byEnd = new Map<string, Contact[]>();

  /** @returns the earlier contact that has the same number */
  add(contact: Contact): Contact | undefined {
    const [end = contact.phoneNumber] = endsOf(contact.phoneNumber);
    const others = this.#byEnd.get(end);
    const earlier = others?.find(({ phoneNumber }) =>
      mayReachSame(phoneNumber, contact.phoneNumber),
    );
    if (earlier !== undefined) return earlier;
    if (others === undefined) this.#byEnd.set(end, [contact]);
    else others.push(contact);
    return undefined;
  }
}
