/** Time and chance, as the host lets us have them. Tests drive them instead of waiting. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`, or as soon as the signal is given; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** From 0 up to, but not including, 1. */
  random(): number;
  /** A new UUID; nobody, anywhere, gets the same one twice. */
  uuid(): string;
}
