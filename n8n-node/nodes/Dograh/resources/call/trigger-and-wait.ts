import { parsePollInterval, parseWaitTimeout, type Patience } from '@dograh/shared';
import type { Operation } from '../../execution/each-item';
import { runItem } from '../../execution/output';
import type { Read } from '../../execution/parameters';
import { place } from './trigger';

/** Places one call per item, as Trigger Call does, and is done when it is over. */
export const triggerAndWait: Operation = async (item) => {
  const { context, client, read } = item;
  // Read first: what cannot be right must not be found out after somebody was called.
  const patience = readPatience(read);
  const placed = await place(item);
  const signal = context.getExecutionCancelSignal();
  const result = await client.waitForResult(placed.workflow_run_id, patience, signal);
  const { recovered, skipped } = placed;
  return runItem(item.node, { ...result, recovered, skipped });
};

function readPatience(read: Read): Patience {
  return {
    timeoutMs: parseWaitTimeout(read('waitTimeoutMinutes')),
    pollMs: parsePollInterval(read('pollSeconds')),
    forTranscript: read('waitForTranscript') === true,
    onTimeout: read('onWaitTimeout') === 'returnRun' ? 'returnRun' : 'fail',
  };
}
