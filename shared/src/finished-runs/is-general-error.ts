import { DograhError, type DograhErrorKind } from '../errors/dograh-error';

const GENERAL: ReadonlySet<DograhErrorKind> = new Set([
  'Authentication',
  'PermissionDenied',
  'Cancelled',
]);

/** Whether a fault is about more than the one question that it answered, so that no other one is worth asking. */
export function isGeneral(error: unknown): boolean {
  return !(error instanceof DograhError) || GENERAL.has(error.kind);
}
