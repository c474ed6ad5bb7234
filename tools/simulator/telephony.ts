import { Refusal } from './answer';
import { assertId } from './database';
import {
  phoneNumbersOf,
  telephonyOf,
  type Organization,
  type PhoneNumber,
  type TelephonyConfiguration,
  type World,
} from './world';

const configuredAt = '2026-01-02T09:00:00Z';

/** Dograh's list of an organization's telephony configurations, including those that cannot dial. */
export function listTelephonyConfigurations(organization: Organization, world: World): unknown {
  return {
    configurations: telephonyOf(world, organization.id).map((configuration) => ({
      id: configuration.id,
      name: configuration.name,
      provider: configuration.provider,
      connectivity: 'api',
      is_default_outbound: configuration.isDefaultOutbound,
      inactive: configuration.inactive,
      inactive_since: configuration.inactive ? configuredAt : null,
      inactive_reason: configuration.inactive ? 'Switched off.' : null,
      phone_number_count: activeNumbers(configuration, world).length,
      is_ready_for_outbound: configuration.outboundBlockedReason === null,
      outbound_blocked_reason: configuration.outboundBlockedReason,
      created_at: configuredAt,
      updated_at: configuredAt,
    })),
  };
}

/** The phone numbers of one configuration, including inactive ones. */
export function listPhoneNumbers(id: string, organization: Organization, world: World): unknown {
  assertId(Number(id), 'telephony_configurations');
  const configuration = telephonyOf(world, organization.id).find((one) => one.id === Number(id));
  if (!configuration) throw new Refusal(404, 'Telephony configuration not found');
  return {
    phone_numbers: phoneNumbersOf(world, configuration.id).map((number) => ({
      id: number.id,
      telephony_configuration_id: configuration.id,
      address: number.address,
      address_normalized: number.address,
      address_type: number.address.startsWith('+') ? 'pstn' : 'sip_uri',
      country_code: null,
      label: number.label,
      inbound_workflow_id: null,
      inbound_workflow_name: null,
      telephony_trunk_id: null,
      is_active: number.isActive,
      is_default_caller_id: number.isDefaultCallerId,
      extra_metadata: {},
      created_at: configuredAt,
      updated_at: configuredAt,
      provider_sync: null,
    })),
  };
}

function activeNumbers({ id }: TelephonyConfiguration, world: World): PhoneNumber[] {
  return phoneNumbersOf(world, id).filter(({ isActive }) => isActive);
}
