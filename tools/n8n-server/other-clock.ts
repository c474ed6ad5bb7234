/**
 * n8n loads this file before its own code, see `withClock`. It moves the clock of n8n to another time. Timers keep
 * their length.
 */
const offsetMs = Number(process.env['CLOCK_OFFSET_MS'] ?? 0);
const realNow = Date.now;

function now(): number {
  return realNow() + offsetMs;
}

/** The same class for everything else, so that `instanceof` and the dates of Node's own modules work. */
const MovedDate = new Proxy(Date, {
  construct: (date, given: unknown[], target) =>
    Reflect.construct(date, given.length === 0 ? [now()] : given, target) as Date,
  apply: (date) => new date(now()).toString(),
});
Date.now = now;
Date.prototype.constructor = MovedDate;
globalThis.Date = MovedDate;
