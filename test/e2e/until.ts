import { setTimeout as delay } from 'node:timers/promises';

/**
 * Calls `find` until it returns a value.
 * @throws Error after the timeout, with `what` and the last `seen`
 */
export async function until<T>(
  what: string,
  find: () => Promise<T | undefined> | T | undefined,
  { seconds = 60, seen = () => '' }: { seconds?: number; seen?: () => unknown } = {},
): Promise<T> {
  const deadline = Date.now() + seconds * 1_000;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (Date.now() > deadline)
      throw new Error(`Timed out while waiting for ${what}. ${String(seen())}`);
    await delay(100);
  }
}
