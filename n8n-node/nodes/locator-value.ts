/** The value of a resource locator. An expression for the whole field gives the value itself. */
export function locatorValue(locator: unknown): unknown {
  return typeof locator === 'object' && locator !== null && 'value' in locator
    ? locator.value
    : locator;
}
