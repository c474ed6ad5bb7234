import { AgentCache } from './agents/agent-cache';
import type { AgentDetails } from './agents/agent-details';
import { agentRecord, readAgentRecords, type AgentRecord } from './agents/agent-record';
import { parseTarget, type AgentReference } from './agents/agent-reference';
import { parseEnvironment } from './agents/environment';
import { listAgents, type AgentSummary } from './agents/list-agents';
import {
  checkNumber,
  parseNumberCheck,
  type NumberCheck,
  type NumberCheckInput,
} from './calling-rules/check-number';
import { DoNotCallLists } from './calling-rules/do-not-call-list';
import { parseCampaignId } from './campaigns/campaign';
import { readReport, type CampaignReport } from './campaigns/campaign-report';
import type { CampaignResult } from './campaigns/campaign-result';
import type { ContactResult } from './campaigns/contact-result';
import { readCountedCampaign } from './campaigns/count-contacts';
import { contactsIn, readCsvText, type CsvContacts, type CsvInput } from './campaigns/csv-contacts';
import { findCampaign, type CampaignSearch } from './campaigns/find-campaign';
import { launch, type LaunchParts } from './campaigns/launch';
import type { LaunchInput } from './campaigns/launch-input';
import type { LaunchedCampaign } from './campaigns/launch-result';
import { redial, type RedialInput } from './campaigns/redial';
import {
  listCampaignChoices,
  parseCampaignFilter,
  readCampaigns,
  type CampaignChoice,
  type CampaignFilter,
} from './campaigns/list-campaigns';
import { listContacts, parseContactFilter, type ContactFilter } from './campaigns/list-contacts';
import { pauseCampaign, type PausedCampaign } from './campaigns/pause-campaign';
import type { FinishedCampaignFilters } from './campaigns/finished-campaigns';
import {
  pollFinishedCampaigns,
  type FinishedCampaignsPoll,
} from './campaigns/poll-finished-campaigns';
import {
  latestFinishedCampaign,
  recentFinishedCampaigns,
} from './campaigns/recent-finished-campaigns';
import { resumeCampaign } from './campaigns/resume-campaign';
import { checkConnection, type Connection } from './connection/check-connection';
import type { Session } from './connection/session';
import { Sessions, type ConnectionOptions } from './connection/sessions';
import type { FinishedRunFilters } from './finished-runs/filters';
import {
  finishedRunsInBatches,
  type BatchRequest,
  type RunBatch,
} from './finished-runs/finished-runs-in-batches';
import { latestFinishedRun } from './finished-runs/latest-finished-run';
import { pollFinishedRuns, type FinishedRunsPoll } from './finished-runs/poll-finished-runs';
import type { PollMemory } from './finished-runs/poll-with-memory';
import { recentFinishedRuns, type WantedRuns } from './finished-runs/recent-finished-runs';
import { parseLimit, type LimitInput } from './input/limit';
import { parseCallInput, type CallInput } from './place-call/call-input';
import { PreparedCall } from './place-call/prepared-call';
import { withRunUrl, type RunResult } from './runs/call-result';
import { findCall, parseCallSearch, type CallSearchInput } from './runs/find-call';
import { findRuns } from './runs/find-runs';
import { listDispositions } from './runs/list-dispositions';
import { parseRunId, readResult } from './runs/read-run';
import { openRecording, parseTrack, type Recording } from './runs/recording';
import { parseRunSearch, type RunSearchInput } from './runs/run-search';
import { readWithTranscript } from './runs/transcript';
import { waitForResult, type WaitForResultOptions } from './runs/wait-for-result';
import { listCallerIds, type CallerIds } from './telephony/caller-ids';
import { listTelephonyConfigurations } from './telephony/configurations';
import type { TelephonyConfiguration } from './telephony/configurations';
import {
  listPhoneNumbers,
  parseConfigurationId,
  type PhoneNumber,
} from './telephony/phone-numbers';

/** One Dograh and one API key, without revealing the key. Hosts store it, so its keys never change. */
export interface DograhIdentity {
  /** The base URL of its API, or `hosted` for Dograh's cloud service. */
  readonly service: string;
  /** The fingerprint of the API key. */
  readonly key: string;
}

/**
 * One Dograh, used with one API key. Both hosts do everything through this class.
 * Every method may throw a DograhError. No result and no error contains the API key.
 */
export class DograhClient {
  readonly #options: ConnectionOptions;
  readonly #sessions: Sessions;
  readonly #agents = new AgentCache();
  readonly #lists = new DoNotCallLists();
  #identity: Promise<DograhIdentity> | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#sessions = new Sessions(options);
  }

  // Calls

  /** Checks the input of a call. No request is made. @throws InvalidInputError that says what to change */
  prepare(input: CallInput): PreparedCall {
    const { baseUrl, apiKey, dashboard } = this.#options;
    const request = this.#redactErrors(() =>
      parseCallInput(input, baseUrl, apiKey, this.#lists, dashboard),
    );
    return new PreparedCall(request, this.#agents, this.#sessions);
  }

  /** What is known about a number, and whether the calling rules allow a call. Does not dial. @throws DograhError */
  checkNumber(input: NumberCheckInput, signal?: AbortSignal): Promise<NumberCheck> {
    return this.#ask(
      async (session) => checkNumber(parseNumberCheck(input, this.#lists), session),
      signal,
    );
  }

  /** The finished run of a placed call. @throws OutcomeUnknownError on timeout and if the run cannot be read */
  waitForResult(
    id: number,
    options: WaitForResultOptions,
    signal?: AbortSignal,
  ): Promise<RunResult> {
    return this.#askForRun((session) => waitForResult(id, options, session), signal);
  }

  // Runs

  /** One run by its ID. @throws NotFoundError if the key's organization has no such run */
  getRun(runId: unknown, signal?: AbortSignal): Promise<RunResult> {
    return this.#askForRun((session) => readResult(parseRunId(runId), session), signal);
  }

  /** The same with its transcript. @throws NotFoundError also if there is no transcript, or not yet */
  getTranscript(runId: unknown, signal?: AbortSignal): Promise<RunResult> {
    return this.#askForRun((session) => readWithTranscript(parseRunId(runId), session), signal);
  }

  /** The runs that match a search, newest first. Pages are read when they are needed. */
  async *listRuns(search: RunSearchInput = {}, signal?: AbortSignal): AsyncGenerator<RunResult> {
    const session = this.#sessions.open(signal);
    try {
      const runs = findRuns(parseRunSearch(search), session);
      for await (const run of runs) yield this.#sessions.redact(withRunUrl(run, session));
    } catch (error) {
      throw this.#sessions.redactError(error);
    }
  }

  /** The newest run that matches; undefined if there is none. @throws InvalidInputError if nothing is given */
  findCall(search: CallSearchInput, signal?: AbortSignal): Promise<RunResult | undefined> {
    return this.#ask(async (session) => {
      const run = await findCall(parseCallSearch(search), session);
      return run && withRunUrl(run, session);
    }, signal);
  }

  /** The dispositions that runs can have, in Dograh's order. Empty if this Dograh does not list them. */
  listDispositions(signal?: AbortSignal): Promise<readonly string[]> {
    return this.#ask(listDispositions, signal);
  }

  /**
   * The recording of a run, as a stream.
   * @param track `mixed`, `caller` or `agent`
   * @throws NotFoundError also if there is no such recording, or not yet
   */
  openRecording(runId: unknown, track: unknown, signal?: AbortSignal): Promise<Recording> {
    const session = this.#sessions.open(signal);
    return this.#sessions.guard(async () => {
      const opened = await openRecording(parseRunId(runId), parseTrack(track), session);
      const { bytes, run, ...file } = opened;
      return { bytes, ...this.#sessions.redact({ ...file, run: withRunUrl(run, session) }) };
    });
  }

  // Finished runs

  /** The runs that finished since the last poll with this memory, each once. A poll that throws changes nothing. */
  pollFinishedRuns(poll: FinishedRunsPoll, signal?: AbortSignal): Promise<readonly RunResult[]> {
    const redacting = { ...poll, memory: this.#redacting(poll.memory) };
    return this.#askForRuns((session) => pollFinishedRuns(redacting, session), signal);
  }

  /** The newest finished run that the filters let through; undefined if there is no recent one. */
  latestFinishedRun(
    filters: FinishedRunFilters,
    signal?: AbortSignal,
  ): Promise<RunResult | undefined> {
    return this.#ask(async (session) => {
      const run = await latestFinishedRun(filters, session);
      return run && withRunUrl(run, session);
    }, signal);
  }

  /** Finished runs of the last day and before, newest first. @param wanted `examples`: some, from one request */
  recentFinishedRuns(
    filters: FinishedRunFilters,
    wanted: WantedRuns = 'all',
    signal?: AbortSignal,
  ): Promise<readonly RunResult[]> {
    return this.#askForRuns((session) => recentFinishedRuns(filters, wanted, session), signal);
  }

  /** Finished runs in batches, oldest batch first. Each run is returned at least once, newest first. */
  finishedRunsInBatches(request: BatchRequest, signal?: AbortSignal): Promise<RunBatch> {
    return this.#ask(async (session) => {
      const { runs, position } = await finishedRunsInBatches(request, session);
      return { runs: runs.map((run) => withRunUrl(run, session)), position };
    }, signal);
  }

  // Campaigns

  /**
   * Launches a campaign once per Campaign Reference, also if several programs launch it at the same time.
   * @returns one result per campaign
   * @throws InvalidInputError that names the wrong contacts; DograhError
   */
  launchCampaign(input: LaunchInput, signal?: AbortSignal): Promise<readonly LaunchedCampaign[]> {
    return this.#ask((session) => launch(input, this.#partsOfLaunch(), session), signal);
  }

  /**
   * Launches a new campaign for some contacts of a finished one, once per Campaign Reference.
   * @throws InvalidInputError if that campaign may still call someone; DograhError
   */
  redialCampaign(input: RedialInput, signal?: AbortSignal): Promise<readonly LaunchedCampaign[]> {
    return this.#ask((session) => redial(input, this.#partsOfLaunch(), session), signal);
  }

  /** A campaign with accurate counts, by its ID, its reference or its name; undefined if there is none. */
  findCampaign(search: CampaignSearch, signal?: AbortSignal): Promise<CampaignResult | undefined> {
    return this.#ask((session) => findCampaign(search, session), signal);
  }

  /**
   * The contacts in a CSV file, for a launch of the agent with this client. A host of a file does not get the API key.
   * @throws InvalidInputError that names the row or the column; DograhError
   */
  readContacts(input: CsvInput, signal?: AbortSignal): Promise<CsvContacts> {
    const session = this.#sessions.open(signal);
    return this.#sessions.guard(async () => {
      const target = parseTarget(input.agent, 'production', session.baseUrl, session.dashboard);
      const { variables } = await this.#agents.read(target, 'production', session);
      const text = await readCsvText(input.file, session);
      const { notes, ...found } = contactsIn(text, input.phoneColumn, variables);
      return { ...found, notes: this.#sessions.redact(notes) };
    });
  }

  /** A campaign with accurate counts. Reads all its runs. @throws NotFoundError */
  getCampaign(id: unknown, signal?: AbortSignal): Promise<CampaignResult> {
    return this.#ask(async (session) => readCountedCampaign(parseCampaignId(id), session), signal);
  }

  /** The newest campaigns, newest first, without counts. One request. */
  getCampaigns(
    limit: LimitInput,
    filter: CampaignFilter = {},
    signal?: AbortSignal,
  ): Promise<readonly CampaignResult[]> {
    const read = (session: Session): Promise<readonly CampaignResult[]> =>
      readCampaigns(parseCampaignFilter(filter), parseLimit(limit), session);
    return this.#ask(async (session) => read(session), signal);
  }

  /** All campaigns for a dropdown list, newest first. */
  listCampaignChoices(signal?: AbortSignal): Promise<readonly CampaignChoice[]> {
    return this.#ask(listCampaignChoices, signal);
  }

  /**
   * The contacts of a campaign in the order of its file, each once, with its last run. All runs are read before the first
   * contact is returned.
   */
  async *listCampaignContacts(
    id: unknown,
    filter: ContactFilter = {},
    signal?: AbortSignal,
  ): AsyncGenerator<ContactResult> {
    const session = this.#sessions.open(signal);
    try {
      const contacts = listContacts(parseCampaignId(id), parseContactFilter(filter), session);
      for await (const contact of contacts) yield this.#sessions.redact(contact);
    } catch (error) {
      throw this.#sessions.redactError(error);
    }
  }

  /** Dograh's own report of a campaign, as CSV. @throws NotFoundError */
  openCampaignReport(id: unknown, signal?: AbortSignal): Promise<CampaignReport> {
    return this.#ask(async (session) => readReport(parseCampaignId(id), session), signal);
  }

  /** Pauses a campaign. Dograh finishes the batch that is under way. @throws OutcomeUnknownError if that is unclear */
  pauseCampaign(id: unknown, signal?: AbortSignal): Promise<PausedCampaign> {
    return this.#ask(async (session) => pauseCampaign(parseCampaignId(id), session), signal);
  }

  /** Resumes a paused campaign. @throws OutcomeUnknownError if it is unclear whether it was resumed */
  resumeCampaign(id: unknown, signal?: AbortSignal): Promise<CampaignResult> {
    return this.#ask(async (session) => resumeCampaign(parseCampaignId(id), session), signal);
  }

  /**
   * The campaigns that finished since the last poll with this memory, each once, with counts. A poll that throws changes
   * nothing. Finished: no contact is pending, and every call is over.
   */
  pollFinishedCampaigns(
    poll: FinishedCampaignsPoll,
    signal?: AbortSignal,
  ): Promise<readonly CampaignResult[]> {
    const redacting = { ...poll, memory: this.#redacting(poll.memory) };
    return this.#ask((session) => pollFinishedCampaigns(redacting, session), signal);
  }

  /** The last finished campaigns, the last one first, without counts. At most about 10 requests. */
  recentFinishedCampaigns(
    filters: FinishedCampaignFilters,
    signal?: AbortSignal,
  ): Promise<readonly CampaignResult[]> {
    return this.#ask((session) => recentFinishedCampaigns(filters, session), signal);
  }

  /** The newest finished campaign that the filters let through; undefined if there is none. */
  latestFinishedCampaign(
    filters: FinishedCampaignFilters,
    signal?: AbortSignal,
  ): Promise<CampaignResult | undefined> {
    return this.#ask((session) => latestFinishedCampaign(filters, session), signal);
  }

  // Agents

  /** An agent with the variables of the version that would run. Read once and kept. @throws NotFoundError */
  readAgent(
    reference: AgentReference,
    environment: unknown,
    signal?: AbortSignal,
  ): Promise<AgentDetails> {
    return this.#ask(async (session) => {
      const version = parseEnvironment(environment);
      const target = parseTarget(reference, version, session.baseUrl, session.dashboard);
      return this.#agents.read(target, version, session);
    }, signal);
  }

  /** The same in the shape that both hosts return. */
  async getAgent(
    reference: AgentReference,
    environment: unknown,
    signal?: AbortSignal,
  ): Promise<AgentRecord> {
    return agentRecord(await this.readAgent(reference, environment, signal), this.#options.baseUrl);
  }

  /** The organization's active agents by name, each with the version that would run. */
  getAgents(
    environment: unknown,
    limit: LimitInput,
    signal?: AbortSignal,
  ): Promise<readonly AgentRecord[]> {
    const read = (session: Session): Promise<readonly AgentRecord[]> =>
      readAgentRecords(parseEnvironment(environment), parseLimit(limit), session);
    return this.#ask(async (session) => read(session), signal);
  }

  /** The organization's active agents, by name. */
  listAgents(signal?: AbortSignal): Promise<readonly AgentSummary[]> {
    return this.#ask(listAgents, signal);
  }

  // Telephony

  /** The organization's telephony configurations, usable ones first; the others with the reason. */
  listTelephonyConfigurations(signal?: AbortSignal): Promise<readonly TelephonyConfiguration[]> {
    return this.#ask(listTelephonyConfigurations, signal);
  }

  /** The numbers of a telephony configuration, usable caller IDs first. @throws NotFoundError */
  listPhoneNumbers(
    configurationId: unknown,
    signal?: AbortSignal,
  ): Promise<readonly PhoneNumber[]> {
    return this.#ask(
      async (session) => listPhoneNumbers(parseConfigurationId(configurationId), session),
      signal,
    );
  }

  /** The caller IDs of the given telephony configuration, or of the one that dials by default. */
  listCallerIds(configurationId?: unknown, signal?: AbortSignal): Promise<CallerIds> {
    return this.#ask((session) => listCallerIds(configurationId, session), signal);
  }

  // Connection

  /** Identifies this Dograh and the API key in every process. A host may store it. */
  identity(): Promise<DograhIdentity> {
    const { baseUrl, apiKey } = this.#options;
    // Computed once, so that calls which wait for it go on in their order.
    this.#identity ??= apiKey.fingerprint().then((key) => ({ service: baseUrl.service, key }));
    return this.#identity;
  }

  /** Runs a host's own code, which may throw a DograhError. No such error contains the API key. */
  guard<T>(operation: () => Promise<T>): Promise<T> {
    return this.#sessions.guard(operation);
  }

  /** @throws DograhError that tells a wrong key from a wrong URL and from a missing server */
  checkConnection(): Promise<Connection> {
    return this.#ask(checkConnection);
  }

  /** A user may have pasted the key into a filter. */
  #redacting(memory: PollMemory): PollMemory {
    return {
      read: () => memory.read(),
      write: (states) => {
        memory.write(this.#sessions.redact(states));
      },
    };
  }

  #partsOfLaunch(): LaunchParts {
    return { apiKey: this.#options.apiKey, agents: this.#agents, lists: this.#lists };
  }

  #askForRun(
    read: (session: Session) => Promise<RunResult>,
    signal?: AbortSignal,
  ): Promise<RunResult> {
    return this.#ask(async (session) => withRunUrl(await read(session), session), signal);
  }

  #askForRuns(
    read: (session: Session) => Promise<readonly RunResult[]>,
    signal?: AbortSignal,
  ): Promise<readonly RunResult[]> {
    const readAll = async (session: Session): Promise<RunResult[]> =>
      (await read(session)).map((run) => withRunUrl(run, session));
    return this.#ask(readAll, signal);
  }

  #ask<T>(operation: (session: Session) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#sessions.run(operation, signal);
  }

  #redactErrors<T>(parse: () => T): T {
    try {
      return parse();
    } catch (error) {
      throw this.#sessions.redactError(error);
    }
  }
}
