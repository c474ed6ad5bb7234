/** Whether a field has no value: it is missing, or it was emptied. */
export function isBlank(value: unknown): boolean {
  const given = typeof value === 'string' ? value.trim() : value;
  return given === undefined || given === null || given === '';
}
