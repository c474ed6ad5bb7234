import { parseId, isId } from '../input/id';
import type { PhoneNumber as NumberInContract, PhoneNumberList } from '../contract/types.gen';
import { NotFoundError } from '../errors/dograh-error';
import { contractError } from '../errors/contract-error';
import { quote } from '../errors/quote';
import { isRecord, type Fields } from '../transport/answer';
import { inputError } from '../errors/input-error';
import type { Session } from '../connection/session';
import { readJson } from '../connection/read';
import { usableFirst } from './usable-first';

/** A number of one's own, which the person called sees. */
export interface PhoneNumber {
  readonly id: number;
  /** The number, or a SIP URI or an extension. */
  readonly address: string;
  /** What people call it. */
  readonly label: string | null;
  readonly isDefault: boolean;
  /** Why it cannot be the caller ID, a sentence for people; null where it can. */
  readonly unusable: string | null;
}

/** @throws InvalidInputError for what is no ID of a telephony configuration */
export function parseConfigurationId(value: unknown): number {
  const id = parseId(value);
  if (id !== undefined) return id;
  throw inputError(
    `${quote(value)} is not a telephony configuration ID.`,
    'Choose the telephony configuration from the list, or use the whole number that the Dograh dashboard shows.',
  );
}

/**
 * The numbers of one telephony configuration: those that can be the caller ID, then the others; the default one
 * first in its part, then by number. Dograh gives all at once.
 * @throws NotFoundError when the key's organization has no such configuration
 */
export async function listPhoneNumbers(
  configurationId: number,
  session: Session,
): Promise<readonly PhoneNumber[]> {
  const url = session.baseUrl.resolve(
    `/organizations/telephony-configs/${configurationId}/phone-numbers`,
  );
  const answer = readJson({ url, credential: 'api-key' }, session);
  const { body } = await answer.catch((error: unknown) => {
    throw error instanceof NotFoundError ? unknownConfiguration(configurationId, error) : error;
  });
  const { phone_numbers: numbers }: Fields<PhoneNumberList> = isRecord(body) ? body : {};
  if (!Array.isArray(numbers)) {
    throw contractError(`The list of phone numbers that ${session.baseUrl.host} answered`);
  }
  const understood = numbers.map(parseNumber).filter((one) => one !== undefined);
  return usableFirst(understood, ({ address }) => address);
}

function parseNumber(entry: unknown): PhoneNumber | undefined {
  const fields: Fields<NumberInContract> = isRecord(entry) ? entry : {};
  const { id, address, label } = fields;
  if (!isId(id) || typeof address !== 'string') return undefined;
  return {
    id,
    address,
    label: typeof label === 'string' && label.trim() !== '' ? label : null,
    isDefault: fields.is_default_caller_id === true,
    unusable: fields.is_active === false ? 'Switched off.' : null,
  };
}

function unknownConfiguration(id: number, { status, detail }: NotFoundError): NotFoundError {
  return new NotFoundError({
    status,
    detail,
    message: `There is no telephony configuration ${id} in the organization of this API key.`,
    hint: 'Choose another one, or leave it empty for the default.',
  });
}
