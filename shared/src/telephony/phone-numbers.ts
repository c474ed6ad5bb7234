import { isBlank } from '../input/blank';
import { parseId, isId } from '../input/id';
import type { PhoneNumber as NumberInContract, PhoneNumberList } from '../contract/types.gen';
import { NotFoundError } from '../errors/dograh-error';
import { contractError } from '../errors/contract-error';
import { isRecord, type Fields } from '../transport/answer';
import type { Session } from '../connection/session';
import { readJson } from '../connection/read';
import { usableFirst } from './usable-first';

/** A phone number of the organization, which the called person sees. */
export interface PhoneNumber {
  readonly id: number;
  /** The number, or a SIP URI or an extension. */
  readonly address: string;
  /** The name that the user gave it. */
  readonly label: string | null;
  readonly isDefault: boolean;
  /** Why it cannot be the caller ID, as a sentence for the user. Null if it can. */
  readonly unusable: string | null;
}

/** @throws InvalidInputError */
export function parseConfigurationId(value: unknown): number {
  return parseId(
    value,
    'Telephony Configuration',
    'Choose it from the list, or use the number in the Dograh dashboard.',
  );
}

/**
 * The numbers of one telephony configuration, all at once: first those that can be the caller ID. In each part, the
 * default one comes first, then the others by number.
 * @throws NotFoundError if the key's organization has no such configuration
 */
export async function listPhoneNumbers(
  configurationId: number,
  session: Session,
): Promise<readonly PhoneNumber[]> {
  const url = session.baseUrl.resolve(
    `/organizations/telephony-configs/${configurationId}/phone-numbers`,
  );
  const reading = readJson({ url, credential: 'api-key' }, session);
  const { body } = await reading.catch((error: unknown) => {
    throw error instanceof NotFoundError ? noConfigurationError(configurationId, error) : error;
  });
  const { phone_numbers: numbers }: Fields<PhoneNumberList> = isRecord(body) ? body : {};
  if (!Array.isArray(numbers)) {
    throw contractError('list of phone numbers', session);
  }
  const parsed = numbers.map(parseNumber).filter((one) => one !== undefined);
  return usableFirst(parsed, ({ address }) => address);
}

function parseNumber(entry: unknown): PhoneNumber | undefined {
  const fields: Fields<NumberInContract> = isRecord(entry) ? entry : {};
  const { id, address, label } = fields;
  if (!isId(id) || typeof address !== 'string') return undefined;
  return {
    id,
    address,
    label: typeof label === 'string' && !isBlank(label) ? label : null,
    isDefault: fields.is_default_caller_id === true,
    unusable: fields.is_active === false ? 'Switched off.' : null,
  };
}

function noConfigurationError(id: number, { status, detail }: NotFoundError): NotFoundError {
  return new NotFoundError({
    status,
    detail,
    message: `There is no telephony configuration ${id} in the organization of this API key.`,
    hint: 'Choose another one, or leave Telephony Configuration empty to use the default.',
  });
}
