import { stateOf, type Run, type RunState } from './run';
import type { Runs } from './runs';

/** Resolves when the run has reached the state, rejects with a sentence when it takes too long. */
export function waitForState(
  runs: Runs,
  runId: number,
  state: RunState,
  timeoutMs: number,
): Promise<Run> {
  const hasReached = (run: Run): boolean =>
    run.runId === runId && run.states.some((entry) => entry.state === state);
  return new Promise((resolve, reject) => {
    const already = runs.all.find(hasReached);
    if (already) {
      resolve(already);
      return;
    }
    const timer = setTimeout(() => {
      stopListening();
      const run = runs.all.find((candidate) => candidate.runId === runId);
      const present = run ? `is ${stateOf(run) ?? 'new'}` : 'does not exist';
      reject(
        new Error(`Run ${String(runId)} ${present} after ${String(timeoutMs)} ms, not ${state}.`),
      );
    }, timeoutMs);
    const stopListening = runs.onChange((run) => {
      if (!hasReached(run)) return;
      clearTimeout(timer);
      stopListening();
      resolve(run);
    });
  });
}
