import type { Session } from '../connection/session';
import { DograhError, type DograhErrorKind } from '../errors/dograh-error';
import { readAgentDetails, type AgentDetails } from './agent-details';
import type { TriggerTarget } from './agent-reference';
import { callRoute } from './call-route';
import type { Environment } from './environment';

/** The same for all items that call the agent. Any other error may pass. */
const LASTING_ERRORS: ReadonlySet<DograhErrorKind> = new Set([
  'Authentication',
  'Contract',
  'NotFound',
  'PermissionDenied',
]);
/** After another error, an optional reading is not tried again for this time. */
const PAUSE_MS = 60_000;

/** Reads each agent once: one item after the other calls the same agent. */
export class AgentCache {
  readonly #details = new Map<string, Promise<AgentDetails>>();
  readonly #failures = new Map<string, { readonly error: DograhError; readonly at: number }>();

  /** @throws NotFoundError if there is no such agent, or no version to run; DograhError */
  read(target: TriggerTarget, environment: Environment, session: Session): Promise<AgentDetails> {
    const key = callRoute(target, environment);
    const known = this.#details.get(key);
    if (known !== undefined) return known;
    const reading = readAgentDetails(target, environment, session);
    this.#details.set(key, reading);
    reading.catch((error: unknown) => {
      if (error instanceof DograhError && LASTING_ERRORS.has(error.kind)) return;
      this.#details.delete(key);
      if (error instanceof DograhError) this.#failures.set(key, { error, at: session.clock.now() });
    });
    return reading;
  }

  /** The same for callers that can do without: after a failure, it fails at once for a minute. */
  async readUnlessFailing(
    target: TriggerTarget,
    environment: Environment,
    session: Session,
  ): Promise<AgentDetails> {
    const failure = this.#failures.get(callRoute(target, environment));
    const isRecent = failure !== undefined && session.clock.now() - failure.at < PAUSE_MS;
    if (isRecent && failure.error.kind !== 'Cancelled') throw failure.error;
    return this.read(target, environment, session);
  }
}
