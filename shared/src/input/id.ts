/** Whether a value can be one of Dograh's numeric IDs. */
export function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

/** The ID in a field's value; undefined if it is not an ID. */
export function parseId(value: unknown): number | undefined {
  const id = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
  return isId(id) ? id : undefined;
}
