import type { DograhError } from '../errors/dograh-error';

/** Whether the next check may succeed. After a 500 it may, because this check is not the whole step. */
export function mayPass({ kind, retryable }: DograhError): boolean {
  return retryable || kind === 'Server';
}
