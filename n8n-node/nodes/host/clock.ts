import type { Clock } from '@dograh/shared';
import { sleep } from 'n8n-workflow';

/** Uses n8n's sleep, because community nodes must not set timers. */
export const n8nClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  uuid: () => crypto.randomUUID(),
  // n8n's sleep takes no signal. Its timer continues after an abort, but the promise resolves at once.
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const wake = (): void => {
        // One execution may sleep many times with the same signal, so each listener is removed.
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      signal?.addEventListener('abort', wake);
      void sleep(ms).then(wake);
    }),
};
