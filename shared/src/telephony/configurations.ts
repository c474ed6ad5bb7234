import { isBlank } from '../input/blank';
import { isId } from '../input/id';
import type {
  TelephonyConfiguration as ConfigurationInContract,
  TelephonyConfigurationList,
} from '../contract/types.gen';
import { TelephonyError } from '../errors/dograh-error';
import { contractError } from '../errors/contract-error';
import { isRecord, textOrNull, type Fields } from '../transport/answer';
import type { Session } from '../connection/session';
import { readJson } from '../connection/read';
import { usableFirst } from './usable-first';

/** An account with a telephony provider, or a user's own connection, which places the calls. */
export interface TelephonyConfiguration {
  readonly id: number;
  /** Not unique. */
  readonly name: string;
  /** For example `twilio`. */
  readonly provider: string;
  readonly isDefault: boolean;
  /** Why it cannot place calls, as a sentence for the user. Null if it can. */
  readonly unusable: string | null;
}

/**
 * The telephony configurations of the key's organization, all at once: first those that can place calls. In each part,
 * the default one comes first, then the others by name.
 * @throws DograhError
 */
export async function listTelephonyConfigurations(
  session: Session,
): Promise<readonly TelephonyConfiguration[]> {
  const url = session.baseUrl.resolve('/organizations/telephony-configs');
  const { body } = await readJson({ url, credential: 'api-key' }, session);
  const { configurations }: Fields<TelephonyConfigurationList> = isRecord(body) ? body : {};
  if (!Array.isArray(configurations)) {
    throw contractError('list of telephony configurations', session);
  }
  const parsed = configurations.map(parseConfiguration).filter((one) => one !== undefined);
  return usableFirst(parsed, ({ name }) => name);
}

/**
 * The one that Dograh uses if a call does not choose one: the default one or, if that cannot place calls, the oldest one
 * that can.
 * @throws TelephonyError if none can place calls
 */
export function configurationForCalls(
  configurations: readonly TelephonyConfiguration[],
): TelephonyConfiguration {
  const usable = configurations
    .filter(({ unusable }) => unusable === null)
    .sort((one, other) => one.id - other.id);
  const chosen = usable.find(({ isDefault }) => isDefault) ?? usable[0];
  if (chosen !== undefined) return chosen;
  throw new TelephonyError({
    message:
      configurations.length === 0
        ? 'This organization has no telephony configuration.'
        : 'None of the telephony configurations can place calls.',
    hint: 'Set one up in the Dograh dashboard under Telephony.',
  });
}

function parseConfiguration(entry: unknown): TelephonyConfiguration | undefined {
  const fields: Fields<ConfigurationInContract> = isRecord(entry) ? entry : {};
  const { id, name, provider } = fields;
  if (!isId(id) || typeof name !== 'string') return undefined;
  return {
    id,
    name,
    provider: textOrNull(provider) ?? '',
    isDefault: fields.is_default_outbound === true,
    unusable: whyUnusable(fields),
  };
}

/** An old Dograh does not send whether it is ready. Then Dograh decides when it dials. */
function whyUnusable(fields: Fields<ConfigurationInContract>): string | null {
  if (fields.inactive === true) return 'Switched off.';
  if (fields.is_ready_for_outbound !== false) return null;
  const { outbound_blocked_reason: reason } = fields;
  return typeof reason === 'string' && !isBlank(reason)
    ? reason
    : 'It is not set up for outbound calls yet.';
}
