import { DograhError } from '@dograh/shared';
import type { ZObject } from 'zapier-platform-core';

/** How long Zapier waits before it runs a throttled step again. */
const RETRY_AFTER_SECONDS = 60;

/** Runs part of a live Zap. Zapier retries an error later if it is temporary and no call was placed. */
export function inZap<T>(z: ZObject, operation: () => Promise<T>): Promise<T> {
  return withZapierErrors(operation, (error) =>
    error.retryable && error.callPlaced === 'no'
      ? new z.errors.ThrottledError(error.fullMessage, RETRY_AFTER_SECONDS)
      : toZapierError(z, error),
  );
}

/**
 * Runs part of a live Zap that may run again in any case: the second time, it changes nothing. Zapier also retries if it is
 * unknown what happened.
 */
export function inRepeatableZap<T>(z: ZObject, operation: () => Promise<T>): Promise<T> {
  return withZapierErrors(operation, (error) =>
    error.retryable || error.kind === 'OutcomeUnknown'
      ? new z.errors.ThrottledError(error.fullMessage, RETRY_AFTER_SECONDS)
      : toZapierError(z, error),
  );
}

/** Runs an operation in the Zap editor. A user waits for it, so every error is shown at once. */
export function inEditor<T>(z: ZObject, operation: () => Promise<T>): Promise<T> {
  return withZapierErrors(operation, (error) => toZapierError(z, error));
}

/** Fetches a file of a run for a later step. A missing file stops this run only and does not pause the Zap. */
export function inHydrator<T>(z: ZObject, fetch: () => Promise<T>): Promise<T> {
  return inZap(z, async () => {
    try {
      return await fetch();
    } catch (error) {
      throw isFileMissing(error)
        ? withoutRequestLog(new z.errors.HaltedError(error.fullMessage))
        : error;
    }
  });
}

/** Whether the run will never have the file. A file that may still come is a retryable error. */
export function isFileMissing(error: unknown): error is DograhError {
  return error instanceof DograhError && error.kind === 'NotFound' && !error.retryable;
}

function toZapierError(z: ZObject, error: DograhError): Error {
  const { fullMessage, kind, status } = error;
  // A phone may be ringing. Autoreplay runs a failed step again, but never a halted one.
  if (error.callPlaced === 'unknown') return new z.errors.HaltedError(fullMessage);
  // Zapier asks the owner to reconnect, and keeps the run until then.
  if (kind === 'Authentication') return new z.errors.ExpiredAuthError(fullMessage);
  return new z.errors.Error(fullMessage, kind, status);
}

async function withZapierErrors<T>(
  operation: () => Promise<T>,
  toError: (error: DograhError) => Error,
): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw error instanceof DograhError ? withoutRequestLog(toError(error)) : error;
  }
}

/**
 * Stops Zapier's core from appending its requests and the start of each response to the message.
 * They would hide the message, and would show the API key if a response repeats it.
 */
function withoutRequestLog(error: Error): Error {
  return Object.assign(error, { doNotContextify: true });
}
