import { CancelledError, NetworkError } from '../errors/dograh-error';
import type { Clock } from '../transport/clock';
import type { Transport, TransportRequest } from '../transport/transport';
import type { BaseUrl } from './base-url';
import type { Dashboard } from './dashboard';

/** One Dograh, one API key, and the limits of one operation. Everything that talks to Dograh gets it. */
export interface Session {
  readonly baseUrl: BaseUrl;
  readonly dashboard: Dashboard;
  readonly transport: Transport;
  readonly clock: Clock;
  /**
   * Names of agents by Agent UUID in lower case, as Dograh last listed them. Messages use them, because people know
   * agents by name.
   */
  readonly agentNames: Map<string, string>;
  /** The same text for all sessions with the same Dograh and the same key. */
  readonly scope: string;
  /** Identifies the API key in every process, see `ApiKey.fingerprint`. */
  readonly keyFingerprint: () => Promise<string>;
  /** Limit of each request, in milliseconds. */
  readonly timeoutMs: number;
  /** Time by which the operation must end, by the session's clock. `Infinity` means no limit. */
  readonly deadline: number;
  /** Aborted when the user stops the execution. */
  readonly signal: AbortSignal | undefined;
}

/** Limits of one request. */
export type Limits = Pick<TransportRequest, 'timeoutMs' | 'signal'>;

/** Milliseconds until the operation must end; not below 0. */
export function timeLeft({ clock, deadline }: Session): number {
  return Math.max(0, deadline - clock.now());
}

/** The same session with at most `ms` milliseconds left. */
export function limitedTo(ms: number, session: Session): Session {
  return { ...session, deadline: Math.min(session.deadline, session.clock.now() + ms) };
}

/**
 * Limits of the session's next request.
 * @param needs time that the request needs at least, and time that must remain after it
 * @throws CancelledError; NetworkError if too little time is left. Nothing has been sent then.
 */
export function nextLimits(
  session: Session,
  needs: { readonly minMs: number; readonly afterwardsMs: number } = { minMs: 1, afterwardsMs: 0 },
): Limits {
  const { timeoutMs, signal } = session;
  if (signal?.aborted === true) throw stoppedError();
  const left = timeLeft(session) - needs.afterwardsMs;
  if (left < Math.min(needs.minMs, timeoutMs)) {
    throw new NetworkError({
      message: "Dograh responded too slowly to finish within this step's time limit.",
      hint: 'The next request was not sent. Try again later.',
    });
  }
  return { timeoutMs: Math.min(timeoutMs, left), signal };
}

/** @throws CancelledError if the execution is stopped before or during the pause */
export async function pause(ms: number, { clock, signal }: Session): Promise<void> {
  if (signal?.aborted !== true) await clock.sleep(ms, signal);
  if (signal?.aborted === true) throw stoppedError();
}

function stoppedError(): CancelledError {
  return new CancelledError({
    callPlaced: 'no',
    message: 'The execution was stopped.',
    hint: 'The next request was not sent.',
  });
}
