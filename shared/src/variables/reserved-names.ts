import { InvalidInputError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import { isBuiltIn } from './template/built-in';

const DROPPED = 'Dograh silently discards it';
const OVERWRITTEN = 'Dograh overwrites it with the dialed number';
const SET_BY_DOGRAH = 'Dograh fills it in';
const SET_BY_1_47 = 'Dograh 1.47 and later fills it in';
const RUN_RECORD = "it would overwrite the run's own record in Dograh";

/**
 * Variable with a new ID for each request to place a call. Dograh has no idempotency key. Only this ID tells the
 * run of a request from an equal run that was started elsewhere at the same moment.
 */
export const CALL_REQUEST_ID = 'call_request_id';

/** Top-level names that would not reach the agent or would falsify the run, each with the reason. */
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
  ['call_id', SET_BY_1_47],
  ['workflow_run_id', SET_BY_1_47],
  [CALL_REQUEST_ID, 'it identifies this call and is filled in automatically'],
]);

export const RESERVED_NAMES: readonly string[] = [...RESERVED.keys()];

/** Whether Dograh, or this client, fills it in. */
export function isReservedName(name: string): boolean {
  return RESERVED.has(name);
}

/** @throws InvalidInputError if the first part of a variable's name is reserved */
export function assertNotReserved(name: string): void {
  const reason = RESERVED.get(name) ?? (isBuiltIn(name) ? SET_BY_DOGRAH : undefined);
  if (reason === undefined) return;
  throw new InvalidInputError({
    message: `The variable ${quote(name)} cannot be set: ${reason}.`,
    hint: `Use another name, e.g. ${quote(`customer_${name}`)}, here and in the prompt.`,
  });
}
