import type { ZObject } from 'zapier-platform-core';

/** What a Zap stores between two polls. */
export interface Cursor {
  /** Undefined if nothing is stored: Zapier keeps it for an hour, so it is missing after a long break. */
  readonly value: unknown;
  write(value: object): Promise<void>;
}

/**
 * Zapier's storage of one Zap. Undefined if it does not work, as outside Zapier's cloud. A poll that relied on it would
 * return the same runs every time.
 */
export async function openCursor({ cursor, errors }: ZObject): Promise<Cursor | undefined> {
  const write = async (value: object): Promise<void> => {
    try {
      await cursor.set(JSON.stringify(value));
    } catch {
      throw new errors.ThrottledError(
        'Zapier could not store which calls this trigger returned. Nothing is lost. Zapier tries again later.',
      );
    }
  };
  try {
    const stored = await cursor.get();
    if (typeof stored === 'string' && stored !== '') return { value: parse(stored), write };
    await cursor.set(PROBE);
    return (await cursor.get()) === PROBE ? { value: undefined, write } : undefined;
  } catch {
    return undefined;
  }
}

const PROBE = '{}';

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
