/** Every cause that an operation can end with; hosts branch on this and on nothing else. */
export type DograhErrorKind =
  | 'InvalidInput'
  | 'Authentication'
  | 'PermissionDenied'
  | 'NotFound'
  | 'QuotaExceeded'
  | 'ConcurrencyLimit'
  | 'Telephony'
  | 'Contract'
  | 'Server'
  | 'Network'
  | 'OutcomeUnknown'
  | 'Cancelled';

/** `no`: certainly nobody was dialled. `unknown`: a phone may be ringing. */
export type CallPlaced = 'no' | 'unknown';

export interface DograhErrorFields {
  /** What happened, one sentence. */
  readonly message: string;
  /** What to do about it, one or two sentences. */
  readonly hint: string;
  /** HTTP status of Dograh's answer, where there was one. */
  readonly status?: number | undefined;
  /** Dograh's own words, where it said any. */
  readonly detail?: string | undefined;
  /** Where nobody knows what became of a call: how to find out. */
  readonly trace?: CallTrace | undefined;
}

/** What helps to find out later what became of a call. */
export interface CallTrace {
  /** Stands as `call_request_id` in the context of the run, if there is one. */
  readonly callRequestId: string;
  /** When the request was sent, in milliseconds since 1970. */
  readonly sentAt: number;
  /** Runs of which one may be this call. */
  readonly candidates: readonly number[];
  /** Whether Dograh's list of runs could be read in the end, and so did not have it. */
  readonly couldLook: boolean;
}

/** What a host may show or hand on: plain data, free of secrets. */
export interface DograhErrorData extends DograhErrorFields {
  readonly kind: DograhErrorKind;
  readonly callPlaced: CallPlaced;
  readonly retryable: boolean;
}

/**
 * Base of all failures that this client reports.
 *
 * It never carries a `cause`: the HTTP libraries of the hosts put the request's headers, and with them the
 * API key, into the errors that they throw.
 */
export abstract class DograhError extends Error {
  abstract readonly kind: DograhErrorKind;
  readonly callPlaced: CallPlaced = 'no';
  /** Whether the same request may succeed later without a change by the user. */
  readonly retryable: boolean = false;
  readonly status: number | undefined;
  readonly trace: CallTrace | undefined;
  #hint: string;
  #detail: string | undefined;

  constructor(fields: DograhErrorFields) {
    super(fields.message);
    this.name = new.target.name;
    this.status = fields.status;
    this.trace = fields.trace;
    this.#hint = fields.hint;
    this.#detail = fields.detail;
  }

  get hint(): string {
    return this.#hint;
  }

  get detail(): string | undefined {
    return this.#detail;
  }

  /** The whole story in one line, for hosts that show a single string. */
  get fullMessage(): string {
    return `${this.message} ${this.#hint}`.trim();
  }

  /** The same, which says in front what this was the end of, and in front of the hint what that means. */
  within(goal: string, consequence: string): DograhError {
    const SameClass = this.constructor as new (fields: DograhErrorData) => DograhError;
    return new SameClass({
      ...this.toJSON(),
      message: `${goal}: ${this.message}`,
      hint: `${consequence} ${this.#hint}`.trim(),
    });
  }

  /** Takes the API key out of everything a person or a log could see. Returns itself. */
  redact(apiKey: { redact(text: string): string }): this {
    this.message = apiKey.redact(this.message);
    if (this.stack !== undefined) this.stack = apiKey.redact(this.stack);
    this.#hint = apiKey.redact(this.#hint);
    if (this.#detail !== undefined) this.#detail = apiKey.redact(this.#detail);
    return this;
  }

  toJSON(): DograhErrorData {
    return {
      kind: this.kind,
      message: this.message,
      hint: this.#hint,
      callPlaced: this.callPlaced,
      retryable: this.retryable,
      ...(this.status === undefined ? {} : { status: this.status }),
      ...(this.#detail === undefined ? {} : { detail: this.#detail }),
      ...(this.trace === undefined ? {} : { trace: this.trace }),
    };
  }
}

/** Something the user typed or mapped cannot be right; nothing was requested. Also Dograh's 422. */
export class InvalidInputError extends DograhError {
  readonly kind = 'InvalidInput';
}

/** The API key is missing, wrong or revoked (401). */
export class AuthenticationError extends DograhError {
  readonly kind = 'Authentication';
}

/** The key is valid but may not do this (403), or the agent has no owner to act for (409). */
export class PermissionDeniedError extends DograhError {
  readonly kind = 'PermissionDenied';
}

/** No such agent, API Trigger, telephony configuration or run (404). */
export class NotFoundError extends DograhError {
  readonly kind = 'NotFound';
}

/** What is not there yet, and may be there some minutes later. */
export class NotYetError extends NotFoundError {
  override readonly retryable = true;
}

/** The organisation's quota or credit is used up (402). */
export class QuotaExceededError extends DograhError {
  readonly kind = 'QuotaExceeded';
}

/** As many calls as the organisation may hold at once are running (429); later it may work. */
export class ConcurrencyLimitError extends DograhError {
  readonly kind = 'ConcurrencyLimit';
  override readonly retryable = true;
}

/** Dograh could not dial: telephony is not set up, the caller ID does not fit, the provider refused (400). */
export class TelephonyError extends DograhError {
  readonly kind = 'Telephony';
}

/** Something answered that is not a Dograh, or not one that this client understands. */
export class ContractError extends DograhError {
  readonly kind = 'Contract';
}

/** Dograh failed while reading something (5xx on a GET). */
export class ServerError extends DograhError {
  readonly kind = 'Server';
  override readonly retryable = true;
}

/** Dograh could not be reached, and the request certainly was not delivered or was only a read. */
export class NetworkError extends DograhError {
  readonly kind = 'Network';
  override readonly retryable = true;
}

/** The request to call was sent and nobody can tell whether Dograh dials. Never retry it blindly. */
export class OutcomeUnknownError extends DograhError {
  readonly kind = 'OutcomeUnknown';
  override readonly callPlaced = 'unknown';
}

/** The user stopped the execution. */
export class CancelledError extends DograhError {
  readonly kind = 'Cancelled';
  override readonly callPlaced: CallPlaced;

  constructor(fields: DograhErrorFields & { readonly callPlaced: CallPlaced }) {
    super(fields);
    this.callPlaced = fields.callPlaced;
  }
}
