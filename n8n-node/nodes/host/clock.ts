import type { Clock } from '@dograh/shared';
import { sleep } from 'n8n-workflow';

/** Time through n8n, whose community nodes may not set timers of their own. */
export const n8nClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  uuid: () => crypto.randomUUID(),
  // n8n's sleep knows no signal: its timer runs on, but nobody waits for it any more.
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const wake = (): void => {
        // The signal lives as long as the execution, which may sleep very often.
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      signal?.addEventListener('abort', wake);
      void sleep(ms).then(wake);
    }),
};
