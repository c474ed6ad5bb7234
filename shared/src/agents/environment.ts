import { isBlank } from '../input/blank';
import { inputError } from '../errors/input-error';
import { cleanValue } from '../input/text';
import { quote } from '../errors/quote';

/** The version of the agent: the published one, or the latest draft. */
export type Environment = 'production' | 'test';

export const DEFAULT_ENVIRONMENT: Environment = 'production';

/** The labels in both hosts. */
export const ENVIRONMENT_LABELS: Readonly<Record<Environment, string>> = {
  production: 'Published (Production)',
  test: 'Latest Draft (Test)',
};

/** Blank means production. @throws InvalidInputError */
export function parseEnvironment(value: unknown): Environment {
  if (isBlank(value)) return DEFAULT_ENVIRONMENT;
  const version = cleanValue(value);
  if (version === 'production' || version === 'test') return version;
  throw inputError(
    `Agent Version must be production or test, not ${quote(value)}.`,
    `"production" is ${ENVIRONMENT_LABELS.production}, "test" is ${ENVIRONMENT_LABELS.test}.`,
  );
}
