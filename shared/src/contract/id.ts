/** Whether this can be one of Dograh's numeric IDs. */
export function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

/** Whether nothing was chosen, typed or mapped where an ID may stand. */
export function isNoChoice(value: unknown): boolean {
  const given = typeof value === 'string' ? value.trim() : value;
  return given === undefined || given === null || given === '';
}

/** The ID in what a user typed or mapped; undefined where there is none. */
export function idIn(value: unknown): number | undefined {
  const id = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
  return isId(id) ? id : undefined;
}
