import type { ListedRun } from './listed-run';
import { mayHaveDialed } from './may-have-dialed';

/** Whether the run itself proves that no phone was dialed. */
export function failedBeforeDialing(run: ListedRun): boolean {
  return run.failure !== null && !mayHaveDialed(run.failure);
}
