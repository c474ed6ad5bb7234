import { isBlank } from '../input/blank';
import type { Session } from '../connection/session';
import {
  configurationForCalls,
  listTelephonyConfigurations,
  type TelephonyConfiguration,
} from './configurations';
import { listPhoneNumbers, parseConfigurationId, type PhoneNumber } from './phone-numbers';

/** The numbers that can place a call. */
export interface CallerIds {
  readonly numbers: readonly PhoneNumber[];
  /** The default telephony configuration that has these numbers. Null if the user chose another one. */
  readonly ofDefault: TelephonyConfiguration | null;
}

/**
 * The numbers of the chosen telephony configuration, or of the default one.
 * @throws NotFoundError if there is no such configuration; TelephonyError if none can place calls
 */
export async function listCallerIds(chosen: unknown, session: Session): Promise<CallerIds> {
  if (!isBlank(chosen)) {
    const id = parseConfigurationId(chosen);
    return { numbers: await listPhoneNumbers(id, session), ofDefault: null };
  }
  const ofDefault = configurationForCalls(await listTelephonyConfigurations(session));
  return { numbers: await listPhoneNumbers(ofDefault.id, session), ofDefault };
}
