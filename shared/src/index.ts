export type { AgentDetails } from './agents/agent-details';
export type { AgentRecord } from './agents/agent-record';
export type { AgentVariable } from './agents/agent-variables';
export type { AgentSummary } from './agents/list-agents';
export { whyVariablesAreUnknown } from './agents/why-unknown';
export { DograhClient, type DograhClientOptions, type PlaceCallOptions } from './client';
export { ApiKey } from './connection/api-key';
export { BaseUrl, type PlainHttp } from './connection/base-url';
export { CONNECTION_ROUTE, type Connection } from './connection/check-connection';
export {
  parseCredentials,
  type CredentialFields,
  type Credentials,
} from './connection/credentials';
export type { Dashboard } from './connection/dashboard';
export { buildContext, type ContextSources, type VariablePair } from './variables/build-context';
export type { GreetingInput } from './variables/greeting';
export type { JsonObject, JsonValue } from './variables/json-value';
export { RESERVED_KEYS } from './variables/reserved-names';
export { isBlank } from './input/blank';
export * from './errors/dograh-error';
export { isSameNumber } from './input/same-number';
export { parsePhoneNumber, type NumberFormat, type PhoneNumberRules } from './input/phone-number';
export type { CallInput, CallRequest } from './place-call/call-input';
export {
  DEFAULT_TIMEOUT_MS,
  parseMaxWait,
  parsePollInterval,
  parseTimeout,
  parseWaitTimeout,
} from './place-call/time-limits';
export { parseYesOrNo } from './input/yes-or-no';
export type { CallPreview } from './place-call/preview-call';
export type { CallOutcome, CallResult, CallStatus } from './runs/call-result';
export { mayHaveFiles } from './runs/expected-files';
export type { CallSearchInput } from './runs/find-call';
export type { Recording } from './runs/recording';
export type { RecordingTrack } from './runs/recording-file';
export type { RunSearchInput } from './runs/run-search';
export { simplifyRun, type SimplifiedRun } from './runs/simplified-run';
export { transcriptName } from './runs/transcript';
export type { FinishedRunsPoll, PollMemory } from './finished-runs/poll-finished-runs';
export type { StoredPollState } from './finished-runs/poll-state';
export type { FinishedRunFilters } from './finished-runs/filters';
export type { Patience } from './runs/wait-for-result';
export { DEFAULT_ENVIRONMENT, ENVIRONMENT_LABELS, type Environment } from './agents/environment';
export { parseTarget, type AgentReference, type TriggerTarget } from './agents/agent-reference';
export { render } from './variables/template/render';
export type { CallerIds } from './telephony/caller-ids';
export { configurationChoice, phoneNumberChoice, type Choice } from './telephony/choices';
export { configurationForCalls, type TelephonyConfiguration } from './telephony/configurations';
export type { PhoneNumber } from './telephony/phone-numbers';
export type { Clock } from './transport/clock';
export { exchange, parseBody } from './transport/exchange';
export {
  TransportError,
  type ByteStream,
  type NetworkFault,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from './transport/transport';
