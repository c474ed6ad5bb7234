import { DograhError, type DograhErrorData, type DograhErrorKind } from '@dograh/shared';
import {
  NodeApiError,
  NodeOperationError,
  type Failure,
  type IDataObject,
  type INode,
  type JsonObject,
} from 'n8n-workflow';

/**
 * Why, in n8n's words. The timed causes say that a wait can help, so none of them stands where a phone may be
 * ringing already.
 */
const FAILURES: Readonly<Record<DograhErrorKind, Failure | undefined>> = {
  InvalidInput: { cause: 'configuration-invalid' },
  Authentication: { cause: 'credential-invalid' },
  PermissionDenied: { cause: 'configuration-invalid' },
  NotFound: { cause: 'configuration-invalid' },
  QuotaExceeded: { cause: 'quota-exhausted' },
  ConcurrencyLimit: { cause: 'rate-limited' },
  Telephony: { cause: 'configuration-invalid' },
  Contract: { cause: 'configuration-invalid' },
  Server: { cause: 'temporarily-unavailable' },
  Network: { cause: 'temporarily-unavailable' },
  OutcomeUnknown: undefined,
  Cancelled: undefined,
};

/** What stops the node. @param placedBefore the calls of earlier items, in a sentence */
export function toNodeError(
  error: unknown,
  node: INode,
  itemIndex: number,
  placedBefore: string,
): NodeApiError | NodeOperationError {
  const nodeError =
    error instanceof DograhError
      ? fromDograh(error, node, itemIndex)
      : new NodeOperationError(node, error instanceof Error ? error : String(error), { itemIndex });
  nodeError.description = [nodeError.description, placedBefore].filter(Boolean).join(' ');
  return nodeError;
}

/**
 * What an item that does not stop the node becomes. n8n tells such an item by its keys: with any others than
 * `error`, `message` and `details` it would leave through the output for successes.
 */
export function toErrorJson(error: unknown): IDataObject {
  const details = error instanceof DograhError ? error.toJSON() : describe(error);
  return { error: details.message, details: { ...details } };
}

function fromDograh(
  error: DograhError,
  node: INode,
  itemIndex: number,
): NodeApiError | NodeOperationError {
  // Plain data, not the object itself: n8n searches what it is given for other messages.
  const data = JSON.parse(JSON.stringify(error)) as JsonObject;
  const { message, hint: description, status } = error;
  const failure = FAILURES[error.kind];
  const options = {
    message,
    description,
    itemIndex,
    ...(failure === undefined ? {} : { failure }),
  };
  const nodeError =
    status === undefined
      ? new NodeOperationError(node, data, options)
      : new NodeApiError(node, data, { ...options, httpCode: String(status) });
  // n8n replaces messages that hold a network code by its own, which advise to try again at once.
  nodeError.message = message;
  // By this name n8n tells a stopped execution from a failed one.
  if (error.kind === 'Cancelled') nodeError.name = 'ExecutionCancelledError';
  return nodeError;
}

/** n8n's own: a field that could not be read or a credential that is missing. So nothing was sent. */
function describe(error: unknown): DograhErrorData {
  const message = error instanceof Error ? error.message : String(error);
  const hint = error instanceof NodeOperationError ? (error.description ?? '') : '';
  return { kind: 'InvalidInput', message, hint, callPlaced: 'no', retryable: false };
}
