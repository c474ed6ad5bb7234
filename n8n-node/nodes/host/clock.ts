import type { Clock } from '@dograh/shared';
import { sleep } from 'n8n-workflow';

/** Time through n8n, whose community nodes may not set timers of their own. */
export const n8nClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  uuid: () => crypto.randomUUID(),
  // n8n's sleep knows no signal: its timer runs on, but nobody waits for it any more.
  sleep: (ms, signal) => Promise.race([sleep(ms), abortOf(signal)]),
};

function abortOf(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
