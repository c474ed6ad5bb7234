import type { CallRequestBody } from '../../shared/src/contract/types.gen';
import { Refusal } from './answer';
import { assertIdsToInsert } from './database';
import {
  phoneNumbersOf,
  telephonyOf,
  type Organization,
  type PhoneNumber,
  type TelephonyConfiguration,
  type World,
} from './world';

/** The configuration that dials, and the number that the called person sees. */
export interface DialPlan {
  configuration: TelephonyConfiguration;
  callerId: PhoneNumber | undefined;
}

export function chooseTelephony(
  body: CallRequestBody,
  organization: Organization,
  world: World,
): DialPlan {
  assertIdsToInsert([body.telephony_configuration_id, body.from_phone_number_id]);
  const usable = telephonyOf(world, organization.id).filter(
    (configuration) => !configuration.inactive,
  );
  const configuration =
    typeof body.telephony_configuration_id === 'number'
      ? requested(body.telephony_configuration_id, usable)
      : firstReady(usable);
  return {
    configuration,
    callerId: chooseCallerId(body.from_phone_number_id, configuration, world),
  };
}

/** Dograh never replaces a requested configuration by another one. */
function requested(id: number, usable: TelephonyConfiguration[]): TelephonyConfiguration {
  const configuration = usable.find((candidate) => candidate.id === id);
  if (!configuration) throw new Refusal(404, 'Telephony configuration not found');
  if (configuration.outboundBlockedReason !== null) throw notReady(configuration);
  return configuration;
}

/** The default if it is ready. Otherwise the first other configuration that is ready. */
function firstReady(usable: TelephonyConfiguration[]): TelephonyConfiguration {
  const candidates = usable.toSorted(
    (a, b) => Number(b.isDefaultOutbound) - Number(a.isDefaultOutbound),
  );
  const ready = candidates.find((candidate) => candidate.outboundBlockedReason === null);
  if (ready) return ready;
  const [blocked] = candidates;
  if (blocked) throw notReady(blocked);
  throw new Refusal(400, 'Telephony provider not configured for this organization');
}

function notReady(configuration: TelephonyConfiguration): Refusal {
  const reason = configuration.outboundBlockedReason ?? '';
  return new Refusal(400, `'${configuration.name}' is not ready for outbound calls. ${reason}`);
}

function chooseCallerId(
  requestedId: number | null | undefined,
  configuration: TelephonyConfiguration,
  world: World,
): PhoneNumber | undefined {
  const active = phoneNumbersOf(world, configuration.id).filter((number) => number.isActive);
  if (typeof requestedId !== 'number') {
    return active.find((number) => number.isDefaultCallerId) ?? active[0];
  }
  const callerId = active.find((number) => number.id === requestedId);
  if (!callerId) throw new Refusal(400, 'from_phone_number_not_found');
  return callerId;
}
