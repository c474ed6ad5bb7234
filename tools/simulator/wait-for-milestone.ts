import { hasReached, stateOf, type Run, type RunMilestone } from './run';
import type { Runs } from './runs';

/** Resolves when the run reaches the milestone. Rejects after `timeoutMs`. */
export function waitForMilestone(
  runs: Runs,
  runId: number,
  milestone: RunMilestone,
  timeoutMs: number,
): Promise<Run> {
  const isThere = (run: Run): boolean => run.runId === runId && hasReached(run, milestone);
  return new Promise((resolve, reject) => {
    const already = runs.all.find(isThere);
    if (already) {
      resolve(already);
      return;
    }
    const timer = setTimeout(() => {
      stopListening();
      const run = runs.all.find((candidate) => candidate.runId === runId);
      const present = run ? `is ${stateOf(run) ?? 'new'}` : 'does not exist';
      reject(
        new Error(
          `Run ${String(runId)} ${present} after ${String(timeoutMs)} ms, not ${milestone}.`,
        ),
      );
    }, timeoutMs);
    const stopListening = runs.onMilestone((run) => {
      if (!isThere(run)) return;
      clearTimeout(timer);
      stopListening();
      resolve(run);
    });
  });
}
