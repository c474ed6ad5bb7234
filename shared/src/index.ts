export type { AgentVariable } from './agents/agent-variables';
export type { AgentReference } from './agents/agent-reference';
export { DEFAULT_ENVIRONMENT, ENVIRONMENT_LABELS, type Environment } from './agents/environment';
export { whyVariablesAreUnknown } from './agents/why-unknown';
export type { CallingRulesInput } from './calling-rules/calling-rules';
export type { NumberCheck, NumberCheckInput } from './calling-rules/check-number';
export { NUMBER_CHECK_LABELS, SIMPLIFIED_NUMBER_CHECK } from './calling-rules/number-check-labels';
export { timeZonesOf } from './calling-rules/time-zones';
export type { ContactInput } from './campaigns/contact';
export { isColumnName } from './campaigns/contact-columns';
export type { CsvContacts, CsvInput } from './campaigns/csv-contacts';
export type { LaunchInput } from './campaigns/launch-input';
export type { CampaignSearch } from './campaigns/find-campaign';
export type { LaunchedCampaign } from './campaigns/launch-result';
export { REDIAL_CHOICES, type RedialInput } from './campaigns/redial';
export { CAMPAIGN_STATES, type CampaignState } from './campaigns/campaign';
export {
  CAMPAIGN_LABELS,
  CONTACT_LABELS,
  PAUSED_CAMPAIGN_LABELS,
  SIMPLIFIED_CAMPAIGN,
  SIMPLIFIED_CONTACT,
  SIMPLIFIED_PAUSED_CAMPAIGN,
} from './campaigns/campaign-labels';
export { contactsToCsv } from './campaigns/contacts-csv';
export type { CampaignReport } from './campaigns/campaign-report';
export type { CampaignResult } from './campaigns/campaign-result';
export {
  CONTACT_STATUSES,
  type ContactResult,
  type ContactStatus,
} from './campaigns/contact-result';
export type { CampaignChoice, CampaignFilter } from './campaigns/list-campaigns';
export type { ContactFilter } from './campaigns/list-contacts';
export type { FinishedCampaignFilters } from './campaigns/finished-campaigns';
export type { FinishedCampaignsPoll } from './campaigns/poll-finished-campaigns';
export type { PausedCampaign } from './campaigns/pause-campaign';
export { DograhClient, type DograhIdentity } from './client';
export type { ApiKey } from './connection/api-key';
export type { BaseUrl } from './connection/base-url';
export { CONNECTION_ROUTE } from './connection/check-connection';
export { parseCredentials } from './connection/credentials';
export { REJECTED_KEY } from './connection/rejected-key';
export { shortHash } from './connection/short-hash';
export * from './errors/dograh-error';
export { quote } from './errors/quote';
export type { FinishedRunFilters } from './finished-runs/filters';
export type { PollMemory } from './finished-runs/poll-with-memory';
export { isBlank } from './input/blank';
export { parseChoice, parseChoices } from './input/choice';
export {
  DEFAULT_MAX_WAIT_MINUTES,
  DEFAULT_POLL_SECONDS,
  DEFAULT_TIMEOUT_SECONDS,
  DEFAULT_WAIT_TIMEOUT_MINUTES,
  parseMaxWait,
  parsePollInterval,
  parseTimeout,
  parseWaitTimeout,
} from './input/duration';
export type { PhoneNumberRules } from './input/phone-number';
export { parseLimit, type LimitInput } from './input/limit';
export { parseNumber } from './input/number';
export { isSameNumber, normalizedNumber } from './input/same-number';
export { cleanText, cleanValue } from './input/text';
export { parseYesOrNo } from './input/yes-or-no';
export type { CallInput } from './place-call/call-input';
export type { EarlierRequests, FoundRequest } from './place-call/earlier-calls';
export type { PlaceCallOptions, PreparedCall } from './place-call/prepared-call';
export type { CallPreview } from './place-call/preview-call';
export { PREVIEW_LABELS, SIMPLIFIED_PREVIEW } from './place-call/preview-fields';
export { skippedFor, type CallResult, type RunResult } from './runs/call-result';
export { mayHaveFiles } from './runs/may-have-files';
export { CALL_OUTCOMES } from './runs/outcome';
export { RESULT_LABELS, SIMPLIFIED_RESULT } from './runs/result-fields';
export type { RunSearchInput } from './runs/run-search';
export { transcriptName } from './runs/transcript';
export type { WaitForResultOptions } from './runs/wait-for-result';
export { configurationChoice, phoneNumberChoice, type Choice } from './telephony/choices';
export type { Clock } from './transport/clock';
export { exchange, parseBody } from './transport/exchange';
export {
  TransportError,
  type ByteStream,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from './transport/transport';
export type { VariablePair } from './variables/build-context';
export type { FormSources } from './variables/form-fields';
export type { GreetingInput } from './variables/greeting';
