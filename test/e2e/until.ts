import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until `look` gives something, which it is asked for again and again.
 * @throws Error that says for what it waited, and what it saw last
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  { seconds = 60, seen = () => '' }: { seconds?: number; seen?: () => unknown } = {},
): Promise<T> {
  const deadline = Date.now() + seconds * 1_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}. ${String(seen())}`);
    await delay(100);
  }
}
