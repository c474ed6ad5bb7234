/** Whether nothing was chosen, typed or mapped: a field that was left out is missing, an emptied one may be blank. */
export function isBlank(value: unknown): boolean {
  const given = typeof value === 'string' ? value.trim() : value;
  return given === undefined || given === null || given === '';
}
