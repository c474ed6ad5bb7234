import { ApiKey } from './connection/api-key';
import type { BaseUrl } from './connection/base-url';
import { checkConnection, type Connection } from './connection/check-connection';
import { DograhError } from './errors/dograh-error';
import { parseCallInput, type CallInput, type CallRequest } from './place-call/call-input';
import type { Clock } from './place-call/clock';
import { placeCall } from './place-call/place-call';
import { askUntilClear } from './place-call/retry-policy';
import type { CallResult } from './runs/call-result';
import type { Transport } from './transport/transport';

const DEFAULT_TIMEOUT_MS = 30_000;

export interface DograhClientOptions {
  readonly baseUrl: BaseUrl;
  readonly apiKey: ApiKey;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Limit of every single request, in milliseconds. Default 30,000. */
  readonly timeoutMs?: number | undefined;
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
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #timeoutMs: number;

  constructor(options: DograhClientOptions) {
    this.#baseUrl = options.baseUrl;
    this.#apiKey = options.apiKey;
    this.#transport = options.transport;
    this.#clock = options.clock;
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
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
   * Checks the input, then has Dograh place the call, at most once.
   * @returns as soon as Dograh accepted it; the phone may not be ringing yet
   * @throws DograhError; its `callPlaced` tells whether a phone may ring
   */
  placeCall(input: CallInput, options: PlaceCallOptions = {}): Promise<CallResult> {
    const { signal, maxWaitMs = 0 } = options;
    return this.#withoutKey(async () => {
      const call = this.prepareCall(input);
      const limits = { timeoutMs: this.#timeoutMs, signal };
      const ask = (): Promise<CallResult> => placeCall(call, this.#transport, limits);
      const result = await askUntilClear(ask, this.#clock, { maxWaitMs, signal });
      const { workflow_run_name: name } = result;
      return { ...result, workflow_run_name: name && this.#apiKey.redact(name) };
    });
  }

  /** @throws DograhError that tells a wrong key from a wrong URL from no server */
  checkConnection(): Promise<Connection> {
    return this.#withoutKey(() => checkConnection(this.#baseUrl, this.#transport, this.#timeoutMs));
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
