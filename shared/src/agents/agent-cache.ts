import type { Session } from '../connection/session';
import { DograhError } from '../errors/dograh-error';
import { readAgentDetails, type AgentDetails } from './agent-details';
import type { TriggerTarget } from './agent-reference';
import { callRoute } from './call-route';
import type { Environment } from './environment';

/** Reads each agent once: one item after the other calls the same agent. */
export class AgentCache {
  readonly #details = new Map<string, Promise<AgentDetails>>();

  /** @throws NotFoundError if there is no such agent, or no version to run; DograhError */
  read(target: TriggerTarget, environment: Environment, session: Session): Promise<AgentDetails> {
    const key = callRoute(target, environment);
    const known = this.#details.get(key);
    if (known !== undefined) return known;
    const reading = readAgentDetails(target, environment, session);
    this.#details.set(key, reading);
    reading.catch((error: unknown) => {
      // A missing agent stays missing for all items. Any other failure may pass.
      const isKept = error instanceof DograhError && error.kind === 'NotFound';
      if (!isKept) this.#details.delete(key);
    });
    return reading;
  }
}
