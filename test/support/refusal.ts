import { DograhError } from '@dograh/shared';

/** What `action` refuses with; fails the test when it refuses nothing, or with anything but a DograhError. */
export function refusalOf(action: () => unknown): DograhError {
  try {
    action();
  } catch (error) {
    if (error instanceof DograhError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** The same for what is refused later. */
export async function rejectionOf(promise: Promise<unknown>): Promise<DograhError> {
  const outcome: unknown = await promise.then(
    (value) => new Error(`nothing was refused: ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (outcome instanceof DograhError) return outcome;
  throw outcome;
}
