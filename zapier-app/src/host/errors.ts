import { DograhError } from '@dograh/shared';
import type { ZObject } from 'zapier-platform-core';

/** Until Zapier runs a step again that had to wait. */
const RETRY_AFTER_SECONDS = 60;

/** Runs an action of a Zap; a failure becomes the error that makes Zapier do the right thing next. */
export function inAction<T>(z: ZObject, action: () => Promise<T>): Promise<T> {
  return throwingZapierErrors(action, (error) =>
    // What passes by itself, and has dialled nobody, Zapier tries again later instead of pausing the Zap.
    error.retryable && error.callPlaced === 'no'
      ? new z.errors.ThrottledError(error.fullMessage, RETRY_AFTER_SECONDS)
      : toZapierError(z, error),
  );
}

/** Fetches a file of a run for a later step. A run without one is no reason to pause the Zap for all others. */
export function inFile<T>(z: ZObject, fetch: () => Promise<T>): Promise<T> {
  return inAction(z, async () => {
    try {
      return await fetch();
    } catch (error) {
      const isMissing =
        error instanceof DograhError && error.kind === 'NotFound' && !error.retryable;
      throw isMissing ? withoutTrail(new z.errors.HaltedError(error.fullMessage)) : error;
    }
  });
}

/** Runs the test of a connection: somebody is looking at it, so nothing is tried again later. */
export function inConnectionTest<T>(z: ZObject, test: () => Promise<T>): Promise<T> {
  return throwingZapierErrors(test, (error) => toZapierError(z, error));
}

/** Fills a list of the form: somebody waits for it, so nothing is tried again later. */
export function inForm<T>(z: ZObject, read: () => Promise<T>): Promise<T> {
  return throwingZapierErrors(read, (error) => toZapierError(z, error));
}

function toZapierError(z: ZObject, error: DograhError): Error {
  const { fullMessage, kind, status } = error;
  // A phone may be ringing. Autoreplay runs a step again that ended with an error, but never one that halted.
  if (error.callPlaced === 'unknown') return new z.errors.HaltedError(fullMessage);
  // Zapier asks its owner to reconnect, and keeps the run until then.
  if (kind === 'Authentication') return new z.errors.ExpiredAuthError(fullMessage);
  return new z.errors.Error(fullMessage, kind, status);
}

async function throwingZapierErrors<T>(
  operation: () => Promise<T>,
  toError: (error: DograhError) => Error,
): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw error instanceof DograhError ? withoutTrail(toError(error)) : error;
  }
}

/**
 * Core adds what it has done, with the beginning of each answer, to errors that do not carry this mark of its
 * own: that would bury the sentence, and show the key where an answer repeats it.
 */
function withoutTrail(error: Error): Error {
  return Object.assign(error, { doNotContextify: true });
}
