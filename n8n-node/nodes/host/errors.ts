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
 * The cause that n8n records. Some causes mean that a later retry can help. An unclear call gets none, because a retry
 * could call twice. A calling rule gets none, because a person set it.
 */
const FAILURES: Readonly<Record<DograhErrorKind, Failure | undefined>> = {
  InvalidInput: { cause: 'configuration-invalid' },
  Authentication: { cause: 'credential-invalid' },
  PermissionDenied: { cause: 'configuration-invalid' },
  NotFound: { cause: 'configuration-invalid' },
  QuotaExceeded: { cause: 'quota-exhausted' },
  ConcurrencyLimit: { cause: 'rate-limited' },
  CallingRule: undefined,
  Telephony: { cause: 'configuration-invalid' },
  Contract: { cause: 'configuration-invalid' },
  Server: { cause: 'temporarily-unavailable' },
  Network: { cause: 'temporarily-unavailable' },
  OutcomeUnknown: undefined,
  InProgress: { cause: 'temporarily-unavailable' },
  Cancelled: undefined,
};

/** A 500 gets no cause: none of n8n's causes means that Dograh itself has a defect. */
function failureOf({ kind, retryable }: DograhError): Failure | undefined {
  return kind === 'Server' && !retryable ? undefined : FAILURES[kind];
}

/**
 * The error that stops the node.
 * @param itemIndex undefined if it concerns all items
 * @param placedBefore a sentence that lists the calls already placed, or ''
 */
export function toNodeError(
  error: unknown,
  node: INode,
  itemIndex: number | undefined,
  placedBefore: string,
): NodeApiError | NodeOperationError {
  const ofItem = itemIndex === undefined ? {} : { itemIndex };
  const nodeError =
    error instanceof DograhError
      ? fromDograh(error, node, ofItem)
      : new NodeOperationError(node, error instanceof Error ? error : String(error), ofItem);
  nodeError.description = [nodeError.description, placedBefore].filter(Boolean).join(' ');
  return nodeError;
}

/**
 * The output of a failed item that does not stop the node. n8n recognizes it by its keys. With other keys than
 * `error`, `message` and `details`, the item would leave through the success output.
 */
export function toErrorJson(error: unknown): IDataObject {
  const details = error instanceof DograhError ? error.toJSON() : toErrorData(error);
  return { error: details.message, details: { ...details } };
}

function fromDograh(
  error: DograhError,
  node: INode,
  ofItem: { readonly itemIndex?: number },
): NodeApiError | NodeOperationError {
  // Plain data, because n8n searches an error object for other messages.
  const data = JSON.parse(JSON.stringify(error)) as JsonObject;
  const { message, hint: description, status } = error;
  const failure = failureOf(error);
  const options = {
    message,
    description,
    ...ofItem,
    ...(failure === undefined ? {} : { failure }),
  };
  const nodeError =
    status === undefined
      ? new NodeOperationError(node, data, options)
      : new NodeApiError(node, data, { ...options, httpCode: String(status) });
  // n8n replaces a message that contains a network code. Its own message recommends an immediate retry.
  nodeError.message = message;
  // n8n recognizes a stopped execution by this name.
  if (error.kind === 'Cancelled') nodeError.name = 'ExecutionCancelledError';
  return nodeError;
}

/** For an error from n8n: a field is unreadable or the credential is missing. So nothing was sent. */
function toErrorData(error: unknown): DograhErrorData {
  const message = error instanceof Error ? error.message : String(error);
  const hint = error instanceof NodeOperationError ? (error.description ?? '') : '';
  return { kind: 'InvalidInput', message, hint, callPlaced: 'no', retryable: false };
}
