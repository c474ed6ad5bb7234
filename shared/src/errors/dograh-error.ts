/** Every kind of failure. Hosts distinguish failures only by this. */
export type DograhErrorKind =
  | 'InvalidInput'
  | 'Authentication'
  | 'PermissionDenied'
  | 'NotFound'
  | 'QuotaExceeded'
  | 'ConcurrencyLimit'
  | 'CallingRule'
  | 'Telephony'
  | 'Contract'
  | 'Server'
  | 'Network'
  | 'OutcomeUnknown'
  | 'InProgress'
  | 'Cancelled';

/** Which calling rule did not allow a call. */
export type CallingRuleReason = 'do_not_call' | 'too_many_attempts' | 'outside_calling_hours';

/** `no`: certainly not dialed. `unknown`: a phone may be ringing. */
export type CallPlaced = 'no' | 'unknown';

export interface DograhErrorFields {
  /** What failed, in one sentence. */
  readonly message: string;
  /** What to do, in one or two sentences. */
  readonly hint: string;
  /** HTTP status of Dograh's response, if there was one. */
  readonly status?: number | undefined;
  /** Dograh's own text, if there is one. */
  readonly detail?: string | undefined;
  /** If the outcome of a call is unknown: data to find it. */
  readonly trace?: CallTrace | undefined;
  /** The run of the placed call, if it is known. */
  readonly runId?: number | undefined;
  /** Which calling rule did not allow the call. */
  readonly skip_reason?: CallingRuleReason | undefined;
  /** When the calling rules allow the call, ISO-8601 with zone. Null: never. */
  readonly callable_at?: string | null | undefined;
}

/** Data to find a call whose outcome is unknown. */
export interface CallTrace {
  /** The `call_request_id` in the initial context of the run. */
  readonly callRequestId: string;
  /** Time of the request, in milliseconds since 1970. */
  readonly sentAt: number;
  /** IDs of runs that may be this call. */
  readonly candidates: readonly number[];
  /** Whether the list of runs was read, and did not contain the call. */
  readonly couldLook: boolean;
}

/** The data of an error that a host may show, without secrets. */
export interface DograhErrorData extends DograhErrorFields {
  readonly kind: DograhErrorKind;
  readonly callPlaced: CallPlaced;
  readonly retryable: boolean;
}

/**
 * Base of all errors of this client.
 *
 * It has no `cause`: an error of a host's HTTP library may contain the headers of the request, and so the API key.
 */
export abstract class DograhError extends Error {
  abstract readonly kind: DograhErrorKind;
  readonly callPlaced: CallPlaced = 'no';
  /** Whether the same request may succeed later, without any change. */
  readonly retryable: boolean = false;
  readonly status: number | undefined;
  readonly trace: CallTrace | undefined;
  readonly runId: number | undefined;
  readonly skip_reason: CallingRuleReason | undefined;
  readonly callable_at: string | null | undefined;
  #hint: string;
  #detail: string | undefined;

  constructor(fields: DograhErrorFields) {
    super(fields.message);
    this.name = new.target.name;
    this.status = fields.status;
    this.trace = fields.trace;
    this.runId = fields.runId;
    this.skip_reason = fields.skip_reason;
    this.callable_at = fields.callable_at;
    this.#hint = fields.hint;
    this.#detail = fields.detail;
  }

  get hint(): string {
    return this.#hint;
  }

  get detail(): string | undefined {
    return this.#detail;
  }

  /** Message and hint in one line, for hosts that show one string. */
  get fullMessage(): string {
    return `${this.message} ${this.#hint}`.trim();
  }

  /** The same error with the failed goal before the message, and the consequence before the hint. */
  within(goal: string, consequence: string): DograhError {
    const SameClass = this.constructor as new (fields: DograhErrorData) => DograhError;
    return new SameClass({
      ...this.toJSON(),
      message: `${goal}: ${this.message}`,
      hint: `${consequence} ${this.#hint}`.trim(),
    });
  }

  /** Changes the hint to the words of a host's form. Returns itself. */
  rewordHint(reword: (hint: string) => string): this {
    this.#hint = reword(this.#hint);
    return this;
  }

  /** Removes the API key from all texts. Returns itself. */
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
      ...(this.runId === undefined ? {} : { runId: this.runId }),
      ...(this.skip_reason === undefined ? {} : { skip_reason: this.skip_reason }),
      ...(this.callable_at === undefined ? {} : { callable_at: this.callable_at }),
    };
  }
}

/** The user's input is wrong, and nothing was requested. Also Dograh's 422. */
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

/** Something that does not exist yet, and may exist some minutes later. */
export class NotYetError extends NotFoundError {
  override readonly retryable = true;
}

/** The organization's quota or credit is used up (402). */
export class QuotaExceededError extends DograhError {
  readonly kind = 'QuotaExceeded';
}

/** The concurrency limit of the organization is reached (429). */
export class ConcurrencyLimitError extends DograhError {
  readonly kind = 'ConcurrencyLimit';
  override readonly retryable = true;
}

/** A calling rule of the user does not allow the call now. It was not sent. */
export class CallingRuleError extends DograhError {
  readonly kind = 'CallingRule';
  override readonly skip_reason: CallingRuleReason;
  override readonly callable_at: string | null;

  constructor({
    skip_reason: reason,
    callable_at: callableAt,
    ...fields
  }: DograhErrorFields & {
    readonly skip_reason: CallingRuleReason;
    readonly callable_at: string | null;
  }) {
    super(fields);
    this.skip_reason = reason;
    this.callable_at = callableAt;
  }
}

/** Dograh could not dial (400): telephony is not set up, the caller ID is wrong, or the provider refused. */
export class TelephonyError extends DograhError {
  readonly kind = 'Telephony';
}

/** The response is not from a Dograh, or from a version that this client does not know. */
export class ContractError extends DograhError {
  readonly kind = 'Contract';
}

/**
 * Dograh failed while reading (429 or 5xx after a GET). A 500 is a defect for this request, so a retry hardly helps.
 * The others pass.
 */
export class ServerError extends DograhError {
  readonly kind = 'Server';
  override readonly retryable: boolean;

  constructor(fields: DograhErrorFields) {
    super(fields);
    this.retryable = fields.status !== 500;
  }
}

/** Dograh could not be reached. The request was certainly not delivered, or it was only a read. */
export class NetworkError extends DograhError {
  readonly kind = 'Network';
  override readonly retryable = true;
}

/** The request to call was sent, and it is unknown whether Dograh dials. Never retry it without a check. */
export class OutcomeUnknownError extends DograhError {
  readonly kind = 'OutcomeUnknown';
  override readonly callPlaced = 'unknown';
}

/** The same campaign is being launched elsewhere. Some minutes later, it is known whether it was. */
export class InProgressError extends DograhError {
  readonly kind = 'InProgress';
  override readonly retryable = true;
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
