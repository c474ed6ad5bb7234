import { isBlank } from '../input/blank';
import { InvalidInputError } from '../errors/dograh-error';
import { quote } from '../errors/quote';

/** Which version of the agent runs: the published one, or the latest draft. */
export type Environment = 'production' | 'test';

export const DEFAULT_ENVIRONMENT: Environment = 'production';

/** The words that both hosts show for the two versions. */
export const ENVIRONMENT_LABELS: Readonly<Record<Environment, string>> = {
  production: 'Published (Production)',
  test: 'Latest Draft (Test)',
};

/** @throws InvalidInputError for anything but the two values; nothing given means production. */
export function parseEnvironment(value: unknown): Environment {
  if (isBlank(value)) return DEFAULT_ENVIRONMENT;
  if (value === 'production' || value === 'test') return value;
  throw new InvalidInputError({
    message: `${quote(value)} is not a version of the agent.`,
    hint: `Choose "production" for ${ENVIRONMENT_LABELS.production} or "test" for ${ENVIRONMENT_LABELS.test}.`,
  });
}
