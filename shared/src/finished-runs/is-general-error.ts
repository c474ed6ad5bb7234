import { DograhError, type DograhErrorKind } from '../errors/dograh-error';

const GENERAL: ReadonlySet<DograhErrorKind> = new Set([
  'Authentication',
  'PermissionDenied',
  'Cancelled',
]);

/** Whether every other request would fail for the same reason. */
export function isGeneralError(error: unknown): boolean {
  return !(error instanceof DograhError) || GENERAL.has(error.kind);
}
