import { isId } from '../input/id';
import type {
  TelephonyConfiguration as ConfigurationInContract,
  TelephonyConfigurationList,
} from '../contract/types.gen';
import { TelephonyError } from '../errors/dograh-error';
import { contractError } from '../errors/contract-error';
import { isRecord, type Fields } from '../transport/answer';
import type { Session } from '../connection/session';
import { readJson } from '../connection/read';
import { usableFirst } from './usable-first';

/** An account with a telephony provider, or a connection of one's own, that calls go out through. */
export interface TelephonyConfiguration {
  readonly id: number;
  /** Not unique. */
  readonly name: string;
  /** `twilio`, for instance. */
  readonly provider: string;
  readonly isDefault: boolean;
  /** Why it cannot place calls, a sentence for people; null where it can. */
  readonly unusable: string | null;
}

/**
 * The telephony configurations of the key's organization: those that can place calls, then the others; the default
 * one first in its part, then by name. Dograh gives all at once.
 * @throws DograhError
 */
export async function listTelephonyConfigurations(
  session: Session,
): Promise<readonly TelephonyConfiguration[]> {
  const url = session.baseUrl.resolve('/organizations/telephony-configs');
  const { body } = await readJson({ url, credential: 'api-key' }, session);
  const { configurations }: Fields<TelephonyConfigurationList> = isRecord(body) ? body : {};
  if (!Array.isArray(configurations)) {
    throw contractError(
      `The list of telephony configurations that ${session.baseUrl.host} answered`,
    );
  }
  const understood = configurations.map(parseConfiguration).filter((one) => one !== undefined);
  return usableFirst(understood, ({ name }) => name);
}

/**
 * The one that Dograh dials with where a call names none: the default one, or where that cannot place calls, the
 * oldest of the others that can.
 * @throws TelephonyError where none can
 */
export function configurationForCalls(
  configurations: readonly TelephonyConfiguration[],
): TelephonyConfiguration {
  const usable = configurations
    .filter(({ unusable }) => unusable === null)
    .sort((one, other) => one.id - other.id);
  const dials = usable.find(({ isDefault }) => isDefault) ?? usable[0];
  if (dials !== undefined) return dials;
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
    provider: typeof provider === 'string' ? provider : '',
    isDefault: fields.is_default_outbound === true,
    unusable: whyUnusable(fields),
  };
}

/** An older Dograh does not say whether one is ready; then Dograh itself decides when it dials. */
function whyUnusable(fields: Fields<ConfigurationInContract>): string | null {
  if (fields.inactive === true) return 'Switched off.';
  if (fields.is_ready_for_outbound !== false) return null;
  const { outbound_blocked_reason: reason } = fields;
  return typeof reason === 'string' && reason.trim() !== ''
    ? reason
    : 'It is not set up for outbound calls yet.';
}
