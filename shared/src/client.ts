import { readAgentDetails, type AgentDetails } from './agents/agent-details';
import { agentRecord, readAgentRecords, type AgentRecord } from './agents/agent-record';
import { listAgents, type AgentSummary } from './agents/list-agents';
import { variablesOf } from './agents/agent-variables';
import { ApiKey } from './connection/api-key';
import type { BaseUrl } from './connection/base-url';
import { checkConnection, type Connection } from './connection/check-connection';
import type { Dashboard } from './connection/dashboard';
import {
  DograhError,
  OutcomeUnknownError,
  type DograhErrorData,
  type DograhErrorKind,
} from './errors/dograh-error';
import { parseCallInput, type CallInput, type CallRequest } from './place-call/call-input';
import { placeCall, withRequestId } from './place-call/place-call';
import { previewCall, type CallPreview } from './place-call/preview-call';
import { recoverRun } from './place-call/recover-run';
import { refuseMissingVariables } from './place-call/require-variables';
import { DEFAULT_TIMEOUT_MS } from './place-call/time-limits';
import { parseYesOrNo } from './input/yes-or-no';
import { greetingIn } from './variables/greeting';
import type { CallResult } from './runs/call-result';
import { pollFinishedRuns, type FinishedRunsPoll } from './finished-runs/poll-finished-runs';
import { latestFinishedRun } from './finished-runs/latest-finished-run';
import { recentFinishedRuns, type WantedRuns } from './finished-runs/recent-finished-runs';
import type { FinishedRunFilters } from './finished-runs/filters';
import { parseRunId, readResult } from './runs/read-run';
import { findCall, parseCallSearch, type CallSearchInput } from './runs/find-call';
import { findRuns } from './runs/find-runs';
import { openRecording, parseTrack, type Recording } from './runs/recording';
import { parseRunSearch, type RunSearchInput } from './runs/run-search';
import { readWithTranscript, waitForTranscript } from './runs/transcript';
import { afterPlacing, waitForResult, type Patience } from './runs/wait-for-result';
import { parseEnvironment } from './agents/environment';
import { parseTarget, type AgentReference } from './agents/agent-reference';
import { listCallerIds, type CallerIds } from './telephony/caller-ids';
import {
  listTelephonyConfigurations,
  type TelephonyConfiguration,
} from './telephony/configurations';
import {
  listPhoneNumbers,
  parseConfigurationId,
  type PhoneNumber,
} from './telephony/phone-numbers';
import type { Clock } from './transport/clock';
import { keyInHeaderOnly } from './connection/key-in-header-only';
import { parseLimit } from './input/limit';
import type { Operation } from './connection/session';
import type { Transport } from './transport/transport';

export interface DograhClientOptions {
  readonly baseUrl: BaseUrl;
  readonly apiKey: ApiKey;
  readonly dashboard: Dashboard;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Limit of every single request, in milliseconds. Default 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Limit of a whole operation, however many requests it makes, in milliseconds. Default: none. */
  readonly operationMs?: number | undefined;
}

export interface PlaceCallOptions {
  /** Stops waiting at once; nothing is placed after it was given. */
  readonly signal?: AbortSignal | undefined;
  /** How long to wait while Dograh holds as many calls as it may, in milliseconds. Default 0: not at all. */
  readonly maxWaitMs?: number | undefined;
}

/** One Dograh, seen through one API key. Everything that the hosts do goes through here. */
export class DograhClient {
  readonly #baseUrl: BaseUrl;
  readonly #apiKey: ApiKey;
  readonly #dashboard: Dashboard;
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #operationMs: number;
  readonly #details = new Map<string, Promise<AgentDetails>>();

  constructor(options: DograhClientOptions) {
    this.#baseUrl = options.baseUrl;
    this.#apiKey = options.apiKey;
    this.#dashboard = options.dashboard;
    this.#transport = keyInHeaderOnly(options.transport, options.apiKey);
    this.#clock = options.clock;
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#operationMs = options.operationMs ?? Infinity;
  }

  /**
   * What placing this call would send; nothing is.
   * @throws InvalidInputError that says what to change
   */
  prepareCall(input: CallInput): CallRequest {
    try {
      return parseCallInput(input, this.#baseUrl, this.#apiKey);
    } catch (error) {
      throw this.#redacted(error);
    }
  }

  /**
   * A choice between yes and no in a host's form. Nothing is no.
   * @param label of the field
   * @throws InvalidInputError for what may be either
   */
  isYes(value: unknown, label: string): boolean {
    try {
      return parseYesOrNo(value, label);
    } catch (error) {
      throw this.#redacted(error);
    }
  }

  /**
   * Checks the input, then has Dograh place the call, at most once.
   * @returns as soon as Dograh accepted it; the phone may not be ringing yet
   * @throws DograhError; its `callPlaced` tells whether a phone may ring
   */
  placeCall(input: CallInput, options: PlaceCallOptions = {}): Promise<CallResult> {
    return this.#placing(() => this.#place(this.prepareCall(input), options));
  }

  /**
   * The same for what `prepareCall` of this client gave, without checking it once more.
   * @throws TypeError for a call that another client prepared: its URL may be another Dograh's
   */
  async placePrepared(call: CallRequest, options: PlaceCallOptions = {}): Promise<CallResult> {
    if (call.baseUrl !== this.#baseUrl) throw new TypeError('Another client prepared this call.');
    return await this.#placing(() => this.#place(call, options));
  }

  /**
   * Looks once more for the run of a call whose outcome was unknown; dials nobody.
   * @param lost what `placeCall` threw, as data
   * @throws DograhError; `callPlaced` is `unknown` still unless the run was found
   */
  recoverCall(input: CallInput, lost: DograhErrorData, signal?: AbortSignal): Promise<CallResult> {
    return this.#placing(async () => {
      const error = new OutcomeUnknownError(lost);
      if (lost.trace === undefined) throw error;
      const call = this.prepareCall(input);
      return await recoverRun(call, lost.trace, error, this.#baseUrl, this.#operation(signal));
    });
  }

  /**
   * What placing this call would do: the request, and what the agent would say. Dials nobody.
   * @throws InvalidInputError for what `placeCall` would refuse; AuthenticationError
   */
  previewCall(input: CallInput, signal?: AbortSignal): Promise<CallPreview> {
    return this.#withoutKey(async () => {
      const call = this.prepareCall(input);
      const body = withRequestId(call.body, this.#clock.uuid());
      const found = await this.#detailsFor(call, this.#operation(signal)).catch(
        (error: unknown) => {
          const isKnown = error instanceof DograhError && !DECISIVE.has(error.kind);
          if (!isKnown) throw error;
          return error;
        },
      );
      return this.#apiKey.redactIn(previewCall(call, body, found, this.#clock.now()));
    });
  }

  /**
   * The agent that a reference leads to, with the variables of the version that would run. Read once and kept.
   * @throws DograhError; NotFoundError also where there is no version to run
   */
  readAgent(
    reference: AgentReference,
    environment: unknown,
    signal?: AbortSignal,
  ): Promise<AgentDetails> {
    return this.#withoutKey(async () => {
      const version = parseEnvironment(environment);
      const target = parseTarget(reference, version, this.#baseUrl);
      const details = this.#detailsFor({ target, environment: version }, this.#operation(signal));
      return this.#apiKey.redactIn(await details);
    });
  }

  /** The names of the variables that this call may give, those of the greeting that it brings along too. */
  async variableNames(input: CallInput, signal?: AbortSignal): Promise<readonly string[]> {
    const { environment, initialContext } = this.prepareCall(input);
    const { version } = await this.readAgent(input.agent, environment, signal);
    const greeting = greetingIn(initialContext);
    return variablesOf(version, environment, greeting).variables.map(({ name }) => name);
  }

  /** The same as a record to hand on. */
  async getAgent(
    reference: AgentReference,
    environment: unknown,
    signal?: AbortSignal,
  ): Promise<AgentRecord> {
    return agentRecord(await this.readAgent(reference, environment, signal), this.#baseUrl);
  }

  /**
   * The active agents of the key's organization, by name, each with what a call would run.
   * @param limit how many of them, at most; all where nothing is given
   */
  getAgents(
    environment: unknown,
    limit?: unknown,
    signal?: AbortSignal,
  ): Promise<readonly AgentRecord[]> {
    return this.#withoutKey(async () => {
      const version = parseEnvironment(environment);
      const most = limit === undefined ? Infinity : parseLimit(limit);
      const operation = this.#operation(signal);
      return this.#apiKey.redactIn(
        await readAgentRecords(version, most, this.#baseUrl, this.#dashboard, operation),
      );
    });
  }

  /** The active agents of the key's organization, by name. */
  listAgents(signal?: AbortSignal): Promise<readonly AgentSummary[]> {
    return this.#withoutKey(async () => {
      const agents = await listAgents(this.#baseUrl, this.#dashboard, this.#operation(signal));
      return this.#apiKey.redactIn(agents);
    });
  }

  /** What calls can go out through, and what cannot yet, with the reason; the usable ones first. */
  listTelephonyConfigurations(signal?: AbortSignal): Promise<readonly TelephonyConfiguration[]> {
    return this.#withoutKey(async () => {
      const operation = this.#operation(signal);
      return this.#apiKey.redactIn(await listTelephonyConfigurations(this.#baseUrl, operation));
    });
  }

  /**
   * The phone numbers of one telephony configuration, those that can be the caller ID first.
   * @throws NotFoundError when the key's organization has no such configuration
   */
  listPhoneNumbers(
    configurationId: unknown,
    signal?: AbortSignal,
  ): Promise<readonly PhoneNumber[]> {
    return this.#withoutKey(async () => {
      const id = parseConfigurationId(configurationId);
      const numbers = await listPhoneNumbers(id, this.#baseUrl, this.#operation(signal));
      return this.#apiKey.redactIn(numbers);
    });
  }

  /**
   * The phone numbers that a call can be placed from: those of the chosen telephony configuration, or where none is
   * chosen, of the one that will dial.
   * @throws NotFoundError when there is no such configuration; TelephonyError when none can dial
   */
  listCallerIds(chosen?: unknown, signal?: AbortSignal): Promise<CallerIds> {
    return this.#withoutKey(async () =>
      this.#apiKey.redactIn(await listCallerIds(chosen, this.#baseUrl, this.#operation(signal))),
    );
  }

  /**
   * One run by its ID alone.
   * @throws NotFoundError when the key's organization has no such run
   */
  getRun(runId: unknown, signal?: AbortSignal): Promise<CallResult> {
    return this.#withoutKey(async () => {
      const run = await readResult(parseRunId(runId), this.#baseUrl, this.#operation(signal));
      return this.#handedOn(run);
    });
  }

  /**
   * The runs that a search lets through, the newest first, as they are taken.
   * @throws InvalidInputError, NotFoundError for an agent that is not there
   */
  async *listRuns(
    search: RunSearchInput = {},
    signal?: AbortSignal,
  ): AsyncGenerator<CallResult, void, undefined> {
    try {
      const runs = findRuns(parseRunSearch(search), this.#baseUrl, this.#operation(signal));
      for await (const run of runs) yield this.#handedOn(run);
    } catch (error) {
      throw this.#redacted(error);
    }
  }

  /**
   * The newest run that fits all that is known of it; undefined where there is none.
   * @throws InvalidInputError where nothing is known; NotFoundError for an agent that is not there
   */
  findCall(search: CallSearchInput, signal?: AbortSignal): Promise<CallResult | undefined> {
    return this.#withoutKey(async () => {
      const wanted = parseCallSearch(search);
      const run = await findCall(wanted, this.#baseUrl, this.#operation(signal));
      return run === undefined ? undefined : this.#handedOn(run);
    });
  }

  /**
   * The same with what was said in the call.
   * @throws NotFoundError also when it has no transcript, or none yet
   */
  getTranscript(runId: unknown, signal?: AbortSignal): Promise<CallResult> {
    return this.#withoutKey(async () => {
      const id = parseRunId(runId);
      const run = await readWithTranscript(id, this.#baseUrl, this.#operation(signal));
      return this.#handedOn(run);
    });
  }

  /**
   * The recording of a run, to be read as it comes.
   * @param track `mixed`, `caller` or `agent`
   * @throws NotFoundError also when there is no such recording, or none yet
   */
  openRecording(runId: unknown, track: unknown, signal?: AbortSignal): Promise<Recording> {
    return this.#withoutKey(async () => {
      const id = parseRunId(runId);
      const wanted = parseTrack(track);
      const recording = await openRecording(id, wanted, this.#baseUrl, this.#operation(signal));
      const { fileName, mimeType } = recording;
      const described = this.#apiKey.redactIn({ fileName, mimeType });
      return { ...recording, ...described, run: this.#handedOn(recording.run) };
    });
  }

  /**
   * The run of a call that was placed, when it is finished.
   * @throws OutcomeUnknownError when that takes too long, or when nothing can be read of it; CancelledError
   */
  waitForResult(runId: number, patience: Patience, signal?: AbortSignal): Promise<CallResult> {
    return this.#withoutKey(async () => {
      const operation = this.#operation(signal);
      try {
        const result = await waitForResult(runId, patience, this.#baseUrl, operation);
        return this.#handedOn(
          patience.forTranscript
            ? await waitForTranscript(result, this.#baseUrl, operation)
            : result,
        );
      } catch (error) {
        throw afterPlacing(error, runId);
      }
    });
  }

  /**
   * The runs that have finished since the last poll with this memory, each exactly once; none the first time.
   * @throws DograhError; then the next poll gives what this one would have
   */
  pollFinishedRuns(poll: FinishedRunsPoll, signal?: AbortSignal): Promise<readonly CallResult[]> {
    const { memory } = poll;
    // A user may have pasted the key into a filter.
    const write: typeof memory.write = (state) => {
      memory.write(this.#apiKey.redactIn(state));
    };
    const withoutKey = { ...poll, memory: { read: () => memory.read(), write } };
    return this.#withoutKey(async () => {
      const runs = await pollFinishedRuns(withoutKey, this.#baseUrl, this.#operation(signal));
      return runs.map((run) => this.#handedOn(run));
    });
  }

  /** The newest finished run that the filters let through; undefined where there is none of late. */
  latestFinishedRun(
    filters: FinishedRunFilters,
    signal?: AbortSignal,
  ): Promise<CallResult | undefined> {
    return this.#withoutKey(async () => {
      const run = await latestFinishedRun(filters, this.#baseUrl, this.#operation(signal));
      return run === undefined ? undefined : this.#handedOn(run);
    });
  }

  /**
   * The finished runs of the last day, and some before, the newest first: for a host that remembers by itself
   * which it has seen.
   * @param wanted `examples` are some of them, out of one request
   */
  recentFinishedRuns(
    filters: FinishedRunFilters,
    wanted: WantedRuns = 'all',
    signal?: AbortSignal,
  ): Promise<readonly CallResult[]> {
    return this.#withoutKey(async () => {
      const operation = this.#operation(signal);
      const runs = await recentFinishedRuns(filters, wanted, this.#baseUrl, operation);
      return runs.map((run) => this.#handedOn(run));
    });
  }

  /** @throws DograhError that tells a wrong key from a wrong URL from no server */
  checkConnection(): Promise<Connection> {
    return this.#withoutKey(() => checkConnection(this.#baseUrl, this.#operation()));
  }

  /** Where the call requires its variables. */
  async #place(call: CallRequest, options: PlaceCallOptions): Promise<CallResult> {
    const { signal, maxWaitMs = 0 } = options;
    const operation = this.#operation(signal);
    const check = (): Promise<void> => this.#refuseMissingVariables(call, operation);
    return placeCall(call, check, this.#baseUrl, operation, maxWaitMs);
  }

  async #refuseMissingVariables(call: CallRequest, operation: Operation): Promise<void> {
    if (!call.requireVariables) return;
    const details = await this.#detailsFor(call, operation).catch((error: unknown) => {
      throw error instanceof DograhError
        ? error.within('The variables of the agent cannot be checked', 'Nobody was called.')
        : error;
    });
    refuseMissingVariables(details, call);
  }

  /** One item after the other calls the same agent, and need not read it again. */
  #detailsFor(
    { target, environment }: Pick<CallRequest, 'target' | 'environment'>,
    operation: Operation,
  ): Promise<AgentDetails> {
    const key = JSON.stringify([target, environment]);
    const known = this.#details.get(key);
    if (known !== undefined) return known;
    const reading = readAgentDetails(
      target,
      environment,
      this.#baseUrl,
      this.#dashboard,
      operation,
    );
    this.#details.set(key, reading);
    reading.catch((error: unknown) => {
      // What is not there is not looked for again for every item; a fault may pass.
      const isKept = error instanceof DograhError && error.kind === 'NotFound';
      if (!isKept) this.#details.delete(key);
    });
    return reading;
  }

  #operation(signal?: AbortSignal): Operation {
    return {
      transport: this.#transport,
      clock: this.#clock,
      scope: `${this.#baseUrl.resolve('/')} ${this.#apiKey.number}`,
      timeoutMs: this.#timeoutMs,
      deadline: this.#clock.now() + this.#operationMs,
      signal,
    };
  }

  /** The same for what may dial: where the client itself breaks, the call may have gone out before. */
  #placing(operation: () => Promise<CallResult>): Promise<CallResult> {
    return this.#withoutKey(async () => {
      try {
        return this.#handedOn(await operation());
      } catch (error) {
        throw error instanceof DograhError ? error : defect(error);
      }
    });
  }

  /** Every run leaves the client through here: with the link to it, and without the key. */
  #handedOn(result: CallResult): CallResult {
    const { workflow_id: workflowId, workflow_run_id: runId } = result;
    return this.#apiKey.redactIn({ ...result, run_url: this.#dashboard.run(workflowId, runId) });
  }

  /** A server may repeat the key in its answer, and a user may paste it into another field. */
  async #withoutKey<T>(operation: () => Promise<T>): Promise<T> {
    try {
      return await operation();
    } catch (error) {
      throw this.#redacted(error);
    }
  }

  #redacted(error: unknown): unknown {
    return error instanceof DograhError ? error.redact(this.#apiKey) : error;
  }
}

/** With these there is nothing to preview. */
const DECISIVE: ReadonlySet<DograhErrorKind> = new Set(['Authentication', 'Cancelled']);

function defect(thrown: unknown): OutcomeUnknownError {
  return new OutcomeUnknownError({
    message: `It is not known whether the call was placed: ${thrown instanceof Error ? thrown.name : typeof thrown}.`,
    hint: 'Before you send it again, look in the Dograh dashboard for a new run. Please report this to the makers of this integration.',
  });
}
