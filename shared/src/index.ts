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
export { buildContext, type ContextSources, type VariablePair } from './context/build-context';
export type { GreetingInput } from './context/greeting-override';
export type { JsonObject, JsonValue } from './context/json-value';
export { RESERVED_KEYS } from './context/reserved-keys';
export { isBlank } from './contract/blank';
export * from './errors/dograh-error';
export { isSameNumber } from './phone/same-number';
export { parsePhoneNumber, type NumberFormat, type PhoneNumberRules } from './phone/phone-number';
export type { CallInput, CallRequest } from './place-call/call-input';
export {
  DEFAULT_TIMEOUT_MS,
  parseMaxWait,
  parsePollInterval,
  parseTimeout,
  parseWaitTimeout,
} from './place-call/time-limits';
export { parseYesOrNo } from './place-call/yes-or-no';
export type { CallPreview } from './place-call/preview-call';
export type { CallOutcome, CallResult, CallStatus } from './runs/call-result';
export { mayHaveFiles } from './runs/expected-files';
export type { CallSearchInput } from './runs/find-call';
export type { Recording } from './runs/recording';
export type { RecordingTrack } from './runs/recording-file';
export type { RunSearchInput } from './runs/run-search';
export { simplifyRun, type SimplifiedRun } from './runs/simplified-run';
export { transcriptName } from './runs/transcript';
export type { FinishedRunsPoll, PollMemory } from './runs/completed/poll-finished-runs';
export type { StoredPollState } from './runs/completed/poll-state';
export type { FinishedRunFilters } from './runs/completed/run-criteria';
export type { Patience } from './runs/wait-for-result';
export { DEFAULT_ENVIRONMENT, ENVIRONMENT_LABELS, type Environment } from './target/environment';
export { parseTarget, type AgentReference, type TriggerTarget } from './target/trigger-target';
export { render } from './template/render';
export type { CallerIds } from './telephony/caller-ids';
export { configurationChoice, phoneNumberChoice, type Choice } from './telephony/choices';
export {
  configurationForCalls,
  type TelephonyConfiguration,
} from './telephony/list-configurations';
export type { PhoneNumber } from './telephony/list-phone-numbers';
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
