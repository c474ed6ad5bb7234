import type { Clock } from '@dograh/shared';
import { sleep } from 'n8n-workflow';

/** Time through n8n, whose community nodes may not set timers of their own. */
export const n8nClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  uuid: () => crypto.randomUUID(),
  // n8n's sleep knows no signal: its timer runs on, but nobody waits for it any more.
  sleep: async (ms, signal) => {
    if (signal?.aborted === true) return;
    let stop = (): void => undefined;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    signal?.addEventListener('abort', stop);
    await Promise.race([sleep(ms), stopped]);
    // The signal lives as long as the execution, which may sleep very often.
    signal?.removeEventListener('abort', stop);
  },
};
