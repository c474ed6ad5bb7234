import { isBlank } from '../input/blank';
import type { Session } from '../connection/session';
import {
  configurationForCalls,
  listTelephonyConfigurations,
  type TelephonyConfiguration,
} from './configurations';
import { listPhoneNumbers, parseConfigurationId, type PhoneNumber } from './phone-numbers';

/** The numbers that a call can be placed from. */
export interface CallerIds {
  readonly numbers: readonly PhoneNumber[];
  /** Where no telephony configuration is chosen: the one that calls then, and that has these numbers. */
  readonly ofDefault: TelephonyConfiguration | null;
}

/**
 * Those of the chosen telephony configuration; where none is chosen, of the one that will dial.
 * @throws NotFoundError when there is no such configuration; TelephonyError when none can dial
 */
export async function listCallerIds(chosen: unknown, session: Session): Promise<CallerIds> {
  if (!isBlank(chosen)) {
    const id = parseConfigurationId(chosen);
    return { numbers: await listPhoneNumbers(id, session), ofDefault: null };
  }
  const ofDefault = configurationForCalls(await listTelephonyConfigurations(session));
  return { numbers: await listPhoneNumbers(ofDefault.id, session), ofDefault };
}
