import { CancelledError, NetworkError } from '../errors/dograh-error';
import type { Clock } from '../transport/clock';
import type { Transport, TransportRequest } from '../transport/transport';

/** What one operation of the client works with: the way out, the time, and how much of it there is. */
export interface Operation {
  readonly transport: Transport;
  readonly clock: Clock;
  /** The same for operations with the same Dograh and the same key. */
  readonly scope: string;
  /** Limit of every single request, in milliseconds. */
  readonly timeoutMs: number;
  /** When the operation must have answered, by its clock. `Infinity` where nobody minds. */
  readonly deadline: number;
  /** Given when the user stops the execution. */
  readonly signal: AbortSignal | undefined;
}

/** Of one request. */
export type Limits = Pick<TransportRequest, 'timeoutMs' | 'signal'>;

/** Milliseconds until the operation must have answered; not below 0. */
export function timeLeft({ clock, deadline }: Operation): number {
  return Math.max(0, deadline - clock.now());
}

/**
 * Limits of the operation's next request.
 * @param needs the time that must remain for what follows it, and the time in which an answer can be hoped for
 * @throws CancelledError, NetworkError where there is no time for one; nothing has been sent then
 */
export function limitsOfNext(
  operation: Operation,
  needs: { readonly afterwardsMs: number; readonly shortestMs: number } = {
    afterwardsMs: 0,
    shortestMs: 1,
  },
): Limits {
  const { timeoutMs, signal } = operation;
  if (signal?.aborted === true) throw stopped();
  const left = timeLeft(operation) - needs.afterwardsMs;
  if (left < Math.min(needs.shortestMs, timeoutMs)) {
    throw new NetworkError({
      message: 'Dograh answered too slowly to go on within the time that this step may take.',
      hint: 'Nothing was sent any more. Try again later.',
    });
  }
  return { timeoutMs: Math.min(timeoutMs, left), signal };
}

/** @throws CancelledError when the execution is stopped meanwhile, or was before */
export async function pause(ms: number, { clock, signal }: Operation): Promise<void> {
  if (signal?.aborted !== true) await clock.sleep(ms, signal);
  if (signal?.aborted === true) throw stopped();
}

function stopped(): CancelledError {
  return new CancelledError({
    callPlaced: 'no',
    message: 'The execution was stopped.',
    hint: 'Nothing was sent any more.',
  });
}
