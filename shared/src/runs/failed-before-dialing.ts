import { whyNeverPlaced, type ListedRun } from './listed-run';
import { mayHaveDialed, mayHaveDialedContact } from './may-have-dialed';

/** Whether the run itself proves that no phone was dialed. */
export function failedBeforeDialing(run: ListedRun): boolean {
  return run.failure !== null && !mayHaveDialed(run.failure);
}

/** The same also for a run of a campaign, which has the reason but no disposition. */
export function isNeverDialed(run: ListedRun): boolean {
  const reason = whyNeverPlaced(run);
  return failedBeforeDialing(run) || (reason !== null && !mayHaveDialedContact(reason));
}
