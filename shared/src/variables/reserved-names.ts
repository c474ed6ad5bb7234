import { InvalidInputError } from '../errors/dograh-error';
import { quote } from '../errors/quote';

const DROPPED = 'Dograh drops it without a word';
const OVERWRITTEN = 'Dograh always overwrites it with the number it dials';
const RUN_RECORD = "it would overwrite the run's own record in Dograh";

/**
 * Where each request to place a call leaves an ID of its own in the run's context. Dograh has no idempotency key;
 * by this, and by nothing else, a run is told from an equal one that somebody else started at the same moment.
 */
export const CALL_REQUEST_ID = 'call_request_id';

/** Names at the top of the initial context that never reach the agent, or that would falsify the run. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ['provider', DROPPED],
  ['runtime_configuration', DROPPED],
  ['mps_correlation_id', DROPPED],
  ['called_number', OVERWRITTEN],
  ['phone_number', RUN_RECORD],
  ['direction', RUN_RECORD],
  ['trigger_mode', RUN_RECORD],
  ['telephony_configuration_id', RUN_RECORD],
  ['from_phone_number_id', RUN_RECORD],
  ['agent_identifier', RUN_RECORD],
  ['agent_identifier_type', RUN_RECORD],
  ['agent_uuid', RUN_RECORD],
  ['workflow_uuid', RUN_RECORD],
  ['api_key_id', RUN_RECORD],
  ['api_key_created_by', RUN_RECORD],
  ['caller_number', RUN_RECORD],
  [CALL_REQUEST_ID, 'it tells this call from every other one, and is filled in for each call'],
]);

export const RESERVED_NAMES: readonly string[] = [...RESERVED.keys()];

/** Whether Dograh, or this client, fills it in. */
export function isReservedName(name: string): boolean {
  return RESERVED.has(name);
}

/** @throws InvalidInputError when a variable's first name is one of Dograh's own, or ours. */
export function assertNotReserved(name: string): void {
  const reason = RESERVED.get(name);
  if (reason === undefined) return;
  throw new InvalidInputError({
    message: `The variable ${quote(name)} cannot be set: ${reason}.`,
    hint: `Use another name, e.g. ${quote(`customer_${name}`)}, here and in the prompt.`,
  });
}
