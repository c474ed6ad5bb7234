import { cleanValue } from './text';

/** Whether a field has no value: it is missing, or it contains nothing that a reader sees. */
export function isBlank(value: unknown): boolean {
  const given = cleanValue(value);
  return given === undefined || given === null || given === '';
}
