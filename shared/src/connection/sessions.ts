import { DograhError } from '../errors/dograh-error';
import { DEFAULT_TIMEOUT_SECONDS } from '../input/duration';
import type { Clock } from '../transport/clock';
import type { Transport } from '../transport/transport';
import type { ApiKey } from './api-key';
import type { BaseUrl } from './base-url';
import type { Dashboard } from './dashboard';
import { keyInHeaderOnly } from './key-in-header-only';
import type { Session } from './session';

/** Where a client connects, and within which limits. */
export interface ConnectionOptions {
  readonly baseUrl: BaseUrl;
  readonly apiKey: ApiKey;
  readonly dashboard: Dashboard;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Limit of each request, in milliseconds. Default 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Limit of an operation with all its requests, in milliseconds. Default: no limit. */
  readonly operationMs?: number | undefined;
  /** Time by which every operation must end, by the clock. Default: no limit. */
  readonly deadline?: number | undefined;
}

/** Runs operations, each in a session of its own. The API key leaves with no result and with no error. */
export class Sessions {
  readonly #options: ConnectionOptions;
  readonly #transport: Transport;
  readonly #agentNames = new Map<string, string>();

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#transport = keyInHeaderOnly(options.transport, options.apiKey);
  }

  open(signal?: AbortSignal): Session {
    const { baseUrl, dashboard, clock, apiKey, timeoutMs } = this.#options;
    const { operationMs = Infinity, deadline = Infinity } = this.#options;
    return {
      baseUrl,
      dashboard,
      transport: this.#transport,
      clock,
      agentNames: this.#agentNames,
      scope: `${baseUrl.resolve('/')} ${apiKey.number}`,
      keyFingerprint: () => apiKey.fingerprint(),
      timeoutMs: timeoutMs ?? DEFAULT_TIMEOUT_SECONDS * 1_000,
      deadline: Math.min(clock.now() + operationMs, deadline),
      signal,
    };
  }

  /** @returns the operation's result, which must be plain data */
  run<T>(operation: (session: Session) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.guard(async () => this.redact(await operation(this.open(signal))));
  }

  /** A server may repeat the key in its response, and a user may paste it into another field. */
  redact<T>(data: T): T {
    return this.#options.apiKey.redactIn(data);
  }

  /** The same for errors. */
  async guard<T>(operation: () => Promise<T>): Promise<T> {
    try {
      return await operation();
    } catch (error) {
      throw this.redactError(error);
    }
  }

  redactError(error: unknown): unknown {
    return error instanceof DograhError ? error.redact(this.#options.apiKey) : error;
  }
}
